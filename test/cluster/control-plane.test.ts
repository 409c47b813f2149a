import {execFileSync, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type ControlPlane, runKubectl, startControlPlane} from './control-plane.ts';
import {plane, planeWithControllers} from './shared-control-plane.ts';

const namespace = `control-plane-${process.pid}`;
const kubectl = (...args: string[]): Promise<string> => plane!.kubectl(['-n', namespace, ...args]);
const apply = (object: unknown): Promise<string> =>
	plane!.kubectl(['-n', namespace, 'apply', '-f', '-'], JSON.stringify(object));

function podTemplate(annotations: Record<string, string> = {}, restartPolicy = 'Always') {
	return {
		metadata: {labels: {app: 'web'}, annotations},
		spec: {restartPolicy, containers: [{name: 'web', image: 'example/web:1'}]},
	};
}

async function until(condition: () => Promise<boolean>): Promise<void> {
	while (!(await condition())) await sleep(50);
}

describe.skipIf(!planeWithControllers)('the shared control plane', () => {
	beforeAll(async () => {
		await plane!.kubectl(['create', 'namespace', namespace]);
	});
	afterAll(async () => {
		await plane!.kubectl(['delete', 'namespace', namespace, '--wait=false']);
	});

	it('makes a Deployment available, and restores a pod that was deleted', async () => {
		const spec = {replicas: 3, selector: {matchLabels: {app: 'web'}}, template: podTemplate()};
		await apply({apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, spec});
		await kubectl('wait', '--for=condition=Available', 'deployment/web', '--timeout=60s');
		const [pod = ''] = (await kubectl('get', 'pods', '-o', 'name')).split('\n');
		await kubectl('delete', pod, '--timeout=60s');
		await kubectl('wait', '--for=jsonpath={.status.readyReplicas}=3', 'deployment/web', '--timeout=60s');
	});

	it('completes a Job, and fails one whose pod exits with an error', async () => {
		const job = (name: string, annotations: Record<string, string>) =>
			apply({
				apiVersion: 'batch/v1',
				kind: 'Job',
				metadata: {name},
				spec: {backoffLimit: 0, template: podTemplate(annotations, 'Never')},
			});
		await job('good', {});
		await job('bad', {'fakelet/exit-code': '3'});
		await kubectl('wait', '--for=condition=Complete', 'job/good', '--timeout=60s');
		await kubectl('wait', '--for=condition=Failed', 'job/bad', '--timeout=60s');
	});

	it('runs a DaemonSet on every node', async () => {
		const spec = {selector: {matchLabels: {app: 'web'}}, template: podTemplate()};
		await apply({apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {name: 'agent'}, spec});
		await kubectl('wait', '--for=jsonpath={.status.numberReady}=3', 'daemonset/agent', '--timeout=60s');
	});

	it('shows pods that fail or never get ready as their annotations say', async () => {
		const pod = (name: string, annotations: Record<string, string>) => {
			const {spec} = podTemplate();
			return apply({apiVersion: 'v1', kind: 'Pod', metadata: {name, annotations}, spec});
		};
		await pod('broken', {'fakelet/fail': 'ImagePullBackOff'});
		await pod('unready', {'fakelet/not-ready': 'true'});
		const waiting = '{.status.containerStatuses[0].state.waiting.reason}';
		await kubectl('wait', `--for=jsonpath=${waiting}=ImagePullBackOff`, 'pod/broken', '--timeout=60s');
		await kubectl('wait', '--for=jsonpath={.status.phase}=Running', 'pod/unready', '--timeout=60s');
		expect(await kubectl('get', 'pod/unready', '-o', 'jsonpath={.status.containerStatuses[0].ready}')).toBe('false');
	});
});

describe.skipIf(!plane)('a control plane of its own', () => {
	let own: ControlPlane;
	beforeAll(async () => {
		own = await startControlPlane({hasControllers: false, isFsyncOff: true});
	});
	afterAll(() => own?.stop());

	it('gives the limited user no rights', async () => {
		await expect(runKubectl(own.limitedKubeconfig, ['get', 'configmaps'])).rejects.toThrow(/Forbidden/);
	});

	it('keeps its objects while the API server goes and comes back on the same address', async () => {
		await own.kubectl(['create', 'configmap', 'kept', '--from-literal=a=1']);
		await own.stopApiServer({isSudden: true});
		await expect(own.kubectl(['get', 'configmap', 'kept'])).rejects.toThrow(/refused/);
		await own.startApiServer();
		expect(await own.kubectl(['get', 'configmap', 'kept', '-o', 'jsonpath={.data.a}'])).toBe('1');
		await own.kubectl(['run', 'after', '--image=example/web:1']);
		await own.kubectl(['wait', '--for=condition=Ready', 'pod/after', '--timeout=60s']);
		await own.kubectl(['delete', 'pod/after', '--timeout=60s']);
	});

	it('answers 410 for what came before it forgot its history', async () => {
		const version = (await own.kubectl(['get', '--raw', '/api/v1/configmaps?limit=1'])).match(
			/"resourceVersion":"(\d+)"/,
		);
		await own.kubectl(['create', 'configmap', 'later']);
		await own.forgetHistory();
		const old = `/api/v1/configmaps?resourceVersionMatch=Exact&resourceVersion=${version?.[1]}`;
		await expect(own.kubectl(['get', '--raw', old])).rejects.toThrow(/too old|expired|gone/i);
	});

	it('ends and leaves no file when the process that started it is killed', async () => {
		const script = `
			import {startControlPlane} from ${JSON.stringify(new URL('control-plane.ts', import.meta.url).href)};
			const {directory} = await startControlPlane({hasControllers: false, isFsyncOff: true});
			console.log(directory);
			setInterval(() => {}, 1000);`;
		const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const [directory] = await new Promise<string[]>(resolve =>
			createInterface(starter.stdout).once('line', line => resolve([line])),
		);
		expect(existsSync(directory!)).toBe(true);
		starter.kill('SIGKILL');
		await until(async () => !existsSync(directory!));
		const processes = execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'});
		expect(processes).not.toContain(directory);
	});
});
