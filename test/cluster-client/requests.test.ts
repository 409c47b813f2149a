import {writeFileSync} from 'node:fs';
import {afterEach, describe, expect, it} from 'vitest';
import {ApiError} from '../../source/cluster/api-error.ts';
import {connectCluster} from '../../source/cluster/connect.ts';
import type {Timing} from '../../source/cluster/timing.ts';
import {HoldfastError} from '../../source/model/errors.ts';
import type {KubernetesObject} from '../../source/model/object.ts';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import {
	configMap,
	connectFake,
	type FakeServer,
	type Handler,
	kubeconfigOf,
	refuse,
	text,
	until,
} from './fake-server.ts';

let close = async (): Promise<void> => {};
afterEach(() => close());

async function connect(
	handler: Handler,
	timing: Partial<Timing> = {},
): Promise<{server: FakeServer; cluster: Cluster}> {
	const connected = await connectFake(handler, timing);
	close = connected.close;
	return connected;
}

const object = configMap('settings', {a: '1'}) as KubernetesObject;
const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const byForce = {manager: 'holdfast', force: true};
const problemOf = (error: unknown) => (error as HoldfastError).problem;

describe('a request', () => {
	it('is an apply patch with everything the server needs, and nothing of managedFields', async () => {
		const {server, cluster} = await connect(() => object);
		const owned = {...object, metadata: {...object.metadata, managedFields: [{manager: 'x'}]}};
		await cluster.apply(owned, {manager: 'hold fast', force: true, dryRun: true});
		const [request] = server.requests;
		expect(request?.method).toBe('PATCH');
		expect(request?.url).toBe(
			'/api/v1/namespaces/shop/configmaps/settings?fieldManager=hold%20fast&force=true&fieldValidation=Strict&dryRun=All',
		);
		expect(request?.headers['content-type']).toBe('application/apply-patch+yaml');
		expect(request?.headers.authorization).toBe('Bearer secret-token');
		expect(request?.headers['user-agent']).toBe('holdfast/test');
		expect(JSON.parse(request?.body ?? '')).toEqual(object);
		expect(cluster.counters).toMatchObject({reads: 2, writes: 0, dryRuns: 1, retries: 0});
	});

	it('keeps 64-bit integers on the way out and on the way in', async () => {
		const {server, cluster} = await connect((_request, response) => {
			response.setHeader('content-type', 'application/json').end('{"metadata":{},"spec":{"big":9223372036854775807}}');
			return undefined;
		});
		const answer = await cluster.apply({...object, spec: {big: 9007199254740993n}}, byForce);
		expect(server.requests[0]?.body).toContain('"big":9007199254740993}');
		expect((answer.spec as {big: bigint}).big).toBe(9223372036854775807n);
	});

	it.each(['..', '.', '', 'a/b', 'a%2fb'])('is not sent for an object named "%s"', async name => {
		const {server, cluster} = await connect(() => object);
		await expect(cluster.apply(configMap(name) as KubernetesObject, byForce)).rejects.toMatchObject({
			problem: {code: 'InvalidName'},
		});
		expect(server.requests).toEqual([]);
	});

	it('is not sent for a namespaced object without a namespace', async () => {
		const {cluster} = await connect(() => object);
		const homeless = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}};
		await expect(cluster.apply(homeless, byForce)).rejects.toMatchObject({problem: {code: 'NamespaceMissing'}});
		await expect(cluster.create(homeless, byForce)).rejects.toMatchObject({problem: {code: 'NamespaceMissing'}});
	});

	it('never runs beside more than 31 others', async () => {
		let running = 0;
		let most = 0;
		const full = Promise.withResolvers<void>();
		const {cluster} = await connect(async request => {
			most = Math.max(most, ++running);
			if (running === 32) full.resolve();
			await full.promise;
			await new Promise(resolve => setTimeout(resolve, 2));
			running--;
			return JSON.parse(request.body);
		});
		await Promise.all(
			Array.from({length: 120}, (_, number) => cluster.apply(configMap(`c${number}`) as KubernetesObject, byForce)),
		);
		expect(most).toBe(32);
	});

	it('goes below the path of the server, as behind Rancher', async () => {
		const {server} = await connect(request => (request.url.endsWith('/version') ? {gitVersion: 'v1'} : {}));
		writeFileSync(server.kubeconfig, JSON.stringify(kubeconfigOf(`${server.url}/k8s/clusters/c-1/`, {token: 't'})));
		const below = await connectCluster({kubeconfig: server.kubeconfig, userAgent: 'test'});
		await below.clockSkew();
		await below.close();
		expect(server.requests.map(request => request.url)).toEqual(['/k8s/clusters/c-1/version']);
	});

	it('does not make Node warn about a signal with a thousand listeners', async () => {
		const warnings: string[] = [];
		const listen = (warning: Error): void => void warnings.push(warning.message);
		process.on('warning', listen);
		const {cluster} = await connect(request => JSON.parse(request.body));
		const {signal} = new AbortController();
		const names = Array.from({length: 200}, (_, number) => `c${number}`);
		await Promise.all(names.map(name => cluster.apply(configMap(name) as KubernetesObject, {...byForce, signal})));
		await new Promise(resolve => setImmediate(resolve));
		process.off('warning', listen);
		expect(warnings).toEqual([]);
	});

	it('that is given up ends at once, waiting or running', async () => {
		const {server, cluster} = await connect(() => undefined);
		const abort = new AbortController();
		const all = Array.from({length: 40}, () => cluster.apply(object, {...byForce, signal: abort.signal}));
		await until(() => server.requests.length === 32);
		abort.abort();
		const results = await Promise.allSettled(all);
		expect(new Set(results.map(result => result.status === 'rejected' && problemOf(result.reason).code))).toEqual(
			new Set(['Aborted']),
		);
		expect(server.requests).toHaveLength(32);
	});

	it('fails with ClusterClosed after close', async () => {
		const {cluster} = await connect(() => object);
		await cluster.close();
		await expect(cluster.get(ref, 'object')).rejects.toMatchObject({problem: {code: 'ClusterClosed'}});
	});
});

