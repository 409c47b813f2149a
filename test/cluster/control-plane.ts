/**
 * A real control plane on loopback for tests and benchmarks: etcd, kube-apiserver, optionally kube-controller-manager, and
 * our own stand-in for nodes, kubelets and the scheduler. The programs come from the folder `KUBEBUILDER_ASSETS`. Where
 * `HOLDFAST_CONTROL_PLANE=embedded` says so, the demo's control plane takes their place.
 */
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type ApiAnswer, getFromApi} from './control-plane/api-request.ts';
import {apiServerArguments, controllerManagerArguments, etcdArguments} from './control-plane/arguments.ts';
import {isEmbedded} from './control-plane/choice.ts';
import {prepareCredentials, writeKubeconfig} from './control-plane/credentials.ts';
import {startEmbedded} from './control-plane/embedded.ts';
import {findFreePorts} from './control-plane/ports.ts';
import {findPrograms, type Programs} from './control-plane/programs.ts';
import {startSupervisor} from './control-plane/supervisor-client.ts';

export interface ControlPlaneOptions {
	/** Starts kube-controller-manager. Default true; about 5 s slower. */
	readonly hasControllers?: boolean;
	/** Writes every request, without bodies, as JSON lines to `auditLog`. Default false. */
	readonly hasAudit?: boolean;
	/** Keeps data, keys and logs here, also after stop. Default: a temporary folder, removed on stop. */
	readonly directory?: string;
	/** Lets etcd answer before the disk has it: faster, fine for tests. Default false. */
	readonly isFsyncOff?: boolean;
	readonly apiServerPort?: number;
	readonly etcdPort?: number;
}

export interface ControlPlane {
	/** Path of the administrator's kubeconfig. */
	readonly kubeconfig: string;
	/** Path of the kubeconfig of a user without any rights but discovery. */
	readonly limitedKubeconfig: string;
	readonly directory: string;
	/** `https://127.0.0.1:PORT`. */
	readonly url: string;
	readonly auditLog?: string;
	readonly hasControllers: boolean;
	/** Runs kubectl as administrator and resolves with its standard output; rejects with its standard error. */
	kubectl(args: readonly string[], input?: string): Promise<string>;
	/** Takes the API server away; etcd and the controllers stay. `isSudden` kills it instead of asking. */
	stopApiServer(options?: {isSudden?: boolean}): Promise<void>;
	/** Brings it back on the same port; resolves when it is ready. */
	startApiServer(): Promise<void>;
	/** Forgets etcd's history and restarts the API server: older watches and continue tokens get 410 Gone. */
	forgetHistory(): Promise<void>;
	/** Loses everything that was stored: another cluster then answers at the same address, to the same credentials. */
	rebuild(): Promise<void>;
	stop(): Promise<void>;
}

const startDeadlineMilliseconds = 90_000;
// An API server with open watches takes its whole minute to end in order.
const graceMilliseconds = 3_000;

/** Whether a port that was free a moment ago was taken by somebody else before our program had it. */
const isPortTaken = (error: unknown): boolean => /address already in use/.test(String(error));

