/** A header is one or two short lines; what is longer is no header. */
const maximumHeaderBytes = 1_024;
const separator = '\r\n\r\n';

/**
 * Cuts a stream of bytes into the bodies of JSON-RPC messages (`Content-Length: n`, an empty line, n bytes). Returns a
 * function to be fed with chunks, which throws at the first thing that is no such message, or one beyond the limit.
 */
export function createFrameDecoder(maximumBytes: number, onBody: (body: Buffer) => void): (chunk: Buffer) => void {
	let chunks: Buffer[] = [];
	let buffered = 0;
	/** Bytes of the body that is being read; undefined while its header is. */
	let expected: number | undefined;

	function joined(): Buffer {
		const [first = Buffer.alloc(0)] = chunks;
		return chunks.length <= 1 ? first : Buffer.concat(chunks);
	}

	function keep(rest: Buffer): void {
		chunks = rest.length > 0 ? [rest] : [];
		buffered = rest.length;
	}

	/** Whether there was a whole header. */
	function readHeader(): boolean {
		const bytes = joined();
		const end = bytes.indexOf(separator);
		if (end > maximumHeaderBytes || (end < 0 && bytes.length > maximumHeaderBytes)) throw new Error('no header');
		keep(end < 0 ? bytes : bytes.subarray(end + separator.length));
		if (end < 0) return false;
		expected = contentLength(bytes.toString('latin1', 0, end), maximumBytes);
		return true;
	}

	return chunk => {
		chunks.push(chunk);
		buffered += chunk.length;
		while (buffered > 0) {
			if (expected === undefined && !readHeader()) return;
			if (expected === undefined || buffered < expected) return;
			const bytes = joined();
			const body = bytes.subarray(0, expected);
			keep(bytes.subarray(expected));
			expected = undefined;
			onBody(body);
		}
	};
}

function contentLength(header: string, maximumBytes: number): number {
	const match = /^content-length:[ \t]*([0-9]{1,15})[ \t]*$/im.exec(header.replaceAll('\r\n', '\n'));
	if (!match) throw new Error('no Content-Length');
	const length = Number(match[1]);
	if (length === 0) throw new Error('an empty message');
	if (length > maximumBytes) throw new Error(`a message of ${length} bytes, at most ${maximumBytes} are read`);
	return length;
}
