import {writeFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {connectCluster} from '../../source/cluster/connect.ts';
import {toNetworkFailure} from '../../source/cluster/network-failures.ts';
import type {HoldfastError} from '../../source/model/errors.ts';
import {connectFake, kubeconfigOf, quick, startFakeServer, text, until} from './fake-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});

const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const object = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'shop'}};

async function connect(...parameters: Parameters<typeof connectFake>) {
	const connected = await connectFake(...parameters);
	closers.push(connected.close);
	return connected;
}

describe('the connection', () => {
	it('notices a server that went silent although nobody asks it anything', async () => {
		const {server, cluster} = await connect(() => object, {heartbeatMilliseconds: 50, probeMilliseconds: 200});
		const {probe} = server;
		await cluster.get(ref, 'object');
		expect(cluster.connection.state).toBe('live');
		const silentFrom = Date.now();
		server.probe = () => new Promise(() => {});
		await until(() => cluster.connection.state === 'stale');
		// As old as the last answer, not as the moment that it was noticed.
		expect(cluster.connection.since).toBeLessThan(silentFrom + 100);
		server.probe = probe;
		await until(() => cluster.connection.state === 'live');
	});

	it('is connecting, live after the first answer, stale when the server goes, live when it comes back', async () => {
		const {server, cluster} = await connect(() => object);
		const states: string[] = [];
		cluster.onConnectionChange(() => states.push(cluster.connection.state));
		expect(cluster.connection.state).toBe('connecting');
		await cluster.get(ref, 'object');
		expect(cluster.connection.state).toBe('live');
		await server.stop();
		await expect(cluster.get(ref, 'object')).rejects.toMatchObject({
			problem: {code: 'Unreachable', message: expect.stringContaining(server.url), hint: expect.any(String)},
		});
		await until(() => cluster.connection.state === 'stale');
		expect(cluster.connection.problem?.code).toBe('Unreachable');
		await server.start();
		await until(() => cluster.connection.state === 'live');
		expect(states).toEqual(['live', 'stale', 'live']);
		expect(await cluster.get(ref, 'object')).toMatchObject(object);
	});

	it('keeps the time since when nothing was heard, whatever the reason becomes', async () => {
		const {server, cluster} = await connect(() => object);
		await cluster.get(ref, 'object');
		await server.stop();
		await cluster.get(ref, 'object').catch(() => {});
		await until(() => cluster.connection.state === 'stale');
		const {since} = cluster.connection;
		server.probe = (_request, response) => text(response, 503, 'starting');
		await server.start();
		await until(() => cluster.connection.problem?.code === 'ServiceUnavailable');
		expect(cluster.connection.since).toBe(since);
	});

	it('is not stale because of one lost connection, or one slow answer', async () => {
		let isLost = true;
		const {cluster} = await connect(
			(_request, response) => {
				if (!isLost) return object;
				isLost = false;
				response.destroy();
				return undefined;
			},
			{readMilliseconds: 60, retryBudgetMilliseconds: 50},
		);
		const states: string[] = [];
		cluster.onConnectionChange(() => states.push(cluster.connection.state));
		expect(await cluster.get(ref, 'object')).toMatchObject(object);
		expect(new Set(states)).toEqual(new Set(['live']));
	});

	it('fails at once, without further tries, while the server is known to be away', async () => {
		const {server, cluster} = await connect(() => object, {retryFirstMilliseconds: 30, probeFirstMilliseconds: 60_000});
		await cluster.get(ref, 'object');
		await server.stop();
		await cluster.get(ref, 'object').catch(() => {});
		await until(() => cluster.connection.state === 'stale');
		const {retries} = cluster.counters;
		expect(retries).toBe(3);
		const results = await Promise.allSettled(Array.from({length: 100}, () => cluster.get(ref, 'object')));
		expect(results.every(result => result.status === 'rejected')).toBe(true);
		expect(cluster.counters.retries).toBe(retries);
	});

	it('is live for a server that answers only refusals', async () => {
		const {cluster} = await connect((_request, response) => text(response, 404, '404 page not found'));
		await cluster.get(ref, 'object').catch(() => {});
		expect(cluster.connection.state).toBe('live');
	});

	it('survives a listener that throws', async () => {
		const {cluster} = await connect(() => object);
		cluster.onConnectionChange(() => {
			throw new Error('a fault of the listener');
		});
		expect(await cluster.get(ref, 'object')).toMatchObject(object);
		expect(cluster.connection.state).toBe('live');
	});

	it('to a server that takes the request and never answers is a timeout', async () => {
		const sockets: Socket[] = [];
		const silent = createServer(socket => sockets.push(socket.resume()));
		await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
		const {port} = silent.address() as {port: number};
		const files = await startFakeServer(() => undefined);
		writeFileSync(files.kubeconfig, JSON.stringify(kubeconfigOf(`http://127.0.0.1:${port}`, {})));
		const cluster = await connectCluster({
			kubeconfig: files.kubeconfig,
			userAgent: 'test',
			timing: {...quick, readMilliseconds: 60, retryBudgetMilliseconds: 50, probeMilliseconds: 60},
		});
		closers.push(async () => {
			await cluster.close();
			await files.close();
			for (const socket of sockets) socket.destroy();
			silent.close();
		});
		const error = await cluster.clockSkew().catch((thrown: HoldfastError) => thrown);
		expect(error).toMatchObject({problem: {code: 'Timeout'}});
		await until(() => cluster.connection.state === 'stale');
	});

	it('to a server that does not speak TLS says so', async () => {
		const {server} = await connect(() => object);
		writeFileSync(server.kubeconfig, JSON.stringify(kubeconfigOf(server.url.replace('http:', 'https:'), {})));
		const cluster = await connectCluster({kubeconfig: server.kubeconfig, userAgent: 'test', timing: quick});
		closers.push(cluster.close);
		await expect(cluster.clockSkew()).rejects.toMatchObject({
			problem: {code: 'CertificateRefused', message: expect.stringMatching(/TLS/)},
		});
		expect(cluster.counters.retries).toBe(0);
	});
});

