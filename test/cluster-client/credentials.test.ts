import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {connectCluster} from '../../source/cluster/connect.ts';
import type {Credentials} from '../../source/cluster/credentials.ts';
import {createCredentialSource} from '../../source/cluster/credentials.ts';
import {parseCredential} from '../../source/cluster/exec-plugin.ts';
import type {HoldfastError} from '../../source/model/errors.ts';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import {type FakeServer, kubeconfigOf, quick, refuse, startFakeServer} from './fake-server.ts';

let folder: string;
let server: FakeServer;
const open: Cluster[] = [];
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'holdfast-credentials-'));
	server = await startFakeServer(() => ({gitVersion: 'v1'}));
});
afterEach(async () => {
	for (const cluster of open.splice(0)) await cluster.close();
	await server.close();
	rmSync(folder, {recursive: true, force: true});
});

async function connectAs(user: unknown, cluster: Record<string, unknown> = {}): Promise<Cluster> {
	writeFileSync(server.kubeconfig, JSON.stringify(kubeconfigOf(server.url, user, cluster)));
	const connected = await connectCluster({kubeconfig: server.kubeconfig, userAgent: 'test', timing: quick});
	open.push(connected);
	return connected;
}

/** Something that needs one request. */
const ask = (cluster: Cluster): Promise<number> => cluster.clockSkew();
const authorizations = (): (string | undefined)[] => server.requests.map(request => request.headers.authorization);
const problemOf = (promise: Promise<unknown>) =>
	promise.then(
		() => undefined,
		(error: HoldfastError) => error.problem,
	);

/** A credential plugin: a program of its own, run by this Node. */
function plugin(body: string, more: Record<string, unknown> = {}): unknown {
	const script = join(folder, 'plugin.mjs');
	writeFileSync(script, `import {appendFileSync} from 'node:fs';\n${body}`);
	return {exec: {apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script], ...more}};
}
const credential = (status: string): string =>
	`console.log(JSON.stringify({kind: 'ExecCredential', status: ${status}}))`;

describe('authentication', () => {
	it('by user and password', async () => {
		await ask(await connectAs({username: 'ana', password: 'pass'}));
		expect(authorizations()).toEqual([`Basic ${Buffer.from('ana:pass').toString('base64')}`]);
	});

	it('by a token in a file, without its line end, read again when the server refuses it', async () => {
		const tokenFile = join(folder, 'token');
		writeFileSync(tokenFile, 'first\n');
		const cluster = await connectAs({tokenFile});
		await ask(cluster);
		writeFileSync(tokenFile, 'second\n');
		server.handler = (request, response) =>
			request.headers.authorization === 'Bearer second' ? {} : refuse(response, 401, {reason: 'Unauthorized'});
		await ask(cluster);
		expect(authorizations()).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
		expect(cluster.connection.state).toBe('live');
	});

	it('by a token that the person has renewed in the kubeconfig meanwhile', async () => {
		const cluster = await connectAs({token: 'old'});
		await ask(cluster);
		writeFileSync(server.kubeconfig, JSON.stringify(kubeconfigOf(server.url, {token: 'new'})));
		server.handler = (request, response) =>
			request.headers.authorization === 'Bearer new' ? {} : refuse(response, 401, {reason: 'Unauthorized'});
		await ask(cluster);
		expect(authorizations()).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
	});

	it('never by the credentials of another server, though the context has its name', async () => {
		const cluster = await connectAs({token: 'old'});
		writeFileSync(server.kubeconfig, JSON.stringify(kubeconfigOf('http://127.0.0.1:1', {token: 'of-another'})));
		server.handler = (_request, response) => refuse(response, 401, {reason: 'Unauthorized'});
		expect(await problemOf(ask(cluster))).toMatchObject({code: 'Unauthorized'});
		expect(authorizations()).toEqual(['Bearer old']);
	});

	it('refused for good is Unauthorized, makes the connection stale and heals with the next login', async () => {
		const cluster = await connectAs({token: 'wrong'});
		const answer: FakeServer['handler'] = (request, response) =>
			request.headers.authorization === 'Bearer right' ? 'ok' : refuse(response, 401, {reason: 'Unauthorized'});
		server.handler = answer;
		server.probe = answer;
		expect(await problemOf(ask(cluster))).toMatchObject({
			code: 'Unauthorized',
			hint: expect.stringContaining('log in'),
		});
		expect(cluster.connection).toMatchObject({state: 'stale', problem: {code: 'Unauthorized'}});
		expect(authorizations()).toEqual(['Bearer wrong']);
	});

	it('is asked for once by a hundred requests that are refused together', async () => {
		const cluster = await connectAs(
			plugin(`
				appendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'x');
				${credential(`{token: 'token-' + Math.random()}`)}`),
		);
		await ask(cluster);
		const first = authorizations()[0];
		server.handler = (request, response) =>
			request.headers.authorization === first ? refuse(response, 401, {reason: 'Unauthorized'}) : {};
		await Promise.all(Array.from({length: 100}, () => ask(cluster)));
		expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('xx');
	});

	it('as somebody else names user, groups, uid and extras', async () => {
		const cluster = await connectAs({
			token: 't',
			as: 'bob',
			'as-groups': ['one', 'two'],
			'as-uid': '7',
			'as-user-extra': {'Acme/Scope': ['a']},
		});
		await ask(cluster);
		expect(server.requests[0]?.headers).toMatchObject({
			'impersonate-user': 'bob',
			'impersonate-group': 'one, two',
			'impersonate-uid': '7',
			'impersonate-extra-acme%2fscope': 'a',
		});
	});

	it.each([{as: ''}, {'as-groups': ['system:masters']}, {as: null, 'as-uid': '1'}])(
		'as nobody is refused: %o',
		async user => {
			const cluster = await connectAs({token: 't', ...user});
			expect(await problemOf(ask(cluster))).toMatchObject({code: 'ContextInvalid'});
			expect(server.requests).toEqual([]);
		},
	);

	it('with files that are missing says which', async () => {
		const cluster = await connectAs({
			'client-certificate': join(folder, 'none.crt'),
			'client-key': join(folder, 'none.key'),
		});
		expect(await problemOf(ask(cluster))).toMatchObject({
			code: 'AuthenticationFailed',
			message: expect.stringContaining('none.crt'),
		});
	});
});

