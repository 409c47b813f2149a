import {randomBytes} from 'node:crypto';
import {hostname, userInfo} from 'node:os';
import path from 'node:path';
import {HoldfastError} from '../../model/errors.ts';
import {connect, type ProtocolClient} from '../../protocol/client.ts';
import {cacheDirectory, logFileFor, socketFor, stateDirectory} from '../../protocol/locations.ts';
import type {ConfigurationSource, WorkerOptions} from '../../protocol/worker-options.ts';
import type {Line} from '../definition.ts';
import type {Held} from '../print/freshness.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {configurationOf} from './configuration.ts';
import {createTracker, type Tracker} from './tracker.ts';
import {workerEntry} from './worker-bundle.ts';

const connectMilliseconds = 5_000;
const shutdownMilliseconds = 500;

/** A conversation with a worker, for as long as a command runs. */
export interface Session {
	readonly client: ProtocolClient;
	readonly tracker: Tracker;
	readonly held: Held;
	/** As in Line. */
	readonly where: string;
}

/**
 * Runs `use` with the worker that already holds this configuration and context, found by its socket. Where there is
 * none, or with `--once`, a private worker is started for the length of the command: it observes, so it writes nothing
 * unless `use` asks for a sync, and ends when we leave.
 */
export async function withWorker<Result>(
	line: Line,
	terminal: Terminal,
	use: (session: Session) => Promise<Result>,
): Promise<Result> {
	const options = workerOptions(line, terminal);
	if (!line.flags.once) {
		const client = await connectRunning(options.socket);
		if (client) return useClient(client, {held: {type: 'worker'}, where: line.where}, use);
	}
	const held: Held = {type: 'one-shot', cause: line.flags.once ? 'asked' : 'none-running'};
	return withPrivateWorker({...options, mode: 'observe'}, {held, where: line.where}, terminal, use);
}

/** Starts a worker of our own on a socket of its own, and ends it afterwards. */
export async function withPrivateWorker<Result>(
	options: WorkerOptions,
	about: Pick<Session, 'held' | 'where'>,
	terminal: Terminal,
	use: (session: Session) => Promise<Result>,
): Promise<Result> {
	const name = `once-${process.pid}-${randomBytes(4).toString('hex')}.sock`;
	const socket = path.join(path.dirname(options.socket), name);
	const progress = startProgress(terminal, 'starting a one-shot worker');
	let client: ProtocolClient;
	try {
		const {startWorker} = await import('../../protocol/start-worker.ts');
		await startWorker({...options, socket, lingerMilliseconds: 0, entry: workerEntry, isDetached: false});
		client = await attach(socket);
	} finally {
		progress.end();
	}
	return useClient(client, about, async session => {
		try {
			return await use(session);
		} finally {
			await Promise.race([client.shutdown().catch(() => {}), delay(shutdownMilliseconds)]);
		}
	});
}

async function useClient<Result>(
	client: ProtocolClient,
	about: Pick<Session, 'held' | 'where'>,
	use: (session: Session) => Promise<Result>,
): Promise<Result> {
	try {
		return await use({client, tracker: createTracker(client), ...about});
	} finally {
		client.close();
	}
}

/** The worker that listens on this socket; null when there is none. */
export async function connectRunning(socket: string): Promise<ProtocolClient | null> {
	try {
		return await attach(socket);
	} catch (error) {
		if (error instanceof HoldfastError && error.code === 'WorkerNotRunning') return null;
		throw error;
	}
}

function attach(socket: string): Promise<ProtocolClient> {
	return connect({socket, client: initiator(), subscribe: true, timeoutMilliseconds: connectMilliseconds});
}

/** `ana@bastion-1`: who asked, as far as this machine knows. */
export function initiator(): string {
	try {
		return `${userInfo().username}@${hostname()}`;
	} catch {
		// A uid without a passwd entry, as in many containers.
		return `uid-${process.getuid?.() ?? 'unknown'}@${hostname()}`;
	}
}

/** What the command line says to a worker, with the socket that a worker for exactly this listens on. */
export function workerOptions(
	{flags}: Line,
	terminal: Terminal,
	configuration: ConfigurationSource = configurationOf(flags, terminal),
): WorkerOptions {
	const {environment, workingDirectory} = terminal;
	const kubeconfig = flags.kubeconfig === undefined ? undefined : path.resolve(workingDirectory, flags.kubeconfig);
	const key = {kubeconfig, context: flags.context, configuration};
	return {
		socket: socketFor(key, environment),
		configuration,
		...(kubeconfig !== undefined && {kubeconfig}),
		...(flags.context !== undefined && {context: flags.context}),
		...(flags.interval !== undefined && {intervalMilliseconds: flags.interval}),
		mode: flags.mode ?? 'reconcile',
		lingerMilliseconds: null,
		stateDirectory: stateDirectory(environment),
		cacheDirectory: cacheDirectory(environment),
		logFile: logFileFor(key, environment),
		logLevel: flags.logLevel ?? 'info',
	};
}

function delay(milliseconds: number): Promise<void> {
	return new Promise(resolve => {
		setTimeout(resolve, milliseconds).unref();
	});
}
