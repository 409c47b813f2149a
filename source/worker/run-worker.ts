import {toProblem} from '../model/errors.ts';
import {type ProtocolServer, serve} from '../protocol/server.ts';
import type {WorkerOptions, WorkerReport} from '../protocol/worker-options.ts';
import {createLogger} from './log.ts';
import {createHandlers} from './service.ts';
import {version} from './version.ts';
import {Worker} from './worker.ts';

/** How long a client that was promised has to come before a lingering worker gives up waiting. */
const firstClientMilliseconds = 30_000;
/** A stop waits for what is being applied, but not for ever. */
const stopMilliseconds = 20_000;

export interface RunningWorker {
	/** Resolves with the exit code when the worker has stopped. */
	readonly ended: Promise<number>;
	stop(): Promise<void>;
}

/**
 * Starts a worker in this process: serves the protocol, watches the configuration, reconciles. SIGUSR1 refreshes at
 * once, SIGHUP reads the configuration again, SIGTERM and SIGINT stop it.
 */
export async function startWorkerHere(options: WorkerOptions): Promise<RunningWorker> {
	const log = createLogger({file: options.logFile, level: options.logLevel, version});
	const {promise: ended, resolve: end} = Promise.withResolvers<number>();
	let server: ProtocolServer | undefined;
	let lingerTimer: NodeJS.Timeout | undefined;
	const worker = new Worker(options, log, {
		hasAudience: () => (server?.clients ?? 0) > 0,
		onChanges: changes => server?.broadcastChanges(changes),
		onJournal: entry => server?.broadcastJournal(entry),
	});
	const {promise: started, resolve: setStarted} = Promise.withResolvers<void>();
	let stopping: Promise<void> | undefined;
	const stop = (): Promise<void> => {
		stopping ??= (async () => {
			log.info('stopping');
			clearTimeout(lingerTimer);
			const deadline = setTimeout(() => end(1), stopMilliseconds);
			await server?.close();
			await worker.stop();
			clearTimeout(deadline);
			log.info('stopped');
			end(0);
		})();
		return stopping;
	};
	const linger = (milliseconds: number): void => {
		clearTimeout(lingerTimer);
		lingerTimer = setTimeout(() => void stop(), milliseconds);
	};
	server = await serve({
		socket: options.socket,
		handlers: createHandlers({worker, log, started, shutdown: () => void stop()}),
		onClients(count) {
			if (options.lingerMilliseconds === null) return;
			if (count > 0) clearTimeout(lingerTimer);
			else linger(options.lingerMilliseconds);
		},
		log,
	});
	if (options.lingerMilliseconds !== null) linger(Math.max(options.lingerMilliseconds, firstClientMilliseconds));
	log.info({version, mode: options.mode, configuration: worker.workerStatus().configuration}, 'worker started');
	handleSignals({
		refresh: () => void worker.refresh([], false),
		reload: () => void worker.reload().catch(error => log.warn({problem: toProblem(error)}, 'reload failed')),
		stop: () => void stop(),
		crash: error =>
			log.fatal({problem: toProblem(error), stack: error instanceof Error ? error.stack : undefined}, 'crash'),
	});
	try {
		await worker.start();
		setStarted();
	} catch (error) {
		await stop();
		throw error;
	}
	return {ended, stop};
}

function handleSignals(on: {
	refresh: () => void;
	reload: () => void;
	stop: () => void;
	crash: (error: unknown) => void;
}): void {
	process.on('SIGUSR1', on.refresh);
	process.on('SIGHUP', on.reload);
	process.on('SIGTERM', on.stop);
	process.on('SIGINT', on.stop);
	process.on('uncaughtException', error => {
		on.crash(error);
		process.exit(70);
	});
	// A rejection that nobody awaited is a defect, but not a reason to let go of a cluster.
	process.on('unhandledRejection', on.crash);
}

/** Runs a worker until it is told to stop. Returns the exit code. */
export async function runWorker(options: WorkerOptions): Promise<number> {
	const running = await startWorkerHere(options);
	return running.ended;
}

/** The child process: options as one JSON argument, one report to the parent, then silence. */
export async function runAsChild(argument: string): Promise<void> {
	const report = (message: WorkerReport): void => {
		if (process.connected) process.send?.(message, () => process.connected && process.disconnect?.());
	};
	try {
		const running = await startWorkerHere(JSON.parse(argument) as WorkerOptions);
		report({type: 'ready', pid: process.pid});
		process.exitCode = await running.ended;
	} catch (error) {
		report({type: 'failed', problem: toProblem(error)});
		process.exitCode = 1;
	}
	setTimeout(() => process.exit(), 500).unref();
}
