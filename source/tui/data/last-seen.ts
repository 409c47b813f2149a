import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * When a person last looked at the screen of this worker, kept over sessions: one small file a worker. A disk that cannot
 * be written costs the sentence about the absence, nothing else.
 */
export interface LastSeen {
	/** Epoch milliseconds; null: never. */
	read(): number | null;
	write(time: number): void;
}

/** `socket` names the worker: the same configuration, context and kubeconfig have the same one. */
export function openLastSeen(stateDirectory: string, socket: string): LastSeen {
	const folder = join(stateDirectory, 'seen');
	const file = join(folder, createHash('sha256').update(socket).digest('hex').slice(0, 16));
	return {
		read() {
			try {
				const time = Number(readFileSync(file, 'utf8'));
				return Number.isSafeInteger(time) && time > 0 ? time : null;
			} catch {
				return null;
			}
		},
		write(time) {
			try {
				mkdirSync(folder, {recursive: true, mode: 0o700});
				writeFileSync(`${file}.new`, String(time), {mode: 0o600});
				renameSync(`${file}.new`, file);
			} catch {
				// Next time it simply does not say what was missed.
			}
		},
	};
}