/**
 * Resolves when the API server is ready, three nodes are there and, with controllers, the default ServiceAccount exists.
 * Everything ends with `stop()`, or when this process ends in whatever way. Throws with the end of the log of the program
 * that failed.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
	if (isEmbedded()) {
		const plane = await startEmbedded(options);
		return {...plane, kubectl: (args, input) => runKubectl(plane.kubeconfig, args, input)};
	}
	const programs = findPrograms();
	if (!programs) throw new Error('KUBEBUILDER_ASSETS does not name a folder with etcd and kube-apiserver');
	if ((options.hasControllers ?? true) && !programs.controllerManager) {
		throw new Error(`no kube-controller-manager in ${programs.directory}; pass hasControllers: false`);
	}
	for (let attempt = 1; ; attempt++) {
		try {
			return await start(programs, options);
		} catch (error) {
			if (attempt === 3 || !isPortTaken(error)) throw error;
		}
	}
}

async function start(programs: Programs, options: ControlPlaneOptions): Promise<ControlPlane> {
	const {hasControllers = true, isFsyncOff = false} = options;
	const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'holdfast-cluster-'));
	for (const name of ['log', 'keys']) mkdirSync(join(directory, name), {recursive: true, mode: 0o700});
	const [freeApiPort = 0, freeEtcdPort = 0, peerPort = 0] = await findFreePorts(3);
	const apiServerPort = options.apiServerPort ?? freeApiPort;
	const etcdPort = options.etcdPort ?? freeEtcdPort;
	const url = `https://127.0.0.1:${apiServerPort}`;
	const credentials = prepareCredentials(join(directory, 'keys'));
	const audit = options.hasAudit ? prepareAudit(directory) : undefined;
	const supervisor = startSupervisor(options.directory ? undefined : directory);
	const ask = (path: string): Promise<ApiAnswer> =>
		getFromApi({
			url: `${url}${path}`,
			token: credentials.tokens.admin,
			authority: readFileSync(credentials.certificateAuthority),
		});

	const run = async (name: string, program: string, args: string[], isReady: () => Promise<boolean>): Promise<void> => {
		const exited = supervisor.untilExit(name);
		const ended = new AbortController();
		try {
			await supervisor.start({name, program, args, logFile: join(directory, 'log', `${name}.log`)});
			await Promise.race([exited, poll(name, isReady, ended.signal)]);
		} finally {
			exited.catch(() => {});
			ended.abort();
		}
	};
	const startApiServer = (): Promise<void> =>
		run(
			'kube-apiserver',
			programs.apiServer,
			apiServerArguments({port: apiServerPort, etcdPort, credentials, audit, hasControllers}),
			async () => (await ask('/readyz')).status === 200,
		);
	const stopApiServer: ControlPlane['stopApiServer'] = ({isSudden = false} = {}) =>
		supervisor.stop('kube-apiserver', isSudden ? 0 : graceMilliseconds);
	const kubeconfigFor = (user: Parameters<typeof writeKubeconfig>[0]['user']): string =>
		writeKubeconfig({path: join(directory, `${user}.kubeconfig`), url, credentials, user});

	try {
		const etcd = etcdArguments({dataDirectory: join(directory, 'etcd'), port: etcdPort, peerPort, isFsyncOff});
		const startEtcd = (): Promise<void> => run('etcd', programs.etcd, etcd, () => isEtcdHealthy(etcdPort));
		await startEtcd();
		await startApiServer();
		const kubeconfig = kubeconfigFor('admin');
		if (hasControllers && programs.controllerManager) {
			const args = controllerManagerArguments({kubeconfig: kubeconfigFor('controllerManager'), credentials});
			await run('kube-controller-manager', programs.controllerManager, args, async () => {
				return (await ask('/api/v1/namespaces/default/serviceaccounts/default')).status === 200;
			});
		}
		await startFakeKubelet(run, kubeconfigFor('kubelet'), ask);
		return {
			kubeconfig,
			limitedKubeconfig: kubeconfigFor('limited'),
			directory,
			url,
			...(audit ? {auditLog: audit.logFile} : {}),
			hasControllers,
			kubectl: (args, input) => runKubectl(kubeconfig, args, input),
			stopApiServer,
			startApiServer,
			async forgetHistory() {
				await compact(etcdPort);
				await stopApiServer({isSudden: true});
				await startApiServer();
			},
			async rebuild() {
				await stopApiServer({isSudden: true});
				await supervisor.stop('etcd', 0);
				rmSync(join(directory, 'etcd'), {recursive: true, force: true});
				await startEtcd();
				await startApiServer();
			},
			// Data that is thrown away needs no orderly end.
			stop: () => supervisor.shutDown(options.directory ? graceMilliseconds : 0),
		};
	} catch (error) {
		await supervisor.shutDown(0);
		throw error;
	}
}

type Run = (name: string, program: string, args: string[], isReady: () => Promise<boolean>) => Promise<void>;

async function startFakeKubelet(
	run: Run,
	kubeconfig: string,
	ask: (path: string) => Promise<ApiAnswer>,
): Promise<void> {
	const program = fileURLToPath(new URL('fake-kubelet.ts', import.meta.url));
	const args = ['--disable-warning=ExperimentalWarning', program, kubeconfig];
	await run('fake-kubelet', process.execPath, args, async () => {
		const {status, body} = await ask('/api/v1/nodes');
		return status === 200 && JSON.parse(body).items.length === 3;
	});
}

/** Asks every 50 ms; a refused connection or a missing certificate only means not yet. */
async function poll(name: string, isReady: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
	const deadline = Date.now() + startDeadlineMilliseconds;
	while (!signal.aborted) {
		if (await isReady().catch(() => false)) return;
		if (Date.now() > deadline) throw new Error(`${name} was not ready in time`);
		await sleep(50);
	}
}

async function isEtcdHealthy(port: number): Promise<boolean> {
	const answer = await fetch(`http://127.0.0.1:${port}/health`);
	return answer.ok && ((await answer.json()) as {health?: string}).health === 'true';
}

async function compact(port: number): Promise<void> {
	const post = async (path: string, body: unknown): Promise<{header: {revision: string}}> => {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`, {method: 'POST', body: JSON.stringify(body)});
		if (!answer.ok) throw new Error(`etcd answered ${answer.status}: ${await answer.text()}`);
		return (await answer.json()) as {header: {revision: string}};
	};
	const {header} = await post('/v3/kv/range', {key: 'AA=='});
	await post('/v3/kv/compaction', {revision: header.revision, physical: true});
}

function prepareAudit(directory: string): {policyFile: string; logFile: string} {
	const policyFile = join(directory, 'audit-policy.json');
	const rules = [{level: 'Metadata'}];
	const policy = {apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules};
	writeFileSync(policyFile, JSON.stringify(policy));
	return {policyFile, logFile: join(directory, 'log', 'audit.jsonl')};
}

/** Runs the kubectl of KUBEBUILDER_ASSETS with a kubeconfig; `input` goes to its standard input. */
export function runKubectl(kubeconfig: string, args: readonly string[], input = ''): Promise<string> {
	const program = findPrograms()?.kubectl ?? 'kubectl';
	return new Promise((resolve, reject) => {
		const child = execFile(
			program,
			['--kubeconfig', kubeconfig, ...args],
			// Its discovery cache lies with the cluster, not in the home folder: addresses come again.
			{maxBuffer: 256 * 1024 * 1024, env: {...process.env, KUBECACHEDIR: join(dirname(kubeconfig), 'kubectl-cache')}},
			(error, stdout, stderr) => {
				if (error) reject(new Error(`kubectl ${args.join(' ')}: ${stderr.trim() || error.message}`));
				else resolve(stdout);
			},
		);
		child.stdin?.on('error', () => {});
		child.stdin?.end(input);
	});
}