describe('a refusal', () => {
	interface Case {
		readonly what: string;
		readonly answer: Handler;
		readonly code: string;
		readonly message?: RegExp;
		readonly hint?: RegExp;
	}
	const cases: readonly Case[] = [
		{
			what: 'plain text 404',
			answer: (_request, response) => text(response, 404, '404 page not found\n'),
			code: 'KindNotServed',
		},
		{
			what: 'a missing namespace',
			answer: (_request, response) =>
				refuse(response, 404, {
					reason: 'NotFound',
					message: 'namespaces "shop" not found',
					details: {kind: 'namespaces', name: 'shop'},
				}),
			code: 'NamespaceNotFound',
			message: /namespaces "shop" not found/,
		},
		{
			what: 'a schema error under apply, which comes as 500 without a reason',
			answer: (_request, response) =>
				refuse(response, 500, {
					message: 'failed to create typed patch object: .spec.typo: field not declared in schema',
				}),
			code: 'InvalidObject',
			message: /\.spec\.typo: field not declared/,
		},
		{
			what: 'RBAC',
			answer: (_request, response) =>
				refuse(response, 403, {
					reason: 'Forbidden',
					message:
						'configmaps "settings" is forbidden: User "ana" cannot patch resource "configmaps" in API group "" in the namespace "shop"',
				}),
			code: 'Forbidden',
			message: /User "ana" cannot patch resource "configmaps".*namespace "shop"/,
			hint: /kubectl --context fake auth can-i patch configmaps -n shop/,
		},
		{
			what: 'a redirect, with our credentials kept at home',
			answer: (_request, response) => {
				response.writeHead(302, {location: 'http://127.0.0.1:1/elsewhere'}).end();
			},
			code: 'RedirectRefused',
		},
		{
			what: 'a login page',
			answer: (_request, response) => {
				response.writeHead(200, {'content-type': 'text/html'}).end('<html>Sign in</html>');
			},
			code: 'UnexpectedAnswer',
			message: /text\/html/,
		},
		{
			what: 'an answer that is cut off',
			answer: (_request, response) => {
				response.writeHead(200, {'content-type': 'application/json'}).end('{"kind":');
			},
			code: 'UnexpectedAnswer',
		},
		{
			what: 'text that would rewrite the terminal',
			answer: (_request, response) => refuse(response, 422, {reason: 'Invalid', message: 'bad\u001b[2J\rfine'}),
			code: 'Invalid',
			message: /bad\\x1b\[2J\\rfine/,
		},
		{
			what: 'text without end',
			answer: (_request, response) => refuse(response, 422, {reason: 'Invalid', message: 'x'.repeat(100_000)}),
			code: 'Invalid',
			message: /^.{1,900}$/,
		},
	];
	it.each(cases)('by $what is $code and is not tried again', async ({answer, code, message, hint}) => {
		const {server, cluster} = await connect(answer);
		const error = await cluster.apply(object, byForce).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(HoldfastError);
		expect(problemOf(error).code).toBe(code);
		if (message) expect(problemOf(error).message).toMatch(message);
		if (hint) expect(problemOf(error).hint).toMatch(hint);
		expect(server.requests).toHaveLength(1);
		expect(cluster.counters.retries).toBe(0);
	});

	it('because of other owners names each field with its owner', async () => {
		const message = (owner: string) => `conflict with ${owner}`;
		const {cluster} = await connect((_request, response) =>
			refuse(response, 409, {
				reason: 'Conflict',
				message: 'Apply failed with 3 conflicts',
				details: {
					causes: [
						{reason: 'FieldManagerConflict', field: '.data.a', message: message('"argocd-controller"')},
						{
							reason: 'FieldManagerConflict',
							field: '.spec.replicas',
							message: message('"kubectl" with subresource "scale" using apps/v1'),
						},
						{
							reason: 'FieldManagerConflict',
							field: '.data.b',
							message: message('"kubectl-\\"edit\\"" using v1 at 2026-01-02T03:04:05Z'),
						},
					],
				},
			}),
		);
		const error = await cluster.apply(object, {...byForce, force: false}).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(ApiError);
		expect((error as ApiError).causes).toMatchObject([
			{field: '.data.a', manager: 'argocd-controller', operation: 'Apply'},
			{field: '.spec.replicas', manager: 'kubectl', operation: 'Update', subresource: 'scale', apiVersion: 'apps/v1'},
			{field: '.data.b', manager: 'kubectl-"edit"', operation: 'Update', time: '2026-01-02T03:04:05Z'},
		]);
	});

	it.each([
		'Secret "s" is invalid: data[p]: Invalid value: "hunter2": must be short',
		'failed to create typed patch object: .stringData.p: expected string, got &value.valueUnstructured{Value:hunter2}',
		'failed to create typed patch object: .data: expected map, got &{[hunter2 more]}',
		'failed to create typed patch object: .data: expected map, got &{first\nhunter2: line\n  .x: hunter2}',
		'Secret "s" is invalid: data: Invalid value: hunter2: must be a map',
		'Secret "s" is invalid: data: Invalid value: a: hunter2\nhunter2: must be a map',
		'admission webhook "w" denied the request: password hunter2 is weak',
		'failed: aHVudGVyMi1odW50ZXIyLWh1bnRlcjI= hunter2hunter2hunter2',
	])('about a Secret never shows its values: %s', async message => {
		const {cluster} = await connect((_request, response) =>
			refuse(response, 422, {
				reason: 'Invalid',
				message,
				details: {causes: [{reason: 'FieldValueInvalid', field: 'data', message}]},
			}),
		);
		const secret = {...object, kind: 'Secret'};
		const error = (await cluster.apply(secret, byForce).catch((thrown: unknown) => thrown)) as ApiError;
		const shown = JSON.stringify([error.message, error.problem, error.causes]);
		expect(shown).not.toMatch(/hunter2|aHVudGVyMi/);
		expect(error.code).toMatch(/Invalid|AdmissionDenied/);
	});
});

describe('another try', () => {
	it('follows 429 no sooner than Retry-After says', async () => {
		const times: number[] = [];
		const {cluster} = await connect((_request, response) => {
			times.push(performance.now());
			if (times.length > 1) return object;
			response.setHeader('retry-after', '1');
			return refuse(response, 429, {reason: 'TooManyRequests'});
		});
		await cluster.apply(object, byForce);
		expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(990);
		expect(cluster.counters).toMatchObject({writes: 1, retries: 1});
	});

	it('is not waited for when the server asks for minutes', async () => {
		const {server, cluster} = await connect((_request, response) => {
			response.setHeader('retry-after', '120');
			return refuse(response, 429, {reason: 'TooManyRequests', message: 'too many'});
		});
		await expect(cluster.apply(object, byForce)).rejects.toMatchObject({problem: {code: 'TooManyRequests'}});
		expect(server.requests).toHaveLength(1);
	});

	const passing: readonly (readonly [string, Handler, boolean])[] = [
		['503 of a balancer', (_request, response) => text(response, 503, 'no backend'), false],
		['502 of a balancer', (_request, response) => text(response, 502, 'bad gateway'), false],
		['504', (_request, response) => refuse(response, 504, {reason: 'Timeout', message: 'timeout'}), false],
		[
			'an election in etcd',
			(_request, response) => refuse(response, 500, {message: 'etcdserver: leader changed'}),
			false,
		],
		['a connection lost before the answer', (_request, response) => void response.destroy(), false],
		[
			'a connection lost in the answer',
			(_request, response) => {
				response.writeHead(200, {'content-type': 'application/json', 'content-length': '1000'});
				response.write('{"kind"', () => response.destroy());
			},
			false,
		],
		[
			'503 that says when',
			(_request, response) => {
				response.setHeader('retry-after', '0');
				return refuse(response, 503, {reason: 'ServiceUnavailable'});
			},
			true,
		],
	];
	it.each(passing)(
		'after %s: for reads, applies and deletes; for creates only when nothing happened',
		async (_what, answer, isForCreates) => {
			let failures = 0;
			const {cluster} = await connect((request, response) => (failures-- > 0 ? answer(request, response) : object));
			failures = 2;
			await cluster.apply(object, byForce);
			failures = 2;
			expect(await cluster.get(ref, 'object')).toMatchObject({data: {a: '1'}});
			failures = 2;
			expect(await cluster.remove(ref, {uid: 'u', propagation: 'foreground'})).toBe(true);
			failures = 2;
			const created = await cluster
				.create(object, {manager: 'holdfast'})
				.catch((error: unknown) => problemOf(error).code);
			if (isForCreates) expect(created).toMatchObject({data: {a: '1'}});
			else expect(created).toEqual(expect.any(String));
		},
	);

	it('ends after four', async () => {
		const {server, cluster} = await connect((_request, response) => text(response, 503, 'no backend'));
		await expect(cluster.get(ref, 'object')).rejects.toMatchObject({problem: {code: 'ServiceUnavailable'}});
		expect(server.requests).toHaveLength(4);
		expect(cluster.counters.retries).toBe(3);
	});

	it('is not made for a webhook that is down, nor for a failure without a known cause', async () => {
		for (const message of ['failed calling webhook "w.example.com": connection refused', 'something broke']) {
			const {server, cluster} = await connect((_request, response) =>
				refuse(response, 500, {reason: 'InternalError', message}),
			);
			await expect(cluster.apply(object, byForce)).rejects.toThrow();
			expect(server.requests).toHaveLength(1);
			await close();
		}
		close = async () => {};
	});

	it('reads a delete that was refused after a lost answer as done', async () => {
		let tries = 0;
		const {cluster} = await connect((_request, response) =>
			++tries === 1
				? response.destroy() && undefined
				: refuse(response, 404, {reason: 'NotFound', message: 'not found'}),
		);
		expect(await cluster.remove(ref, {uid: 'u', propagation: 'background'})).toBe(true);
		expect(tries).toBe(2);
	});

	it('after a timeout is not made once the budget is spent', async () => {
		const {server, cluster} = await connect(() => undefined, {readMilliseconds: 60, retryBudgetMilliseconds: 50});
		await expect(cluster.get(ref, 'object')).rejects.toMatchObject({problem: {code: 'Timeout'}});
		expect(server.requests).toHaveLength(1);
	});
});

describe('an answer that stops half-way', () => {
	it('is a timeout', async () => {
		const {cluster} = await connect(
			(_request, response) => {
				response.writeHead(200, {'content-type': 'application/json'});
				response.write('{"kind":"Config');
			},
			{readMilliseconds: 60, retryBudgetMilliseconds: 50},
		);
		await expect(cluster.get(ref, 'object')).rejects.toMatchObject({problem: {code: 'Timeout'}});
	});
});

describe('removing', () => {
	it('sends the uid and the propagation', async () => {
		const {server, cluster} = await connect(() => ({kind: 'Status'}));
		expect(await cluster.remove(ref, {uid: 'abc', propagation: 'orphan'})).toBe(true);
		expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
			kind: 'DeleteOptions',
			preconditions: {uid: 'abc'},
			propagationPolicy: 'Orphan',
		});
	});

	it('is false for what is gone, or has become another object', async () => {
		const {server, cluster} = await connect((_request, response) =>
			refuse(response, 404, {reason: 'NotFound', message: 'configmaps "settings" not found'}),
		);
		expect(await cluster.remove(ref, {uid: 'abc', propagation: 'background'})).toBe(false);
		server.handler = (_request, response) =>
			refuse(response, 409, {
				reason: 'Conflict',
				message: 'the UID in the precondition (a) does not match the UID in record (b)',
			});
		expect(await cluster.remove(ref, {uid: 'abc', propagation: 'background'})).toBe(false);
	});

	it('uses another version when the one it was written in is no longer served, and needs no kind that is gone', async () => {
		const {server, cluster} = await connect(() => ({kind: 'Status'}));
		await cluster.remove({...ref, version: 'v1beta1'}, {uid: 'abc', propagation: 'background'});
		expect(server.requests[0]?.url).toBe('/api/v1/namespaces/shop/configmaps/settings');
		const gone = {group: 'gone.example.com', version: 'v1', kind: 'Gone', namespace: 'shop', name: 'x'};
		expect(await cluster.remove(gone, {uid: 'abc', propagation: 'background'})).toBe(false);
		expect(server.requests).toHaveLength(1);
	});
});

