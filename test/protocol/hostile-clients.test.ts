import {describe, expect, test} from 'vitest';
import type {JournalEntry} from '../../source/model/journal.ts';
import {protocolVersion} from '../../source/protocol/messages/state.ts';
import {attachFrame, connectTo, frame, openRaw, startServer} from './fixtures.ts';
import {applicationStatus} from './stand-ins.ts';

const request = (fields: object) =>
	frame({jsonrpc: '2.0', id: 2, method: 'snapshot', params: {applications: []}, ...fields});

describe('garbage ends its own connection and no other', () => {
	test.each<[string, string | Buffer]>([
		['random bytes', Buffer.from(Array.from({length: 3_000}, (_, index) => (index * 7919) % 256))],
		['HTTP', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
		['no JSON', frame('{"jsonrpc":')],
		['a JSON text that is no message', frame('[1,2,3]')],
		['null', frame('null')],
		['another protocol version', frame({jsonrpc: '1.0', id: 1, method: 'attach', params: {}})],
		['an id that is an object', request({id: {a: 1}})],
		['a method that is a number', request({method: 7})],
		['parameters that are a text', request({params: 'all'})],
		['a message beyond the limit', 'Content-Length: 1048577\r\n\r\n'],
		['a cancellation of nothing', frame({jsonrpc: '2.0', method: '$/cancelRequest'})],
		['an answer without a question’s shape', frame({jsonrpc: '2.0', id: 3})],
	])('%s', async (_name, bytes) => {
		const {socket, server, counts} = await startServer();
		const good = await connectTo(socket);
		const {raw, closed} = await openRaw(socket);
		raw.write(attachFrame());
		raw.write(bytes);
		await closed;
		expect((await good.diff({application: 'shop'})).application).toBe('shop');
		await expect.poll(() => server.clients).toBe(1);
		expect(counts.at(-1)).toBe(1);
	});

	test.each<[string, string]>([
		['an answer nobody asked for', frame({jsonrpc: '2.0', id: 77, result: {}})],
		['a notification nobody knows', frame({jsonrpc: '2.0', method: 'hello', params: {}})],
		['a cancellation of an unknown request', frame({jsonrpc: '2.0', method: '$/cancelRequest', params: {id: 99}})],
	])('%s is passed over', async (_name, bytes) => {
		const {socket} = await startServer();
		const {raw, received} = await openRaw(socket);
		raw.write(attachFrame() + bytes + request({id: 2}));
		await expect.poll(received).toContain('"id":2,"result"');
	});

	test('half a message and then silence holds up nobody', async () => {
		const {socket} = await startServer();
		const {raw} = await openRaw(socket);
		raw.write(`${attachFrame()}Content-Length: 500\r\n\r\n{"jsonrpc"`);
		expect(await (await connectTo(socket)).resources({application: 'shop'})).toEqual([]);
	});

	test('an unknown method is an answer, not the end', async () => {
		const {socket} = await startServer();
		const {raw, received} = await openRaw(socket);
		raw.write(attachFrame() + request({id: 2, method: 'launch'}) + request({id: 3}));
		await expect.poll(received).toContain('"id":3,"result"');
		expect(received()).toContain('-32601');
	});
});

describe('the first request', () => {
	test('must be attach', async () => {
		const {socket, server, counts} = await startServer();
		const {raw, received} = await openRaw(socket);
		raw.write(request({}));
		await expect.poll(received).toContain('"code":"NotAttached"');
		server.broadcastChanges({applications: [applicationStatus('shop')], removed: []});
		raw.write(request({id: 4}));
		await expect.poll(received).toContain('"id":4');
		expect(received()).not.toContain('"changes"');
		expect(counts).toEqual([]);
	});

	test('cannot be made twice', async () => {
		const {socket, counts} = await startServer();
		const {raw, received} = await openRaw(socket);
		raw.write(attachFrame() + attachFrame().replace('"id":1', '"id":2'));
		await expect.poll(received).toContain('attached already');
		expect(counts).toEqual([1]);
	});

	test('from another version names both versions', async () => {
		const {socket, counts} = await startServer();
		const {raw, received} = await openRaw(socket);
		raw.write(attachFrame({protocolVersion: 99}));
		await expect.poll(received).toContain('"code":"ProtocolMismatch"');
		expect(received()).toContain(`version ${protocolVersion}`);
		expect(received()).toContain('version 99');
		expect(counts).toEqual([]);
	});

	test('may carry a name that is no harm to logs', async () => {
		const {socket, text} = await startServer({
			handlers: {
				diff() {
					throw new Error('x');
				},
			},
		});
		const client = await connectTo(socket, {client: `\u001b[2J${'n'.repeat(5_000)}`});
		await client.diff({application: 'x'}).catch(() => {});
		expect(text()).toContain('\\\\x1b[2J');
		expect(text()).not.toContain('n'.repeat(300));
	});
});

describe('a client that does not read', () => {
	const entry = (number: number, length: number): JournalEntry => ({
		type: 'worker',
		id: String(number),
		time: number,
		application: '',
		message: 'x'.repeat(length),
	});

	async function attachStalled(socket: string) {
		const connection = await openRaw(socket);
		connection.raw.write(attachFrame({client: 'stalled'}));
		await expect.poll(connection.received).toContain('"result"');
		connection.raw.pause();
		return connection;
	}

	test('is dropped when too much waits for it; the others get everything', async () => {
		const {server, socket, lines} = await startServer();
		await attachStalled(socket);
		const reader = await connectTo(socket);
		let heard = 0;
		reader.onJournal(() => {
			heard += 1;
		});
		expect(server.clients).toBe(2);
		for (let number = 0; number < 200; number++) server.broadcastJournal(entry(number, 64 * 1024));
		await expect.poll(() => server.clients, {timeout: 10_000}).toBe(1);
		expect(lines).toContain('warn: a client that does not read was dropped');
		await expect.poll(() => heard).toBe(200);
		expect(await reader.shutdown()).toBeNull();
	});

	test('gets its changes merged while it sleeps, and is not dropped for them', async () => {
		const {server, socket} = await startServer();
		const {raw, received} = await attachStalled(socket);
		const bulk = 'y'.repeat(4 * 1024 * 1024);
		for (let round = 1; round <= 12; round++) {
			server.broadcastChanges({applications: [applicationStatus('shop', {syncedAt: round, path: bulk})], removed: []});
			await new Promise(resolve => setTimeout(resolve, 110));
		}
		expect(server.clients).toBe(1);
		const before = received().length;
		raw.resume();
		await expect.poll(() => received().includes('"syncedAt":12,'), {timeout: 10_000}).toBe(true);
		const rounds = [
			...received()
				.slice(before)
				.matchAll(/"syncedAt":(\d+)/g),
		].map(match => Number(match[1]));
		expect(rounds.at(-1)).toBe(12);
		expect(rounds.length).toBeLessThan(6);
	});

	test('for a moment is not dropped', async () => {
		const {server, socket} = await startServer();
		const {raw, received} = await attachStalled(socket);
		for (let number = 0; number < 200; number++) server.broadcastJournal(entry(number, 64 * 1024));
		await new Promise(resolve => setTimeout(resolve, 300));
		raw.resume();
		await expect.poll(() => received().includes('"id":"199"')).toBe(true);
		await new Promise(resolve => setTimeout(resolve, 2_200));
		expect(server.clients).toBe(1);
	});
});
