import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
let folder: string;
let environment: Record<string, string | undefined>;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'hf-demo-'));
	environment = {PATH: process.env.PATH, HOME: '/nowhere', LANG: 'C.UTF-8', TMPDIR: folder};
});

afterEach(() => rmSync(folder, {recursive: true, force: true}));

test('without a terminal the demo plays its incident once, tells it, converges and leaves nothing behind', async () => {
	// Rejects when it ends with anything but 0: that is what it does when something did not converge.
	const {stdout} = await promisify(execFile)(process.execPath, [program, 'demo'], {
		env: environment,
	});
	for (const line of [
		/export KUBECONFIG=/,
		/drift checkout Deployment\/checkout spec\.replicas 3→10 kubectl\/scale healed/,
		/drift storefront Deployment\/storefront .*image.* ci heal/,
		/drift payments ConfigMap\/payments-env deleted unknown heal/,
		/drift cart Deployment\/cart spec\.replicas 3→7 kube-controller-manager.* contested/,
		/sync checkout [0-9a-f]{7} Succeeded/,
		/# everything is Synced and Healthy again/,
	]) {
		expect(stdout).toMatch(line);
	}
	expect(readdirSync(folder)).toEqual([]);
}, 180_000);

test('killed, it takes the worker and the monitor along', async () => {
	const demo = spawn(process.execPath, [program, 'demo'], {env: environment, stdio: ['ignore', 'pipe', 'ignore']});
	await new Promise<void>((resolve, reject) => {
		let text = '';
		demo.stdout.on('data', chunk => {
			text += chunk;
			if (text.includes('export KUBECONFIG=')) resolve();
		});
		demo.once('exit', code => reject(new Error(`the demo ended with ${code}\n${text}`)));
	});
	const processes = async (): Promise<string[]> => {
		const {stdout} = await promisify(execFile)('ps', ['-eo', 'args']);
		return stdout.split('\n').filter(line => line.includes(folder));
	};
	expect(await processes()).not.toEqual([]);
	demo.kill('SIGKILL');
	await expect.poll(processes, {timeout: 30_000}).toEqual([]);
}, 60_000);