describe('reading', () => {
	it('is null for what is not there, and an error where the kind is not there', async () => {
		const {cluster} = await connect((_request, response) =>
			refuse(response, 404, {reason: 'NotFound', message: 'configmaps "settings" not found'}),
		);
		expect(await cluster.get(ref, 'metadata')).toBeNull();
		await expect(cluster.get({...ref, kind: 'Nothing'}, 'object')).rejects.toMatchObject({
			problem: {code: 'KindNotServed', object: 'Nothing/settings'},
		});
		await expect(cluster.get({...ref, version: 'v2'}, 'object')).rejects.toMatchObject({
			problem: {code: 'KindNotServed', hint: 'write it in v1'},
		});
	});

	it('of metadata falls back to whole objects where the server knows no metadata view, and drops the rest', async () => {
		const {server, cluster} = await connect((request, response) =>
			request.headers.accept?.includes('PartialObjectMetadata')
				? refuse(response, 406, {reason: 'NotAcceptable'})
				: {...object, data: {password: 'hunter2'}},
		);
		expect(await cluster.get(ref, 'metadata')).toEqual({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: object.metadata,
		});
		await cluster.get(ref, 'metadata');
		expect(server.requests).toHaveLength(3);
	});

	it("of a Secret's metadata masks kubectl's copy of it", async () => {
		const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{"data":"hunter2"}', other: 'kept'};
		const {cluster} = await connect(() => ({
			...object,
			kind: 'PartialObjectMetadata',
			metadata: {name: 's', annotations},
		}));
		const found = await cluster.get({...ref, kind: 'Secret'}, 'metadata');
		expect(JSON.stringify(found)).not.toContain('hunter2');
		expect(found?.metadata.annotations?.other).toBe('kept');
		expect(found?.kind).toBe('Secret');
	});
});

