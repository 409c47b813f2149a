import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {GitCommandError, type GitContext, workingDirectory} from './command.ts';
import {safeArguments} from './environment.ts';

export interface GitObject {
	readonly oid: string;
	readonly type: string;
	readonly size: number;
	/** Empty when only asked about. */
	readonly content: Buffer;
}

/** Reads objects through one long-lived `git cat-file`; it starts with the first question and ends when idle. */
export interface ObjectReader {
	/** In the order asked; null for an object that is not there. Rejects with {@link GitCommandError}. */
	read(names: readonly string[]): Promise<(GitObject | null)[]>;
	/** Ends the child; the next question starts another, which looks at the repository afresh. */
	restart(): void;
	close(): void;
}

interface Question {
	readonly resolve: (object: GitObject | null) => void;
	readonly reject: (error: Error) => void;
}

const idleMilliseconds = 30_000;
const nothing = Buffer.alloc(0);

/** `contents` reads objects whole, `check` only tells their id, type and size. Names must be checked by the caller. */
export function createObjectReader(context: GitContext, mode: 'contents' | 'check'): ObjectReader {
	let child: ChildProcessWithoutNullStreams | undefined;
	let idleTimer: NodeJS.Timeout | undefined;

	const start = (): {child: ChildProcessWithoutNullStreams; waiting: Question[]} => {
		const waiting: Question[] = [];
		const command = ['cat-file', mode === 'contents' ? '--batch' : '--batch-check'];
		const started = spawn('git', [...safeArguments, ...command], {
			cwd: workingDirectory(context),
			env: context.environment,
			stdio: 'pipe',
			windowsHide: true,
		});
		let stderr = '';
		const end = (exitCode: number, text: string): void => {
			if (child === started) child = undefined;
			started.kill();
			const error = new GitCommandError({
				exitCode,
				stderr: text,
				reason: context.signal.aborted ? 'aborted' : 'failed',
			});
			for (const {reject} of waiting.splice(0)) reject(error);
		};
		const parse = createAnswerParser(mode, answer => waiting.shift()?.resolve(answer));
		started.stdout.on('data', (chunk: Buffer) => {
			try {
				parse(chunk);
			} catch (error) {
				end(-1, String(error));
			}
		});
		started.stderr.on('data', (chunk: Buffer) => {
			stderr = (stderr + chunk.toString('utf8')).slice(-4_000);
		});
		// A git that died closes its input: the reason comes with its end.
		started.stdin.on('error', () => {});
		started.on('error', error => end(-1, error.message));
		started.on('close', code => end(code ?? -1, stderr || 'git cat-file ended'));
		return {child: started, waiting};
	};

	let current: {child: ChildProcessWithoutNullStreams; waiting: Question[]} | undefined;
	const stop = (): void => {
		clearTimeout(idleTimer);
		child?.kill();
		child = undefined;
	};
	context.signal.addEventListener('abort', stop, {once: true});

	return {
		async read(names) {
			if (names.length === 0) return [];
			if (context.signal.aborted) throw new GitCommandError({exitCode: -1, stderr: '', reason: 'aborted'});
			clearTimeout(idleTimer);
			if (!current || child !== current.child) {
				current = start();
				child = current.child;
			}
			const {waiting, child: asked} = current;
			try {
				return await Promise.all(
					names.map((_name, index) => {
						const answer = new Promise<GitObject | null>((resolve, reject) => waiting.push({resolve, reject}));
						if (index === 0) asked.stdin.write(`${names.join('\n')}\n`);
						return answer;
					}),
				);
			} finally {
				if (waiting.length === 0 && child === asked) {
					clearTimeout(idleTimer);
					idleTimer = setTimeout(stop, idleMilliseconds);
					idleTimer.unref();
				}
			}
		},
		restart: stop,
		close() {
			context.signal.removeEventListener('abort', stop);
			stop();
		},
	};
}

/** Cuts the stream into answers: a header line, then in `contents` mode as many bytes as it says, and a line end. */
function createAnswerParser(
	mode: 'contents' | 'check',
	onAnswer: (object: GitObject | null) => void,
): (chunk: Buffer) => void {
	let rest = nothing;
	let body: {oid: string; type: string; content: Buffer; filled: number} | undefined;

	const onHeader = (line: string): void => {
		const [oid = '', type = '', size = ''] = line.split(' ');
		// `NAME missing`, `NAME ambiguous`; a name may hold spaces, a size is always a number.
		if (!/^\d+$/.test(size) || !/^[0-9a-f]+$/.test(oid)) onAnswer(null);
		else if (mode === 'check') onAnswer({oid, type, size: Number(size), content: nothing});
		else body = {oid, type, content: Buffer.allocUnsafe(Number(size)), filled: 0};
	};

	return chunk => {
		let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
		rest = nothing;
		for (;;) {
			if (body) {
				const {oid, type, content} = body;
				const copied = data.copy(content, body.filled);
				body.filled += copied;
				data = data.subarray(copied);
				// The line end after the content may come with the next chunk.
				if (body.filled < content.length || data.length === 0) return;
				data = data.subarray(1);
				body = undefined;
				onAnswer({oid, type, size: content.length, content});
			}
			const end = data.indexOf(0x0a);
			if (end === -1) {
				rest = Buffer.from(data);
				return;
			}
			onHeader(data.toString('utf8', 0, end));
			data = data.subarray(end + 1);
		}
	};
}
