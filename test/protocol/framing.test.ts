import {describe, expect, test} from 'vitest';
import {createFrameDecoder} from '../../source/protocol/framing.ts';
import {frame} from './fixtures.ts';

function decode(chunks: readonly (string | Buffer)[], maximumBytes = 1_000): string[] {
	const bodies: string[] = [];
	const push = createFrameDecoder(maximumBytes, body => bodies.push(body.toString('utf8')));
	for (const chunk of chunks) push(Buffer.from(chunk as string));
	return bodies;
}

const stream = Buffer.from(frame('{"a":"ä→😀"}') + frame('{}') + frame(`{"long":"${'x'.repeat(200)}"}`));
const bodies = ['{"a":"ä→😀"}', '{}', `{"long":"${'x'.repeat(200)}"}`];

test.each([1, 2, 3, 7, 30, 100, 1_000])('messages cut into pieces of %d bytes come out whole', size => {
	const chunks: Buffer[] = [];
	for (let start = 0; start < stream.length; start += size) chunks.push(stream.subarray(start, start + size));
	expect(decode(chunks)).toEqual(bodies);
});

test.each([
	['other headers', 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'],
	['another spelling', 'content-length:2  \r\n\r\n{}'],
])('%s are fine', (_name, text) => {
	expect(decode([text])).toEqual(['{}']);
});

describe('what is no message is refused', () => {
	test.each([
		['no length', 'Host: x\r\n\r\n{}'],
		['a negative length', 'Content-Length: -1\r\n\r\n{}'],
		['no number', 'Content-Length: 2x\r\n\r\n{}'],
		['a length of zero', 'Content-Length: 0\r\n\r\n'],
		['a huge length', `Content-Length: ${'9'.repeat(40)}\r\n\r\n{}`],
		['more than the limit', 'Content-Length: 1001\r\n\r\n'],
		['no header within reason', 'x'.repeat(1_100)],
		['a header that is too long', `X: ${'y'.repeat(1_100)}\r\nContent-Length: 2\r\n\r\n{}`],
		['an HTTP request', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
	])('%s', (_name, text) => {
		expect(() => decode([text])).toThrow();
	});

	test('at the limit it is still read', () => {
		expect(decode([frame('x'.repeat(1_000))])).toHaveLength(1);
	});
});
