import {spawn} from 'node:child_process';
import {GitCommandError, type GitContext, workingDirectory} from './command.ts';
import {safeArguments} from './environment.ts';

/** Lets git write one blob straight into an open file: bytes as stored, nothing held in memory. */
export function copyBlob(context: GitContext, oid: string, descriptor: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn('git', [...safeArguments, 'cat-file', 'blob', oid], {
			cwd: workingDirectory(context),
			env: context.environment,
			stdio: ['ignore', descriptor, 'pipe'],
			signal: context.signal,
			windowsHide: true,
		});
		let stderr = '';
		child.stderr?.on('data', (chunk: Buffer) => {
			stderr = (stderr + chunk.toString('utf8')).slice(-4_000);
		});
		child.on('error', error => {
			const reason = context.signal.aborted ? 'aborted' : 'failed';
			reject(new GitCommandError({exitCode: -1, stderr: error.message, reason}));
		});
		child.on('close', code => {
			if (code === 0) resolve();
			else reject(new GitCommandError({exitCode: code ?? -1, stderr}));
		});
	});
}