describe('the identity of a cluster', () => {
	it('is the uid of kube-system, and a name from its address where that may not be read', async () => {
		let mayRead = true;
		const {cluster} = await connect((request, response) => {
			if (request.url === '/version') return {gitVersion: 'v1.36.3'};
			if (mayRead) return {kind: 'PartialObjectMetadata', metadata: {name: 'kube-system', uid: 'the-uid'}};
			return refuse(response, 403, {reason: 'Forbidden', message: 'no'});
		});
		expect(await cluster.identity()).toEqual({uid: 'the-uid', version: 'v1.36.3'});
		mayRead = false;
		expect(await cluster.identity()).toEqual({uid: 'the-uid', version: 'v1.36.3'});
		await close();
		const other = await connect((request, response) =>
			request.url === '/version'
				? {gitVersion: 'v1.36.3'}
				: refuse(response, 403, {reason: 'Forbidden', message: 'no'}),
		);
		expect((await other.cluster.identity()).uid).toMatch(/^server-[0-9a-f]{32}$/);
	});
});

describe('the clock', () => {
	it('is compared with the Date of the server', async () => {
		const {cluster} = await connect((_request, response) => {
			response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
			return {gitVersion: 'v1'};
		});
		expect(Math.abs((await cluster.clockSkew()) - 3_600_000)).toBeLessThan(60_000);
	});
});

describe('asking what one may do', () => {
	it('sends the verb, the kind, a subresource and the namespace', async () => {
		const {server, cluster} = await connect(request => ({status: {allowed: request.body.includes('"get"')}}));
		expect(await cluster.mayI('get', {group: 'apps', resource: 'deployments/scale'}, 'shop')).toBe(true);
		expect(await cluster.mayI('delete', {group: '', resource: 'nodes'}, '')).toBe(false);
		const [first, second] = server.requests.map(request => JSON.parse(request.body).spec.resourceAttributes);
		expect(first).toEqual({
			verb: 'get',
			group: 'apps',
			resource: 'deployments',
			subresource: 'scale',
			namespace: 'shop',
		});
		expect(second).toEqual({verb: 'delete', group: '', resource: 'nodes'});
	});
});
