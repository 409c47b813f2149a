/**
 * The demo: a control plane in this process, a repository with a history, and the product's own programs on top of them,
 * started as a person would start them.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {connect, type ProtocolClient} from '../source/protocol/client.ts';
import {runControllers} from './control-plane/controllers/index.ts';
import {type EmbeddedControlPlane, startControlPlane} from './control-plane/start.ts';
import {createDemoFolder, type DemoFolder, findRenderers} from './folder.ts';
import {serveControl} from './incident/control.ts';
import {Incident} from './incident/incident.ts';
import {type DemoRepository, seedRepository} from './seed-repository.ts';
import {shopHistory} from './shop/history.ts';

export interface DemoOptions {
	/** The product's command line: a file that node runs. */
	readonly program: string;
	readonly environment: NodeJS.ProcessEnv;
	/** Whether a person watches: then the monitor is shown, else the incident runs once and is told in lines. */
	readonly isTerminal: boolean;
	readonly print: (text: string) => void;
	/** Ends the demo. */
	readonly signal: AbortSignal;
}

const connectMilliseconds = 20_000;
const calmMilliseconds = 60_000;
const readMilliseconds = 1_500;

/** Runs the demo to its end and leaves nothing behind. Answers with the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
	const folder = createDemoFolder(options.environment);
	const ends: (() => void | Promise<void>)[] = [() => folder.remove()];
	try {
		const plane = await startControlPlane({controllers: runControllers});
		ends.push(() => plane.stop());
		plane.writeKubeconfig(folder.kubeconfig);
		const renderers = findRenderers(options.environment);
		const repository = seedRepository(folder.path, shopHistory(renderers), Date.now());
		folder.configure(repository.remote, renderers);
		// Whatever becomes of this process: without a cluster the worker has nothing to stay for.
		const worker = launch(options, folder, ['worker', '--linger', '20s'], 'ignore');
		ends.push(() => endChild(worker));
		const client = await attach(folder);
		ends.push(() => client.close());
		return await play({...options, folder, plane, repository, client, ends});
	} finally {
		for (const end of ends.reverse()) await end();
	}
}

interface Stage extends DemoOptions {
	readonly folder: DemoFolder;
	readonly plane: EmbeddedControlPlane;
	readonly repository: DemoRepository;
	readonly client: ProtocolClient;
	readonly ends: (() => void | Promise<void>)[];
}

async function play(stage: Stage): Promise<number> {
	const {folder, plane, repository, client, ends, isTerminal, print, signal} = stage;
	const incident = new Incident({
		world: {client: plane.client, repository},
		client,
		tell: text => {
			if (!isTerminal) print(`# ${text}`);
		},
		...(isTerminal ? {} : {breathMilliseconds: 500}),
	});
	ends.push(() => incident.end());
	const control = await serveControl(folder.controlSocket, incident);
	ends.push(() => void control.close());
	for (const line of introduction(stage)) print(line);
	if (!isTerminal) return tellInLines(stage, incident);
	await sleep(readMilliseconds, undefined, {signal}).catch(() => {});
	const monitor = launch(stage, folder, [], 'inherit');
	ends.push(() => endChild(monitor));
	const [code] = (await Promise.race([once(monitor, 'exit'), aborted(signal)])) as [number | null];
	return code ?? 0;
}

function introduction({folder, repository}: Stage): string[] {
	return [
		'A cluster, a repository and a worker that live as long as this demo. In a second terminal:',
		`  export KUBECONFIG=${folder.kubeconfig}`,
		`  kubectl scale deployment/checkout -n shop --replicas=10`,
		`  cd ${repository.clone}    # edit, commit, git push`,
	];
}

/** Without a terminal: the incident once, told as it happens. */
async function tellInLines(stage: Stage, incident: Incident): Promise<number> {
	const {client, print, signal, ends, folder} = stage;
	if (!(await isCalm(client, signal))) {
		print('the shop did not become Synced and Healthy');
		return 1;
	}
	const events = launch(stage, folder, ['events', '--follow', '--since', '1s'], 'pipe');
	events.stdout?.on('data', chunk => print(String(chunk).trimEnd()));
	ends.push(() => endChild(events));
	const isDone = await Promise.race([incident.start(), aborted(signal).then(() => false)]);
	const isOver = isDone && (await isCalm(client, signal));
	print(isOver ? '# everything is Synced and Healthy again' : '# not everything converged');
	return isOver ? 0 : 1;
}

/** Whether every application becomes Synced and Healthy in time. */
async function isCalm(client: ProtocolClient, signal: AbortSignal): Promise<boolean> {
	const deadline = performance.now() + calmMilliseconds;
	while (performance.now() < deadline && !signal.aborted) {
		const {applications} = await client.snapshot({applications: []});
		const isAll = applications.every(
			({syncStatus, health, drift}) => syncStatus === 'Synced' && health.status === 'Healthy' && drift.length === 0,
		);
		if (applications.length > 0 && isAll) return true;
		await sleep(200);
	}
	return false;
}

function launch(
	{program}: DemoOptions,
	folder: DemoFolder,
	words: readonly string[],
	stdio: 'ignore' | 'inherit' | 'pipe',
): ChildProcess {
	return spawn(process.execPath, [program, ...words, ...folder.where], {
		cwd: folder.path,
		env: folder.environment,
		// They end with this process, however it ends: they follow the channel.
		stdio: stdio === 'pipe' ? ['ignore', 'pipe', 'ignore', 'ipc'] : [stdio, stdio, stdio, 'ipc'],
	});
}

async function attach(folder: DemoFolder): Promise<ProtocolClient> {
	const deadline = performance.now() + connectMilliseconds;
	for (;;) {
		try {
			return await connect({
				socket: folder.workerSocket(),
				client: 'demo',
				subscribe: true,
				timeoutMilliseconds: 5_000,
			});
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await sleep(50);
		}
	}
}

async function endChild(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(5_000)]);
	if (child.exitCode === null) child.kill('SIGKILL');
}

function aborted(signal: AbortSignal): Promise<[number]> {
	return new Promise(resolve => {
		if (signal.aborted) resolve([130]);
		signal.addEventListener('abort', () => resolve([130]), {once: true});
	});
}
