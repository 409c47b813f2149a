import {spawn} from 'node:child_process';
import {GitCommandError, type GitContext, workingDirectory} from './command.ts';
import {safeArguments} from './environment.ts';

/**
 * The raw output of `git ls-tree` for a whole commit. Read as bytes, and only up to a limit: trees that hold themselves
 * many times over expand without end. Throws a RangeError beyond the limit, {@link GitCommandError} when git fails.
 */
export function listTree(context: GitContext, commit: string, limitBytes: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const command = ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', commit];
		const child = spawn('git', [...safeArguments, ...command], {
			cwd: workingDirectory(context),
			env: context.environment,
			stdio: ['ignore', 'pipe', 'pipe'],
			signal: context.signal,
			windowsHide: true,
		});
		const chunks: Buffer[] = [];
		let bytes = 0;
		let stderr = '';
		child.stdout.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes > limitBytes) {
				child.kill('SIGKILL');
				reject(new RangeError(`more than ${limitBytes} bytes`));
			} else chunks.push(chunk);
		});
		child.stderr.on('data', (chunk: Buffer) => {
			stderr = (stderr + chunk.toString('utf8')).slice(-4_000);
		});
		child.on('error', error => {
			const reason = context.signal.aborted ? 'aborted' : 'failed';
			reject(new GitCommandError({exitCode: -1, stderr: error.message, reason}));
		});
		child.on('close', code => {
			if (code === 0) resolve(Buffer.concat(chunks));
			else reject(new GitCommandError({exitCode: code ?? -1, stderr}));
		});
	});
}
