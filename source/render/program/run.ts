import {execa} from 'execa';
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

/** Helm repeats a whole call stack in one message; what tells is at its two ends. */
const errorBytes = 1024 * 1024;

/** Runs a program: no shell, no input, bounded in time and output, killed with us. Never rejects. */
export async function runProgram(run: Run): Promise<RunResult> {
	const result = await execa(run.program, run.arguments, {
		cwd: run.directory,
		env: run.environment,
		extendEnv: false,
		stdin: 'ignore',
		encoding: 'buffer',
		reject: false,
		timeout: run.limits.timeoutMilliseconds,
		maxBuffer: {stdout: run.limits.outputBytes, stderr: errorBytes},
		killSignal: 'SIGKILL',
		...(run.signal && {cancelSignal: run.signal}),
	});
	const errors = Buffer.from(result.stderr ?? '').toString('utf8');
	if (result.isCanceled) return {type: 'cancelled'};
	if (result.timedOut) return {type: 'timed-out'};
	if (result.isMaxBuffer) return {type: 'too-much-output'};
	if (!result.failed) return {type: 'done', output: Buffer.from(result.stdout ?? ''), errors};
	const ending = result.signal ? `was ended by ${result.signal}` : `ended with code ${result.exitCode ?? 'unknown'}`;
	return {type: 'failed', errors, reason: result.code === undefined ? ending : `could not be run (${result.code})`};
}