describe('a credential plugin', () => {
	it('gives a token, is told about the cluster, gets its own environment, and runs once', async () => {
		const cluster = await connectAs(
			plugin(
				`appendFileSync(${JSON.stringify(join(folder, 'info'))}, process.env.KUBERNETES_EXEC_INFO + process.env.OWN);
				${credential(`{token: 'from-plugin'}`)}`,
				{env: [{name: 'OWN', value: 'value'}], provideClusterInfo: true},
			),
		);
		await ask(cluster);
		await ask(cluster);
		expect(authorizations()).toEqual(['Bearer from-plugin', 'Bearer from-plugin']);
		const [, info = '', own] = /^(\{.*\})(.*)$/.exec(readFileSync(join(folder, 'info'), 'utf8')) ?? [];
		expect(own).toBe('value');
		expect(JSON.parse(info)).toMatchObject({
			kind: 'ExecCredential',
			apiVersion: 'client.authentication.k8s.io/v1',
			spec: {interactive: false, cluster: {server: server.url}},
		});
	});

	it('is asked again when its token expires', async () => {
		const soon = 'new Date(Date.now() + 10300).toISOString()';
		const cluster = await connectAs(plugin(credential(`{token: 't' + process.pid, expirationTimestamp: ${soon}}`)));
		await ask(cluster);
		await ask(cluster);
		await new Promise(resolve => setTimeout(resolve, 400));
		await ask(cluster);
		const [first, second, third] = authorizations();
		expect(second).toBe(first);
		expect(third).not.toBe(first);
	});

	it('that asks a question is told the end of input instead of waiting for ever', async () => {
		const cluster = await connectAs(
			plugin(`
				process.stdin.on('end', () => { console.error('no password given'); process.exit(3); }).resume();`),
		);
		expect(await problemOf(ask(cluster))).toMatchObject({
			code: 'AuthenticationFailed',
			message: expect.stringContaining('no password given'),
		});
	});

	it.each([
		[
			'that is not installed',
			{exec: {command: 'holdfast-no-such-plugin', installHint: 'brew install it'}},
			/not installed/,
			/brew install it/,
		],
		['without a command', {exec: {}}, /not complete/, undefined],
		['that always wants a terminal', {exec: {command: 'x', interactiveMode: 'Always'}}, /terminal/, /log in/],
	])('%s says so', async (_what, user, message, hint) => {
		const problem = await problemOf(ask(await connectAs(user)));
		expect(problem).toMatchObject({code: 'AuthenticationFailed', message: expect.stringMatching(message)});
		if (hint) expect(problem?.hint).toMatch(hint);
		expect(server.requests).toEqual([]);
	});

	it('that fails is not run again by every request', async () => {
		const runs = join(folder, 'runs');
		const cluster = await connectAs(plugin(`appendFileSync(${JSON.stringify(runs)}, 'x'); process.exit(1);`));
		const codes = await Promise.all(Array.from({length: 20}, async () => (await problemOf(ask(cluster)))?.code));
		expect(new Set(codes)).toEqual(new Set(['AuthenticationFailed']));
		expect(readFileSync(runs, 'utf8')).toBe('x');
		expect(cluster.connection).toMatchObject({state: 'stale', problem: {code: 'AuthenticationFailed'}});
	});

	it('lies beside the kubeconfig when it is named with a slash', async () => {
		const script = join(server.kubeconfig, '..', 'login');
		writeFileSync(script, `#!${process.execPath}\n${credential(`{token: 'beside'}`)}`);
		chmodSync(script, 0o755);
		await ask(await connectAs({exec: {command: './login'}}));
		expect(authorizations()).toEqual(['Bearer beside']);
	});

	it.each([
		['no JSON', 'Please log in'],
		['nothing', ''],
		['no status', '{"kind":"ExecCredential"}'],
		['a certificate without its key', '{"status":{"clientCertificateData":"x"}}'],
		['a list', '[]'],
	])('that prints %s gives no credential', (_what, output) => {
		expect(parseCredential(output)).toBeNull();
	});
});

