import {fileURLToPath} from 'node:url';
import type {WorkerOptions} from '../../protocol/worker-options.ts';

/**
 * The worker's program: a sibling of the bundled command line, or its source when run unbundled. Everything heavy (the
 * Kubernetes client, schemas, YAML) lives there, so that the command line starts fast without it.
 */
const workerProgram = import.meta.url.endsWith('.ts')
	? new URL('../../worker/main.ts', import.meta.url)
	: new URL('./worker.js', import.meta.url);

/** What a worker process is started with. */
export const workerEntry: string = fileURLToPath(workerProgram);

/** One thing that `doctor` looked at. */
export interface DoctorCheck {
	readonly name: string;
	readonly status: 'ok' | 'warning' | 'failed';
	readonly message: string;
	readonly hint?: string | undefined;
}

/** What the worker's program offers to the command line in the same process; see worker/main.ts. */
export interface WorkerProgram {
	/** Runs a worker in this process, which answers to SIGTERM and SIGINT by stopping. */
	startWorkerHere(options: WorkerOptions): Promise<RunningWorker>;
	/** Looks at everything a worker needs; writes nothing. */
	runDoctor(options: WorkerOptions): Promise<readonly DoctorCheck[]>;
	/** JSON Schema of the configuration file. */
	configurationSchema(): object;
}

export interface RunningWorker {
	/** Resolves with the exit code when the worker has stopped. */
	readonly ended: Promise<number>;
	stop(): Promise<void>;
}

export async function loadWorkerProgram(): Promise<WorkerProgram> {
	// Not a literal: the bundler must not pull the worker into the command line's bundle.
	return (await import(workerProgram.href)) as WorkerProgram;
}
