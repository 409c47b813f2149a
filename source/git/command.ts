import {parse} from 'node:path';
import {GitError, type SimpleGit, simpleGit} from 'simple-git';
import {safeSettings} from './environment.ts';

/**
 * A git command that ended badly. `stderr` is raw: it may hold credentials and must pass `failures.ts`. Derived from
 * simple-git's own error, because that replaces all others by their text.
 */
export class GitCommandError extends GitError {
	readonly exitCode: number;
	readonly stderr: string;
	readonly reason: 'failed' | 'aborted' | 'timed out';

	constructor(options: {exitCode: number; stderr: string; reason?: 'failed' | 'aborted' | 'timed out'}) {
		super(undefined, `git ended with ${options.exitCode}`);
		this.exitCode = options.exitCode;
		this.stderr = options.stderr;
		this.reason = options.reason ?? 'failed';
	}
}

export interface GitContext {
	/** The bare repository, as an absolute path; also in the environment, as `GIT_DIR`. */
	readonly directory: string;
	readonly environment: Record<string, string>;
	readonly signal: AbortSignal;
}

/**
 * One simple-git for one command: its instances drop what is queued behind a command that fails. Rejects with
 * {@link GitCommandError}. `silenceMilliseconds`: killed when nothing is written for that long.
 */
export function git(context: GitContext, options: {silenceMilliseconds?: number} = {}): SimpleGit {
	return simpleGit({
		baseDir: workingDirectory(context),
		config: [...safeSettings],
		abort: context.signal,
		...(options.silenceMilliseconds ? {timeout: {block: options.silenceMilliseconds}} : {}),
		// Output is complete at `close`; a transport that outlives a killed git must not keep us waiting for it.
		completion: {onClose: true, onExit: 2_000},
		errors: toCommandError,
		// The guards are for words and variables of strangers. Ours are checked before (`address.ts`,
		// `reference-name.ts`), and the environment was put together by `environment.ts`.
		allowEnvironment: Object.keys(context.environment),
		unsafe: {
			allowUnsafeAskPass: true,
			allowUnsafeConfigEnvCount: true,
			allowUnsafeConfigPaths: true,
			allowUnsafeCredentialHelper: true,
			allowUnsafeEditor: true,
			allowUnsafeExec: true,
			allowUnsafeFsMonitor: true,
			allowUnsafeGitProxy: true,
			allowUnsafeHooksPath: true,
			allowUnsafePager: true,
			allowUnsafeProtocolOverride: true,
			allowUnsafeSshCommand: true,
			allowUnsafeUrlRewrite: true,
			allowUnsafeInclude: true,
			allowUnsafeTemplateDir: true,
		},
	}).env(context.environment);
}

/** A folder that is always there: the mirror, and the cache as a whole, may be removed at any time. */
export function workingDirectory(context: GitContext): string {
	return parse(context.directory).root;
}

interface Outcome {
	readonly exitCode: number;
	readonly stdErr: readonly Buffer[];
}

/** simple-git takes a git that was killed, or that failed without a word, for a success. */
function toCommandError(error: Buffer | Error | undefined, outcome: Outcome): Error | undefined {
	const plugin = error && 'plugin' in error ? String(error.plugin) : '';
	const reason = plugin === 'abort' ? 'aborted' : plugin === 'timeout' ? 'timed out' : 'failed';
	if (!error && outcome.exitCode === 0) return undefined;
	const stderr = Buffer.concat([...outcome.stdErr]).toString('utf8');
	const text = stderr || (error instanceof Error ? error.message : '');
	return new GitCommandError({exitCode: outcome.exitCode ?? -1, stderr: text, reason});
}
