import {describe, expect, it} from 'vitest';
import {createLineSplitter} from '../../source/cluster/lines.ts';

function split(chunks: readonly Buffer[], longestBytes = 1_000_000): string[] {
	const lines: string[] = [];
	const splitter = createLineSplitter(line => lines.push(line), longestBytes);
	for (const chunk of chunks) splitter.push(chunk);
	return lines;
}

describe('lines', () => {
	const text = 'one\n\nzwölf Boxkämpfer 🥊 über den Sylter Deich\n{"a":"€"}\nunfinished';
	const expected = ['one', 'zwölf Boxkämpfer 🥊 über den Sylter Deich', '{"a":"€"}'];

	it.each(Array.from({length: 16}, (_, size) => size + 1))('are the same in chunks of %i bytes', size => {
		const bytes = Buffer.from(text);
		const chunks = Array.from({length: Math.ceil(bytes.length / size)}, (_, number) =>
			bytes.subarray(number * size, (number + 1) * size),
		);
		expect(split(chunks)).toEqual(expected);
	});

	it('come several from one chunk, and empty ones not at all', () => {
		expect(split([Buffer.from('a\nb\n\n\nc'), Buffer.from('\n'), Buffer.from('\n')])).toEqual(['a', 'b', 'c']);
	});

	it('of many megabytes come whole', () => {
		const chunk = Buffer.alloc(16_384, 'x');
		const lines = split([...Array.from({length: 1_024}, () => chunk), Buffer.from('\n')], 32 * 1024 * 1024);
		expect(lines.map(line => line.length)).toEqual([16_777_216]);
	});

	it('without an end are refused', () => {
		expect(() => split([Buffer.alloc(600, 'x'), Buffer.alloc(600, 'x')], 1_000)).toThrow(/1000 bytes/);
	});
});
