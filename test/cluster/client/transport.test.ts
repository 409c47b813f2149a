import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, connect as openSocket, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {load} from 'js-yaml';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {plane} from '../shared-control-plane.ts';
import {connectTo, problemOf} from './helpers.ts';

interface Kubeconfig {
	clusters: {name: string; cluster: Record<string, unknown>}[];
	users: {name: string; user: Record<string, unknown>}[];
}

describe.skipIf(!plane)('a real API server is reached', () => {
	let folder: string;
	const sockets = new Set<Socket>();
	const servers: Server[] = [];
	afterAll(() => {
		for (const socket of sockets) socket.destroy();
		for (const server of servers) server.close();
		rmSync(folder, {recursive: true, force: true});
	});

	let original: Kubeconfig;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'holdfast-transport-'));
		original = load(readFileSync(plane!.kubeconfig, 'utf8')) as Kubeconfig;
	});
	let number = 0;
	function kubeconfigWith(change: (cluster: Record<string, unknown>) => void): string {
		const copy = structuredClone(original);
		change(copy.clusters[0]!.cluster);
		const file = join(folder, `config-${number++}`);
		writeFileSync(file, JSON.stringify(copy));
		return file;
	}
	async function listen(handle: (socket: Socket) => void): Promise<number> {
		const server = createServer(socket => {
			sockets.add(socket);
			socket.on('error', () => {});
			handle(socket);
		});
		servers.push(server);
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		return (server.address() as {port: number}).port;
	}
	function tunnel(socket: Socket, host: string, port: number, greeting: Buffer | string): void {
		const target = openSocket(port, host, () => {
			socket.write(greeting);
			socket.pipe(target).pipe(socket);
		});
		target.on('error', () => socket.destroy());
		sockets.add(target);
	}

	it('through an HTTP proxy that sees nothing but the address, with a client certificate', async () => {
		const tunnels: string[] = [];
		const port = await listen(socket => {
			socket.once('data', head => {
				const [, host = '', target = ''] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
				tunnels.push(`${host}:${target}`);
				tunnel(socket, host, Number(target), 'HTTP/1.1 200 OK\r\n\r\n');
			});
		});
		const cluster = await connectTo(
			kubeconfigWith(entry => {
				entry['proxy-url'] = `http://127.0.0.1:${port}`;
			}),
		);
		expect((await cluster.identity()).uid).toMatch(/^[0-9a-f-]{36}$/);
		expect(new Set(tunnels)).toEqual(new Set([new URL(plane!.url).host]));
		await cluster.close();
	});

	/** RFC 1928 with one answer to the connection, and RFC 1929 when a login is wanted. */
	function listenSocks(options: {login?: string; reply?: number; targets: string[]}): Promise<number> {
		return listen(socket => {
			const steps = [
				(): void => void socket.write(Buffer.from([5, options.login ? 2 : 0])),
				...(options.login
					? [(bytes: Buffer): void => void socket.write(Buffer.from([1, bytes.includes(options.login!) ? 0 : 1]))]
					: []),
				(bytes: Buffer): void => {
					const host = bytes.subarray(5, 5 + bytes[4]!).toString();
					const port = bytes.readUInt16BE(5 + bytes[4]!);
					options.targets.push(`${host}:${port}`);
					const answer = Buffer.from([5, options.reply ?? 0, 0, 1, 127, 0, 0, 1, 0, 0]);
					if (options.reply) socket.end(answer);
					else tunnel(socket, host, port, answer);
				},
			];
			const next = (): void => {
				const step = steps.shift();
				if (step) {
					socket.once('data', bytes => {
						step(bytes as Buffer);
						next();
					});
				}
			};
			next();
		});
	}

	it.each([
		['', undefined],
		['ana:pass@', 'pass'],
	])('through a SOCKS proxy: %s', async (who, login) => {
		const targets: string[] = [];
		const port = await listenSocks({targets, ...(login ? {login} : {})});
		const cluster = await connectTo(
			kubeconfigWith(entry => {
				entry['proxy-url'] = `socks5://${who}127.0.0.1:${port}`;
			}),
		);
		expect((await cluster.identity()).uid).toMatch(/^[0-9a-f-]{36}$/);
		expect(new Set(targets)).toEqual(new Set([new URL(plane!.url).host]));
		await cluster.close();
	});

	it.each([
		['refuses', {reply: 5}, 'connection refused'],
		['wants another password', {login: 'other'}, 'refused user and password'],
	])('not through a SOCKS proxy that %s, and says so', async (_what, options, message) => {
		const port = await listenSocks({targets: [], ...options});
		const cluster = await connectTo(
			kubeconfigWith(entry => {
				entry['proxy-url'] = `socks5://ana:pass@127.0.0.1:${port}`;
			}),
			{timing: {retryFirstMilliseconds: 1}},
		);
		expect(await problemOf(cluster.identity())).toMatchObject({
			code: 'Unreachable',
			message: expect.stringContaining(message),
		});
		await cluster.close();
	});

	it('not through a proxy of a kind that is not supported', async () => {
		const cluster = await connectTo(
			kubeconfigWith(entry => {
				entry['proxy-url'] = 'socks4://127.0.0.1:1';
			}),
		);
		expect(await problemOf(cluster.identity())).toMatchObject({code: 'ContextInvalid'});
		await cluster.close();
	});

	it('only when its certificate is trusted, and then said so', async () => {
		const cluster = await connectTo(
			kubeconfigWith(entry => {
				delete entry['certificate-authority-data'];
				delete entry['certificate-authority'];
			}),
		);
		expect(await problemOf(cluster.identity())).toMatchObject({
			code: 'CertificateRefused',
			hint: expect.stringContaining('certificate-authority'),
		});
		expect(cluster.counters.retries).toBe(0);
		expect(cluster.connection.state).toBe('stale');
		await cluster.close();
	});

	it('under another name when the kubeconfig says which', async () => {
		const wrong = await connectTo(
			kubeconfigWith(entry => {
				entry['tls-server-name'] = 'not-its-name.example.com';
			}),
		);
		expect(await problemOf(wrong.identity())).toMatchObject({code: 'CertificateRefused'});
		await wrong.close();
		const right = await connectTo(
			kubeconfigWith(entry => {
				entry['tls-server-name'] = 'kubernetes.default.svc';
			}),
		);
		expect((await right.identity()).version).toMatch(/^v1\./);
		await right.close();
	});
});
