import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Ended, type Running, startProgram} from './run-program.ts';

let folder = '';
let environment: Record<string, string> = {};
const running: Running[] = [];

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'hf-'));
	environment = {HOME: path.join(folder, 'home'), XDG_RUNTIME_DIR: path.join(folder, 'run'), LANG: 'C.UTF-8'};
	mkdirSync(environment.XDG_RUNTIME_DIR!, {mode: 0o700});
	mkdirSync(environment.HOME!);
	writeFileSync(path.join(folder, 'holdfast.yaml'), configuration());
	makeRepository();
});

afterEach(async () => {
	for (const {child} of running) child.kill('SIGTERM');
	await Promise.all(running.splice(0).map(({ended}) => ended));
	rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

function configuration(): string {
	return JSON.stringify({
		apiVersion: 'holdfast.dev/v1alpha1',
		kind: 'Configuration',
		applications: [
			{
				name: 'checkout',
				source: {repoURL: path.join(folder, 'repository'), path: 'k8s'},
				destination: {namespace: 'shop'},
			},
		],
	});
}

function makeRepository(): void {
	const repository = path.join(folder, 'repository');
	mkdirSync(path.join(repository, 'k8s'), {recursive: true});
	writeFileSync(path.join(repository, 'k8s', 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
	const identity = ['-c', 'user.name=lena', '-c', 'user.email=lena@example.com'];
	const git = (...words: string[]) => execFileSync('git', ['-C', repository, ...identity, ...words], {stdio: 'pipe'});
	git('init', '-q', '-b', 'main');
	git('add', '-A');
	git('commit', '-q', '-m', 'first');
}

function start(...words: string[]): Running {
	const started = startProgram(words, {environment, workingDirectory: folder});
	running.push(started);
	return started;
}

function run(...words: string[]): Promise<Ended> {
	return start(...words).ended;
}

/** Sockets that are there now. */
function sockets(): string[] {
	try {
		return readdirSync(path.join(environment.XDG_RUNTIME_DIR!, 'holdfast')).filter(name => name.endsWith('.sock'));
	} catch {
		return [];
	}
}

describe('without a worker and without a cluster', () => {
	test('status looks once, says what is missing, and leaves no worker behind', async () => {
		const {code, stdout} = await run('status');
		expect(stdout).toMatch(/^\? checkout +Unknown +Unknown/m);
		expect(stdout).toContain('kubeconfig');
		expect(stdout).toContain('no worker is running here, so nothing is synced or healed');
		expect(code).toBe(2);
		await expect.poll(sockets, {timeout: 10_000}).toEqual([]);
	});

	test('a sync that cannot reach anything fails and writes nothing', async () => {
		const {code, stdout} = await run('sync', 'checkout', '--yes');
		expect(code).toBe(2);
		expect(stdout).toMatch(/^✗ checkout: .*kubeconfig/m);
	});

	test('a hold that cannot be kept anywhere fails and says why', async () => {
		const {code, stdout, stderr} = await run('hold', 'checkout', '--for', '1h');
		expect(stderr).toMatch(/^✗ checkout: .*kubeconfig/m);
		expect(stdout).toBe('');
		expect(code).toBe(2);
	});

	test('a configuration that cannot be read is named with its line', async () => {
		writeFileSync(path.join(folder, 'holdfast.yaml'), 'applications:\n  - name: [\n');
		const {code, stdout, stderr} = await run('status');
		expect(code).toBe(2);
		expect(stdout + stderr).toMatch(/holdfast\.yaml:\d+: /);
	});

	test('doctor finds git and misses the kubeconfig; a missing configuration hides nothing', async () => {
		rmSync(path.join(folder, 'holdfast.yaml'));
		const {code, stdout} = await run('doctor', '-o', 'json');
		expect(code).toBe(1);
		const {checks} = JSON.parse(stdout) as {checks: {name: string; status: string; hint?: string}[]};
		const statusOf = (name: string) => checks.filter(check => check.name === name).map(({status}) => status);
		expect(statusOf('git')).toEqual(['ok']);
		expect(statusOf('configuration')).toEqual(['failed']);
		expect(statusOf('kubeconfig')).toEqual(['failed']);
		expect(checks.filter(check => check.status === 'failed').every(check => check.hint)).toBe(true);
	});

	test('schema is a JSON Schema that knows what an application needs', async () => {
		const {code, stdout} = await run('schema');
		expect(code).toBe(0);
		expect(JSON.parse(stdout).$schema).toContain('json-schema.org');
		expect(stdout).toContain('"repoURL"');
	});
});

describe('a worker in the foreground', () => {
	test('says one line, is found by the others, and ends on request', async () => {
		const worker = start('worker');
		await expect
			.poll(worker.printed, {timeout: 20_000})
			.toMatch(/^holding 1 application, socket .*\.sock, log .*\.log\n$/);
		const status = await run('status', '-o', 'json');
		expect(JSON.parse(status.stdout)).toMatchObject({
			applications: [{name: 'checkout', syncStatus: 'Unknown'}],
			worker: {pid: worker.child.pid, mode: 'reconcile', isOneShot: false},
		});
		const second = await run('worker');
		expect(second).toMatchObject({
			code: 2,
			stderr: expect.stringContaining(`worker ${worker.child.pid} runs for this`),
		});
		expect(await run('worker', 'stop')).toMatchObject({code: 0, stdout: `worker ${worker.child.pid} ended\n`});
		expect(await worker.ended).toMatchObject({code: 0, stderr: ''});
	});

	test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it in order', async signal => {
		const worker = start('worker', '--mode', 'observe');
		await expect.poll(worker.printed, {timeout: 20_000}).toContain('observing 1 application');
		worker.child.kill(signal);
		expect(await worker.ended).toMatchObject({code: 0, signal: null, stderr: ''});
		expect(sockets()).toEqual([]);
	});
});
