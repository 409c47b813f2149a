import {type ChildProcess, spawn} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {delimiter, resolve} from 'node:path';
import {HoldfastError} from '../model/errors.ts';
import {type ErrorLog, openErrorLog} from './error-log.ts';
import type {WorkerOptions, WorkerReport} from './worker-options.ts';

export type StartOptions = WorkerOptions & {
	/** The worker's program: dist/worker.js. */
	readonly entry: string;
	/** Whether it leads a session of its own, and so outlives the terminal that it was started from. */
	readonly isDetached: boolean;
	/** How long it may take to be ready before it is ended. Default: 60 s. */
	readonly readyMilliseconds?: number;
};

/**
 * What node itself is told. Node 22 warns of node:sqlite. Lists of objects are garbage by the megabyte; reading them takes
 * the same time with a young generation of 2 to 64 MiB, but with the default one the process stays 30 MB larger.
 */
export const workerNodeArguments: readonly string[] = [
	'--disable-warning=ExperimentalWarning',
	'--max-semi-space-size=8',
];

/**
 * Starts a worker process and waits until it serves. Nothing that it or its children print reaches the terminal: it goes
 * to a file next to the log. The process channel is for its one report and is closed then, so neither waits for the other.
 *
 * @throws HoldfastError the worker's own problem, or WorkerFailed with the last lines it printed
 */
export async function startWorker(options: StartOptions): Promise<{pid: number}> {
	const {entry, isDetached, readyMilliseconds = 60_000, ...workerOptions} = options;
	const errorLog = prepare(options);
	const child = spawn(process.execPath, [...workerNodeArguments, entry, JSON.stringify(workerOptions)], {
		cwd: options.stateDirectory,
		detached: isDetached,
		env: workerEnvironment(process.env),
		stdio: ['ignore', errorLog.descriptor, errorLog.descriptor, 'ipc'],
	});
	try {
		const report = await waitForReport(child, readyMilliseconds);
		if (report.type === 'failed') throw new HoldfastError(report.problem);
		return {pid: report.pid};
	} catch (error) {
		throw error instanceof HoldfastError
			? error
			: workerFailed((error as Error).message, errorLog.tail(), errorLog.file);
	} finally {
		if (child.connected) child.disconnect();
		child.unref();
		errorLog.close();
	}
}

function prepare(options: StartOptions): ErrorLog {
	try {
		// Also the worker's working directory: one that nobody removes while it runs.
		mkdirSync(options.stateDirectory, {recursive: true, mode: 0o700});
		return openErrorLog(options.logFile);
	} catch (error) {
		throw workerFailed((error as Error).message, '', options.logFile);
	}
}

/** Rejects with an Error whose message continues `The worker did not start:`. */
async function waitForReport(child: ChildProcess, readyMilliseconds: number): Promise<WorkerReport> {
	const {promise, resolve: settle, reject} = Promise.withResolvers<WorkerReport>();
	const timer = setTimeout(() => {
		child.kill('SIGKILL');
		reject(new Error(`it was not ready within ${Math.round(readyMilliseconds / 1_000)} s and was ended`));
	}, readyMilliseconds);
	child.on('message', message => settle(message as WorkerReport));
	child.once('error', error => reject(new Error(error.message)));
	child.once('exit', (code, signal) => {
		const failure = new Error(signal ? `it was ended by ${signal}` : `it ended with code ${code}`);
		// A report may still be in the channel, which is closed after the last message was read.
		if (child.connected) child.once('disconnect', () => reject(failure));
		else reject(failure);
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

/** Paths that are relative to where the command was typed mean something else where the worker runs. */
function workerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	if (!environment.KUBECONFIG) return environment;
	const paths = environment.KUBECONFIG.split(delimiter).filter(path => path !== '');
	return {...environment, KUBECONFIG: paths.map(path => resolve(path)).join(delimiter)};
}

function workerFailed(why: string, tail: string, file: string): HoldfastError {
	return new HoldfastError({
		code: 'WorkerFailed',
		message: `The worker did not start: ${why}${tail === '' ? '' : `\n${tail}`}`,
		hint: `See ${file}`,
	});
}