describe('credentials', () => {
	it('in files are read again after a minute, for they rotate', async () => {
		const tokenFile = join(folder, 'token');
		const context = {name: 'c', clusterName: 'c', userName: 'u', server: 'https://x', cluster: {}, user: {tokenFile}};
		const source = createCredentialSource(context, () => null);
		vi.useFakeTimers({toFake: ['Date']});
		try {
			writeFileSync(tokenFile, 'first');
			expect((await source.current()).headers).toEqual({authorization: 'Bearer first'});
			writeFileSync(tokenFile, 'second');
			vi.setSystemTime(Date.now() + 59_000);
			expect((await source.current()).headers).toEqual({authorization: 'Bearer first'});
			vi.setSystemTime(Date.now() + 2_000);
			expect((await source.current()).headers).toEqual({authorization: 'Bearer second'});
		} finally {
			vi.useRealTimers();
		}
	});

	it('that cannot be read for a moment are kept while they were good', async () => {
		const good: Credentials = {headers: {authorization: 'Bearer a'}, tls: {}, tlsKey: 'k', validUntil: 0};
		const answers: (Credentials | Error)[] = [good, new Error('file is being replaced')];
		const context = {name: 'c', clusterName: 'c', userName: 'u', server: 'https://x', cluster: {}, user: {}};
		const source = createCredentialSource(
			context,
			() => null,
			async () => {
				const answer = answers.shift();
				if (answer instanceof Error || !answer) throw answer;
				return answer;
			},
		);
		expect((await source.current()).headers).toEqual(good.headers);
		expect((await source.current()).headers).toEqual(good.headers);
		expect(answers).toEqual([]);
	});
});

describe('a proxy', () => {
	it('named in the kubeconfig carries every request', async () => {
		const seen: string[] = [];
		const proxy = createServer((request, response) => {
			seen.push(request.url ?? '');
			response.setHeader('content-type', 'application/json').end('{}');
		});
		await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
		const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		try {
			await ask(await connectAs({token: 't'}, {'proxy-url': address}));
			expect(seen).toEqual([`${server.url}/version`]);
			expect(server.requests).toEqual([]);
		} finally {
			proxy.closeAllConnections();
			proxy.close();
		}
	});
});
