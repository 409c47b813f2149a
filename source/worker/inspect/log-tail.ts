import {type FileHandle, open} from 'node:fs/promises';
import {HoldfastError} from '../../model/errors.ts';
import {boundedText, escapeJson} from '../../model/text.ts';

const chunkBytes = 256 * 1024;
/** A line about this application may be far back in a busy log; nobody waits for a gigabyte to be read. */
const maximumBytes = 16 * 1024 * 1024;
const maximumLineCharacters = 8_000;

/**
 * The newest lines of a log of JSON lines about one application (empty: about anything), oldest first, at most `limit`.
 * Safe to show: whatever a terminal would obey is escaped.
 *
 * @throws HoldfastError LogUnreadable
 */
export async function tailLog(file: string, application: string, limit: number): Promise<string[]> {
	let handle: FileHandle | undefined;
	try {
		handle = await open(file, 'r');
		return await readBackwards(handle, application, limit);
	} catch (error) {
		throw new HoldfastError({
			code: 'LogUnreadable',
			message: `The log ${file} cannot be read: ${(error as Error).message}`,
		});
	} finally {
		await handle?.close();
	}
}

async function readBackwards(handle: FileHandle, application: string, limit: number): Promise<string[]> {
	const found: string[] = [];
	let {size: position} = await handle.stat();
	const end = Math.max(0, position - maximumBytes);
	let rest = Buffer.alloc(0);
	while (position > end && found.length < limit) {
		const start = Math.max(end, position - chunkBytes);
		const chunk = Buffer.alloc(position - start);
		const {bytesRead} = await handle.read(chunk, 0, chunk.length, start);
		position = start;
		const text = Buffer.concat([chunk.subarray(0, bytesRead), rest]);
		// The first line of a chunk is the tail of a line that began before it, except at the beginning of the file.
		const first = start === 0 ? 0 : text.indexOf(0x0a) + 1;
		if (start !== 0 && first === 0) {
			rest = text;
			continue;
		}
		rest = text.subarray(0, first);
		const lines = text.subarray(first).toString('utf8').split('\n');
		for (const line of lines.reverse()) {
			if (found.length >= limit) break;
			const shown = readLine(line, application);
			if (shown !== null) found.push(shown);
		}
	}
	return found.reverse();
}

/** null: another application's line, or none at all. */
function readLine(line: string, application: string): string | null {
	if (line === '' || (application !== '' && !line.includes(JSON.stringify(application)))) return null;
	try {
		const entry = JSON.parse(line) as Record<string, unknown>;
		if (application !== '' && entry.application !== application) return null;
		if (line.length <= maximumLineCharacters) return escapeJson(line);
		const {level, time, msg} = entry;
		return escapeJson(JSON.stringify({level, time, application, msg: boundedText(String(msg), 2_000)}));
	} catch {
		// Half a line: it is being written just now.
		return null;
	}
}
