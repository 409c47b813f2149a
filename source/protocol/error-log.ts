import {closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync} from 'node:fs';
import {dirname} from 'node:path';
import {safeBlock} from '../model/text.ts';

/** What a worker prints is little; a file that grew beyond this is begun anew with the next start. */
const maximumBytes = 1024 * 1024;
const tailBytes = 4 * 1024;
const tailLines = 20;

/** The file that takes what a worker process prints, which is nothing unless something is wrong. */
export interface ErrorLog {
	readonly file: string;
	readonly descriptor: number;
	/** The last lines printed since it was opened, as safe text. */
	tail(): string;
	close(): void;
}

/** Opens `name.stderr.log` next to the log file `name.log`, for this user only. */
export function openErrorLog(logFile: string): ErrorLog {
	const file = `${logFile.replace(/\.log$/, '')}.stderr.log`;
	mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	const descriptor = openSync(file, 'a+', 0o600);
	if (fstatSync(descriptor).size > maximumBytes) ftruncateSync(descriptor);
	const start = fstatSync(descriptor).size;
	return {
		file,
		descriptor,
		tail() {
			const {size} = fstatSync(descriptor);
			const from = Math.max(start, size - tailBytes);
			const buffer = Buffer.alloc(Math.max(0, size - from));
			const length = readSync(descriptor, buffer, 0, buffer.length, from);
			return safeBlock(buffer.toString('utf8', 0, length))
				.trim()
				.split('\n')
				.slice(-tailLines)
				.join('\n');
		},
		close: () => closeSync(descriptor),
	};
}
