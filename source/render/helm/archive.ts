import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';

const unzip = promisify(gunzip);

const blockBytes = 512;

/** Where a tar header keeps what. */
const sizeField = {start: 124, end: 136};

/** Whether a file is compressed with gzip, as packed charts are. */
export function isArchive(content: Buffer): boolean {
	return content[0] === 0x1f && content[1] === 0x8b;
}

/**
 * Contents of all entries of a `.tgz`; names do not matter to those who ask. null when it is not one, or when it unpacks to
 * more than `limitBytes`.
 */
export async function readArchive(content: Buffer, limitBytes: number): Promise<Buffer[] | null> {
	let tar: Buffer;
	try {
		tar = await unzip(content, {maxOutputLength: limitBytes});
	} catch {
		return null;
	}
	const entries: Buffer[] = [];
	for (let position = 0; position + blockBytes <= tar.length; ) {
		const header = tar.subarray(position, position + blockBytes);
		// Two empty blocks end the archive; readers stop at the first.
		if (header.every(byte => byte === 0)) break;
		const size = Number.parseInt(header.toString('latin1', sizeField.start, sizeField.end).replace(/[\0 ]+$/, ''), 8);
		const start = position + blockBytes;
		if (!Number.isSafeInteger(size) || size < 0 || start + size > tar.length) return null;
		entries.push(tar.subarray(start, start + size));
		position = start + Math.ceil(size / blockBytes) * blockBytes;
	}
	return entries;
}
