import {type ChildProcess, spawn} from 'node:child_process';
import type {RenderLimits} from '../limits.ts';

export interface Run {
	/** Absolute path of the program. */
	readonly program: string;
	readonly arguments: readonly string[];
	readonly directory: string;
	/** The whole environment; nothing is inherited. */
	readonly environment: Readonly<Record<string, string>>;
	readonly limits: Pick<RenderLimits, 'outputBytes' | 'timeoutMilliseconds'>;
	readonly signal?: AbortSignal | undefined;
}

export type RunResult =
	| {readonly type: 'done'; readonly output: Buffer; readonly errors: string}
	| {readonly type: 'failed'; readonly errors: string; readonly reason: string}
	| {readonly type: 'timed-out'}
	| {readonly type: 'too-much-output'}
	| {readonly type: 'cancelled'};

/** Helm repeats a whole call stack in one message; more than this is not kept. */
const errorBytes = 1024 * 1024;

const running = new Set<ChildProcess>();
let isWatchingExit = false;

/**
 * Runs a program: no shell, no input, bounded in time and output, ended with us. Never rejects. Made from the standard
 * library because a stopped run must be over at once, also when the program left a child behind that holds its output.
 */
export function runProgram(run: Run): Promise<RunResult> {
	return new Promise(resolve => {
		if (run.signal?.aborted) return resolve({type: 'cancelled'});
		let child: ReturnType<typeof start>;
		try {
			child = start(run);
		} catch (error) {
			return resolve(unable(error));
		}
		const output = collect(run.limits.outputBytes, () => stop({type: 'too-much-output'}));
		const errors = collect(errorBytes, () => undefined);
		const timer = setTimeout(() => stop({type: 'timed-out'}), run.limits.timeoutMilliseconds);
		const onAbort = () => stop({type: 'cancelled'});
		run.signal?.addEventListener('abort', onAbort);
		child.stdout.on('data', output.add);
		child.stderr.on('data', errors.add);
		child.on('error', error => finish(unable(error)));
		child.on('close', (code, signal) => {
			const said = errors.content().toString('utf8');
			if (code === 0) return finish({type: 'done', output: output.content(), errors: said});
			const reason = signal ? `was ended by ${signal}` : `ended with code ${code}`;
			finish({type: 'failed', errors: said, reason});
		});

		function stop(result: RunResult): void {
			child.kill('SIGKILL');
			child.stdout.destroy();
			child.stderr.destroy();
			finish(result);
		}

		/** The first result counts. */
		function finish(result: RunResult): void {
			clearTimeout(timer);
			run.signal?.removeEventListener('abort', onAbort);
			running.delete(child);
			resolve(result);
		}
	});
}

function start({program, arguments: given, directory, environment}: Run) {
	const child = spawn(program, given, {cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe']});
	running.add(child);
	if (!isWatchingExit) {
		isWatchingExit = true;
		process.on('exit', () => {
			for (const each of running) each.kill('SIGKILL');
		});
	}
	return child;
}

function collect(limit: number, onExceeded: () => void) {
	const chunks: Buffer[] = [];
	let bytes = 0;
	return {
		add(chunk: Buffer): void {
			bytes += chunk.length;
			if (bytes <= limit) chunks.push(chunk);
			else onExceeded();
		},
		content: () => Buffer.concat(chunks),
	};
}

function unable(error: unknown): RunResult {
	const {code, message} = error as NodeJS.ErrnoException;
	return {type: 'failed', errors: '', reason: `could not be run: ${code ?? message}`};
}
