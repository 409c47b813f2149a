import {spawn} from 'node:child_process';
import {GitCommandError, type GitContext, workingDirectory} from './command.ts';
import {safeArguments} from './environment.ts';

export interface GitOutput {
	readonly stdout: Buffer;
	readonly stderr: string;
	/** Nothing was read beyond the limit: the output is only its beginning. */
	readonly isTruncated: boolean;
}

const stderrLimit = 64_000;

/**
 * Runs one git command and reads its output up to a limit; a command that has more to say is ended. Unlike simple-git it
 * tells both streams, also of a command that ended well: remotes talk to people on stderr. Rejects with
 * {@link GitCommandError}; `failsOnStdout`: the command names its failure there (push --porcelain), so that is added;
 * `endsHelpers`: when it is ended, what it started (a transport, a signing program) ends with it.
 */
export function runGit(
	context: GitContext,
	words: readonly string[],
	options: {
		limitBytes: number;
		silenceMilliseconds?: number;
		signal?: AbortSignal;
		failsOnStdout?: boolean;
		endsHelpers?: boolean;
	},
): Promise<GitOutput> {
	const signal = options.signal ? AbortSignal.any([context.signal, options.signal]) : context.signal;
	return new Promise((resolve, reject) => {
		const child = spawn('git', [...safeArguments, ...words], {
			cwd: workingDirectory(context),
			env: context.environment,
			stdio: ['ignore', 'pipe', 'pipe'],
			signal,
			windowsHide: true,
			// A process group of its own, so that it can be ended whole.
			detached: options.endsHelpers === true,
		});
		const end = (): void => {
			if (options.endsHelpers) endGroup(child.pid);
			else child.kill('SIGKILL');
		};
		if (options.endsHelpers) signal.addEventListener('abort', end, {once: true});
		const chunks: Buffer[] = [];
		let bytes = 0;
		let stderr = '';
		let isTruncated = false;
		let isSilent = false;
		let timer: NodeJS.Timeout | undefined;
		const hear = (): void => {
			clearTimeout(timer);
			if (!options.silenceMilliseconds) return;
			timer = setTimeout(() => {
				isSilent = true;
				end();
			}, options.silenceMilliseconds);
		};
		hear();
		child.stdout.on('data', (chunk: Buffer) => {
			hear();
			if (isTruncated) return;
			const room = options.limitBytes - bytes;
			chunks.push(chunk.subarray(0, room));
			bytes += Math.min(chunk.length, room);
			if (chunk.length <= room) return;
			isTruncated = true;
			end();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			hear();
			stderr = (stderr + chunk.toString('utf8')).slice(-stderrLimit);
		});
		child.on('error', error => {
			clearTimeout(timer);
			const reason = signal.aborted ? 'aborted' : 'failed';
			reject(new GitCommandError({exitCode: -1, stderr: error.message, reason}));
		});
		child.on('close', code => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			const stdout = Buffer.concat(chunks);
			if (code === 0 || isTruncated) return resolve({stdout, stderr, isTruncated});
			const reason = signal.aborted ? 'aborted' : isSilent ? 'timed out' : 'failed';
			const said = options.failsOnStdout ? stdout.toString('utf8').slice(0, 8_000) : '';
			reject(new GitCommandError({exitCode: code ?? -1, stderr: said ? `${stderr}\n${said}` : stderr, reason}));
		});
	});
}

function endGroup(leader: number | undefined): void {
	try {
		if (leader !== undefined) process.kill(-leader, 'SIGKILL');
	} catch {
		// Gone already.
	}
}

/** A question that git answers by its exit code: 0 is yes, 1 is no. Rejects with {@link GitCommandError} otherwise. */
export async function askGit(context: GitContext, words: readonly string[]): Promise<boolean> {
	try {
		await runGit(context, words, {limitBytes: 64_000});
		return true;
	} catch (error) {
		if (error instanceof GitCommandError && error.exitCode === 1) return false;
		throw error;
	}
}
