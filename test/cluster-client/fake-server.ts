/** A small HTTP server in the place of an API server, with a kubeconfig that leads to it. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {connectCluster} from '../../source/cluster/connect.ts';
import type {Timing} from '../../source/cluster/timing.ts';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../../source/model/ports/cluster/kind.ts';

export interface SeenRequest {
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

/** Answers itself, or resolves with what to answer: a text, or an object that is sent as JSON. */
export type Handler = (request: SeenRequest, response: ServerResponse) => unknown;

export interface FakeServer {
	readonly url: string;
	readonly kubeconfig: string;
	/** Everything but discovery and probes. */
	readonly requests: SeenRequest[];
	/** May be replaced while it runs. */
	handler: Handler;
	/** Answers discovery; replaceable. */
	discovery: Handler;
	/** Answers `/readyz`. */
	probe: Handler;
	/** Stops listening and cuts all connections; `start` listens on the same port again. */
	stop(): Promise<void>;
	start(): Promise<void>;
	close(): Promise<void>;
}

/** Short times, so that what takes minutes in a cluster takes milliseconds here. */
export const quick: Partial<Timing> = {
	retryFirstMilliseconds: 2,
	probeFirstMilliseconds: 10,
	probeLongestMilliseconds: 40,
	watchBackoffScale: 0.02,
	discoveryPauseMilliseconds: 50,
};

export const configMaps: ResourceKind = {
	group: '',
	version: 'v1',
	kind: 'ConfigMap',
	resource: 'configmaps',
	isNamespaced: true,
	verbs: ['get', 'list', 'watch', 'patch', 'create', 'delete'],
	versions: ['v1'],
};

const core = {
	kind: 'APIGroupDiscoveryList',
	apiVersion: 'apidiscovery.k8s.io/v2',
	items: [
		{
			metadata: {name: ''},
			versions: [
				{
					version: 'v1',
					freshness: 'Current',
					resources: [
						{resource: 'configmaps', responseKind: {kind: 'ConfigMap'}, scope: 'Namespaced', verbs: configMaps.verbs},
						{resource: 'secrets', responseKind: {kind: 'Secret'}, scope: 'Namespaced', verbs: configMaps.verbs},
						{resource: 'namespaces', responseKind: {kind: 'Namespace'}, scope: 'Cluster', verbs: configMaps.verbs},
					],
				},
			],
		},
	],
};

export function defaultDiscovery(request: SeenRequest): unknown {
	return request.url === '/api' ? core : {...core, items: []};
}

export async function startFakeServer(handler: Handler): Promise<FakeServer> {
	const folder = mkdtempSync(join(tmpdir(), 'holdfast-fake-'));
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', chunk => chunks.push(chunk));
		incoming.on('end', async () => {
			const request: SeenRequest = {
				method: incoming.method ?? '',
				url: incoming.url ?? '',
				headers: incoming.headers,
				body: Buffer.concat(chunks).toString(),
			};
			const answer = await route(request)(request, response);
			if (answer === undefined || response.writableEnded) return;
			if (typeof answer === 'string') response.end(answer);
			else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
		});
	});
	const route = (request: SeenRequest): Handler => {
		if (request.url === '/readyz') return fake.probe;
		if (/^\/(api(\/v1)?|apis(\/[^/]+\/[^/]+)?)$/.test(request.url)) return fake.discovery;
		fake.requests.push(request);
		return fake.handler;
	};
	const listen = (port: number): Promise<void> =>
		new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', () => resolve());
		});
	const stop = (): Promise<void> =>
		new Promise(resolve => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	await listen(0);
	const {port} = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const kubeconfig = join(folder, 'config');
	writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(url, {token: 'secret-token'})));
	const fake: FakeServer = {
		url,
		kubeconfig,
		requests: [],
		handler,
		discovery: defaultDiscovery,
		probe: () => 'ok',
		stop,
		start: () => listen(port),
		async close() {
			await stop();
			rmSync(folder, {recursive: true, force: true});
		},
	};
	return fake;
}

export function kubeconfigOf(server: string, user: unknown, cluster: Record<string, unknown> = {}): unknown {
	return {
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{name: 'fake', cluster: {server, ...cluster}}],
		users: [{name: 'user', user}],
		contexts: [{name: 'fake', context: {cluster: 'fake', user: 'user'}}],
		'current-context': 'fake',
	};
}

/** A cluster that leads to the fake server; both end together. */
export async function connectFake(
	handler: Handler,
	timing: Partial<Timing> = {},
): Promise<{server: FakeServer; cluster: Cluster; close(): Promise<void>}> {
	const server = await startFakeServer(handler);
	const cluster = await connectCluster({
		kubeconfig: server.kubeconfig,
		userAgent: 'holdfast/test',
		timing: {...quick, ...timing},
	});
	return {
		server,
		cluster,
		async close() {
			await cluster.close();
			await server.close();
		},
	};
}

/** A `Status` answer with its HTTP code. */
export function refuse(response: ServerResponse, status: number, body: Record<string, unknown> = {}): unknown {
	response.statusCode = status;
	return {kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, ...body};
}

export function text(response: ServerResponse, status: number, body: string): void {
	response.statusCode = status;
	response.setHeader('content-type', 'text/plain; charset=utf-8');
	response.end(body);
}

export function configMap(name: string, data: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}) {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'shop', ...metadata}, data};
}

/** Waits until the condition holds; a test that waits in vain runs into vitest's own time limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 2));
}
