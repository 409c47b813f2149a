import {isUtf8} from 'node:buffer';

const byteOrderMarks = [
	{encoding: 'utf-16le', bytes: Buffer.from([0xff, 0xfe])},
	{encoding: 'utf-16be', bytes: Buffer.from([0xfe, 0xff])},
] as const;

/**
 * A file's text, as kubectl decodes it: UTF-8, or UTF-16 with a byte order mark. null when it is neither; kubectl would
 * put replacement characters in the cluster instead.
 */
export function decodeText(bytes: Buffer): string | null {
	for (const {encoding, bytes: mark} of byteOrderMarks) {
		if (bytes.subarray(0, mark.length).equals(mark)) return new TextDecoder(encoding).decode(bytes);
	}
	return isUtf8(bytes) ? bytes.toString('utf8') : null;
}