describe('a network failure', () => {
	const cases: readonly (readonly [string, unknown, string, string])[] = [
		['refused', {code: 'ECONNREFUSED'}, 'not-sent', 'Unreachable'],
		['refused at every address', {errors: [{code: 'ECONNREFUSED'}, {code: 'ENETUNREACH'}]}, 'not-sent', 'Unreachable'],
		['an unknown name', {code: 'ENOTFOUND'}, 'not-sent', 'Unreachable'],
		['reset', {code: 'ECONNRESET'}, 'lost', 'Unreachable'],
		['the reason of a reason', {message: 'fetch failed', cause: {code: 'UND_ERR_SOCKET'}}, 'lost', 'Unreachable'],
		['headers that do not come', {code: 'UND_ERR_HEADERS_TIMEOUT'}, 'timeout', 'Timeout'],
		['an unknown authority', {code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'}, 'refused', 'CertificateRefused'],
		['an expired certificate', {code: 'CERT_HAS_EXPIRED'}, 'refused', 'CertificateRefused'],
		['our expired certificate', {code: 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'}, 'refused', 'CertificateRefused'],
		['no HTTP', {code: 'HPE_INVALID_CONSTANT'}, 'refused', 'UnexpectedAnswer'],
		[
			'a proxy that wants a login',
			new Error('Proxy response (407) !== 200 when HTTP Tunneling'),
			'not-sent',
			'Unreachable',
		],
		['given up', {name: 'AbortError'}, 'aborted', 'Aborted'],
		['anything else, which may have arrived', new Error('odd'), 'lost', 'Unreachable'],
		['no error at all', undefined, 'lost', 'Unreachable'],
	];
	it.each(cases)('is understood: %s', (_what, error, type, code) => {
		const failure = toNetworkFailure('https://api.example', error);
		expect(failure).toMatchObject({type, problem: {code}});
		expect(failure.problem.message).toMatch(/^cannot reach https:\/\/api\.example: ./);
	});
});
