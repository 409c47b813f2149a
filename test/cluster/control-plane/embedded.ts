/** The demo's control plane in the place of the real one: the same folder, users and kubelet, another API server. */
import {randomBytes} from 'node:crypto';
import {appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execPath} from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {runControllers} from '../../../demo/control-plane/controllers/index.ts';
import {createCertificate} from '../../../demo/control-plane/http/certificate.ts';
import {
	type EmbeddedControlPlane,
	type ControlPlaneOptions as EmbeddedOptions,
	startControlPlane,
} from '../../../demo/control-plane/start.ts';
import type {ControlPlane, ControlPlaneOptions} from '../control-plane.ts';
import {type Supervisor, startSupervisor} from './supervisor-client.ts';

const limited = 'limited';
const deadlineMilliseconds = 30_000;
const rebuildMilliseconds = 3_000;

/** Resolves when it serves and three nodes are there. Everything ends with `stop()`, or when this process ends. */
export async function startEmbedded(options: ControlPlaneOptions): Promise<Omit<ControlPlane, 'kubectl'>> {
	const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'holdfast-cluster-'));
	mkdirSync(join(directory, 'log'), {recursive: true, mode: 0o700});
	const auditLog = join(directory, 'log', 'audit.jsonl');
	// Also takes the folder away when this process is killed.
	const supervisor = startSupervisor(options.directory ? undefined : directory);
	const hasControllers = options.hasControllers ?? true;
	const settings: EmbeddedOptions = {
		...(hasControllers ? {controllers: runControllers} : {}),
		// The same after it was rebuilt, as the kubeconfigs are.
		token: randomBytes(20).toString('hex'),
		certificate: createCertificate(Date.now()),
		contextName: 'holdfast-test',
		users: [{name: limited, token: randomBytes(20).toString('hex'), groups: ['developers', 'system:authenticated']}],
		...(options.apiServerPort ? {port: options.apiServerPort} : {}),
		...(options.directory ? {saveFile: join(directory, 'objects.json')} : {}),
		...(options.hasAudit ? {audit: event => appendFileSync(auditLog, `${JSON.stringify(event)}\n`)} : {}),
	};
	let plane = await startControlPlane(settings);
	const kubeconfig = join(directory, 'admin.kubeconfig');
	const limitedKubeconfig = join(directory, `${limited}.kubeconfig`);
	plane.writeKubeconfig(kubeconfig);
	writeFileSync(limitedKubeconfig, plane.kubeconfigOf(limited), {mode: 0o600});
	const stop = async (): Promise<void> => {
		await plane.stop();
		await supervisor.shutDown(0);
	};
	try {
		// Its own controllers bring nodes and a kubelet with them.
		if (!hasControllers) await startKubelet(supervisor, plane, directory, kubeconfig);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		kubeconfig,
		limitedKubeconfig,
		directory,
		url: plane.url,
		...(options.hasAudit ? {auditLog} : {}),
		hasControllers,
		stopApiServer: () => plane.pause(),
		startApiServer: () => plane.resume(),
		async forgetHistory() {
			plane.forgetHistory();
			await plane.pause();
			await plane.resume();
		},
		async rebuild() {
			await plane.stop();
			// As long as a real one takes at least: clients see that nobody answers.
			await sleep(rebuildMilliseconds);
			if (settings.saveFile) rmSync(settings.saveFile, {force: true});
			plane = await startControlPlane({...settings, port: Number(new URL(plane.url).port)});
		},
		stop,
	};
}

async function startKubelet(
	supervisor: Supervisor,
	{client}: EmbeddedControlPlane,
	directory: string,
	kubeconfig: string,
): Promise<void> {
	const program = fileURLToPath(new URL('../fake-kubelet.ts', import.meta.url));
	await supervisor.start({
		name: 'fake-kubelet',
		program: execPath,
		args: ['--disable-warning=ExperimentalWarning', program, kubeconfig],
		logFile: join(directory, 'log', 'fake-kubelet.log'),
	});
	const deadline = Date.now() + deadlineMilliseconds;
	while (client.list('Node').length < 3) {
		if (Date.now() > deadline) throw new Error('fake-kubelet was not ready in time');
		await sleep(50);
	}
}
