/** Cuts a stream of bytes into lines. Characters and lines may be split anywhere; a line may be many megabytes long. */
export interface LineSplitter {
	/** Calls back for each line that this chunk completes, without its line end. Throws when a line has no end. */
	push(chunk: Buffer): void;
}

const newline = 0x0a;

export function createLineSplitter(onLine: (line: string) => void, longestBytes: number): LineSplitter {
	/** Pieces of the unfinished line: joined once when it ends, so that a long line costs no more than its length. */
	let pieces: Buffer[] = [];
	let pendingBytes = 0;
	return {
		push(chunk) {
			let start = 0;
			for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
				if (pieces.length === 0) {
					if (end > start) onLine(chunk.toString('utf8', start, end));
				} else {
					pieces.push(chunk.subarray(start, end));
					const line = Buffer.concat(pieces, pendingBytes + end - start);
					pieces = [];
					pendingBytes = 0;
					if (line.length > 0) onLine(line.toString('utf8'));
				}
				start = end + 1;
			}
			if (start === chunk.length) return;
			pieces.push(start === 0 ? chunk : chunk.subarray(start));
			pendingBytes += chunk.length - start;
			if (pendingBytes > longestBytes) throw new Error(`a line of more than ${longestBytes} bytes`);
		},
	};
}
