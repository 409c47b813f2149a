import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {dirname, join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {protocolVersion} from '../../source/protocol/messages/state.ts';
import {connectTo, startServer, temporaryDirectory} from './fixtures.ts';
import {emptySnapshot} from './stand-ins.ts';

/** Leaves the socket of a process that was killed. */
async function leaveStaleSocket(socket: string): Promise<void> {
	const script = `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => console.log('up'))`;
	const child = spawn(process.execPath, ['--eval', script], {stdio: ['ignore', 'pipe', 'inherit']});
	await once(child.stdout, 'data');
	child.kill('SIGKILL');
	await once(child, 'close');
	expect(existsSync(socket)).toBe(true);
}

test('the socket belongs to this user only', async () => {
	const socket = join(temporaryDirectory(), 'deep', 'run', 'w.sock');
	await startServer({socket});
	expect(statSync(socket).mode & 0o777).toBe(0o600);
	expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
});

test('closing removes the socket', async () => {
	const {server, socket} = await startServer();
	await server.close();
	expect(existsSync(socket)).toBe(false);
	await expect(connectTo(socket)).rejects.toMatchObject({code: 'WorkerNotRunning'});
});

test('a socket that a dead process left is taken over', async () => {
	const socket = join(temporaryDirectory(), 'w.sock');
	await leaveStaleSocket(socket);
	await expect(connectTo(socket)).rejects.toMatchObject({code: 'WorkerNotRunning'});
	await startServer({socket});
	expect((await connectTo(socket)).initial).toEqual(emptySnapshot);
	expect(readdirSync(dirname(socket))).toEqual(['w.sock']);
});

describe('a socket that is in use', () => {
	test('is left alone; the error names the process', async () => {
		const {socket} = await startServer();
		const error = await startServer({socket}).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			code: 'WorkerAlreadyRunning',
			problem: {message: expect.stringContaining('pid 4242')},
		});
		expect((await connectTo(socket)).initial).toEqual(emptySnapshot);
	});

	test('by something that does not speak is left alone too', async () => {
		const socket = join(temporaryDirectory(), 'w.sock');
		const other = createServer(connection => connection.on('error', () => {}).resume()).listen(socket);
		await once(other, 'listening');
		onTestFinished(() => void other.close());
		await expect(startServer({socket})).rejects.toMatchObject({code: 'WorkerAlreadyRunning'});
		expect(existsSync(socket)).toBe(true);
	});
});

test('a file at the path is not removed', async () => {
	const socket = join(temporaryDirectory(), 'notes.txt');
	writeFileSync(socket, 'mine');
	await expect(startServer({socket})).rejects.toMatchObject({code: 'SocketPathTaken'});
	expect(existsSync(socket)).toBe(true);
});

test('a path that is too long is refused', async () => {
	const socket = join(temporaryDirectory(), 'x'.repeat(120));
	await expect(startServer({socket})).rejects.toMatchObject({code: 'SocketPathTooLong'});
});

test('a directory that others can write to is refused', async () => {
	const directory = temporaryDirectory();
	chmodSync(directory, 0o777);
	await expect(startServer({socket: join(directory, 'w.sock')})).rejects.toMatchObject({code: 'UnsafeDirectory'});
});

test('a socket whose directory was removed is made again; who was there stays', async () => {
	const directory = join(temporaryDirectory(), 'run');
	mkdirSync(directory, {mode: 0o700});
	const socket = join(directory, 'w.sock');
	const {server} = await startServer({socket});
	const before = await connectTo(socket);
	rmSync(directory, {recursive: true});
	await expect.poll(() => existsSync(socket), {timeout: 10_000}).toBe(true);
	const after = await connectTo(socket);
	expect(await before.shutdown()).toBeNull();
	expect(await after.shutdown()).toBeNull();
	expect(server.clients).toBe(2);
});

describe('connecting', () => {
	test('to a worker that does not answer ends in time', async () => {
		const socket = join(temporaryDirectory(), 'w.sock');
		const silent = createServer(connection => connection.on('error', () => {}).resume()).listen(socket);
		await once(silent, 'listening');
		onTestFinished(() => void silent.close());
		await expect(connectTo(socket, {timeoutMilliseconds: 200})).rejects.toMatchObject({code: 'WorkerUnreachable'});
	});

	test('to something that answers garbage is an error', async () => {
		const socket = join(temporaryDirectory(), 'w.sock');
		const strange = createServer(connection =>
			connection.on('error', () => {}).end('SSH-2.0-OpenSSH_9.9\r\n\r\n'),
		).listen(socket);
		await once(strange, 'listening');
		onTestFinished(() => void strange.close());
		await expect(connectTo(socket)).rejects.toMatchObject({code: 'WorkerGone'});
	});

	test('to a worker of another version says which', async () => {
		const socket = join(temporaryDirectory(), 'w.sock');
		const problem = {
			code: 'ProtocolMismatch',
			message: `The worker speaks protocol version ${protocolVersion + 1}, this client version ${protocolVersion}`,
		};
		const body = JSON.stringify({jsonrpc: '2.0', id: 0, error: {code: 1, message: problem.message, data: problem}});
		const newer = createServer(connection => {
			connection.on('error', () => {});
			connection.once('data', () => connection.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
		}).listen(socket);
		await once(newer, 'listening');
		onTestFinished(() => void newer.close());
		await expect(connectTo(socket)).rejects.toMatchObject({problem});
	});

	test('does not keep a process alive that has said goodbye', async () => {
		const {socket} = await startServer();
		const script = `
			import {connect} from ${JSON.stringify(new URL('../../source/protocol/client.ts', import.meta.url).pathname)};
			const client = await connect({socket: ${JSON.stringify(socket)}, client: 'x', subscribe: true, timeoutMilliseconds: 5000});
			client.close();
		`;
		const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {stdio: 'inherit'});
		expect(await once(child, 'close')).toEqual([0, null]);
	});

	test('as another user is refused by the socket’s mode', async context => {
		context.skip(process.getuid?.() !== 0, 'needs root, to be somebody else');
		const directory = temporaryDirectory();
		chmodSync(directory, 0o755);
		const socket = join(directory, 'w.sock');
		await startServer({socket});
		const script = `
			process.setgroups([]); process.setgid(65534); process.setuid(65534);
			require('node:net').createConnection(${JSON.stringify(socket)}).on('error', error => console.log(error.code));
		`;
		expect(execFileSync(process.execPath, ['--eval', script], {encoding: 'utf8'}).trim()).toBe('EACCES');
	});
});
