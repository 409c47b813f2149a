import {afterEach, describe, expect, it} from 'vitest';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import {connectFake, type FakeServer, type Handler, type SeenRequest, text} from './fake-server.ts';

let close = async (): Promise<void> => {};
afterEach(() => close());

async function connect(discovery: Handler): Promise<{server: FakeServer; cluster: Cluster; asked: string[]}> {
	const connected = await connectFake(() => ({}));
	close = connected.close;
	const asked: string[] = [];
	connected.server.discovery = (request, response) => {
		asked.push(request.url);
		return discovery(request, response);
	};
	return {...connected, asked};
}

const resource = (name: string, kind: string, scope = 'Namespaced') => ({
	resource: name,
	responseKind: {group: '', version: '', kind},
	scope,
	verbs: ['get', 'list'],
	subresources: [{subresource: 'scale', responseKind: {group: 'autoscaling', version: 'v1', kind: 'Scale'}}],
});
const group = (name: string, versions: Record<string, unknown[]>, freshness = 'Current') => ({
	metadata: {name},
	versions: Object.entries(versions).map(([version, resources]) => ({version, resources, freshness})),
});
const aggregated = (...items: unknown[]) => ({
	kind: 'APIGroupDiscoveryList',
	apiVersion: 'apidiscovery.k8s.io/v2',
	items,
});
const core = aggregated(group('', {v1: [resource('pods', 'Pod'), resource('nodes', 'Node', 'Cluster')]}));

describe('aggregated discovery', () => {
	const groups = aggregated(
		group('autoscaling', {
			v2: [resource('horizontalpodautoscalers', 'HorizontalPodAutoscaler')],
			v1: [resource('horizontalpodautoscalers', 'HorizontalPodAutoscaler'), resource('olds', 'Old')],
		}),
		group('only.subresources', {v1: [{resource: 'things', subresources: [{subresource: 'x'}]}]}),
	);
	const answer = (request: SeenRequest): unknown => (request.url === '/api' ? core : groups);

	it('gives kinds at their preferred version, with every version, without subresources', async () => {
		const {cluster, asked} = await connect(answer);
		expect(await cluster.kind('', 'Node')).toEqual({
			group: '',
			version: 'v1',
			kind: 'Node',
			resource: 'nodes',
			isNamespaced: false,
			verbs: ['get', 'list'],
			versions: ['v1'],
		});
		expect(await cluster.kind('autoscaling', 'HorizontalPodAutoscaler')).toMatchObject({
			version: 'v2',
			versions: ['v2', 'v1'],
		});
		expect(await cluster.kind('autoscaling', 'HorizontalPodAutoscaler', 'v1')).toMatchObject({version: 'v1'});
		expect(await cluster.kind('autoscaling', 'Old')).toMatchObject({version: 'v1', versions: ['v1']});
		expect((await cluster.kinds()).map(kind => kind.kind)).toEqual(['Pod', 'Node', 'HorizontalPodAutoscaler', 'Old']);
		expect(asked).toEqual(['/api', '/apis']);
	});

	it('is asked for once by all who come together', async () => {
		const {cluster, asked} = await connect(answer);
		await Promise.all(Array.from({length: 50}, () => cluster.kind('', 'Pod')));
		expect(asked).toHaveLength(2);
	});

	it('is asked again for what is missing, but not at once, and after it was invalidated at once', async () => {
		const {cluster, asked} = await connect(answer);
		expect(await cluster.kind('x', 'Missing')).toBeNull();
		for (let time = 0; time < 20; time++) expect(await cluster.kind('x', 'Missing')).toBeNull();
		expect(asked).toHaveLength(2);
		await new Promise(resolve => setTimeout(resolve, 60));
		expect(await cluster.kind('x', 'Missing')).toBeNull();
		expect(asked).toHaveLength(4);
		cluster.invalidateDiscovery();
		await cluster.kind('', 'Pod');
		await cluster.kind('', 'Pod');
		expect(asked).toHaveLength(6);
	});

	it('that was invalidated while it was on its way is asked for again', async () => {
		const gate = Promise.withResolvers<void>();
		let isFirst = true;
		const {cluster} = await connect(async request => {
			if (request.url === '/api') return core;
			if (!isFirst) return aggregated(group('new', {v1: [resource('news', 'New')]}));
			isFirst = false;
			await gate.promise;
			return aggregated();
		});
		const early = cluster.kind('new', 'New');
		cluster.invalidateDiscovery();
		expect(await cluster.kind('new', 'New')).toMatchObject({resource: 'news'});
		gate.resolve();
		expect(await early).toBeNull();
		expect(await cluster.kind('new', 'New')).toMatchObject({resource: 'news'});
	});

	it('that has not changed is not sent again', async () => {
		const seen: (string | undefined)[] = [];
		const {cluster} = await connect((request, response) => {
			seen.push(request.headers['if-none-match'] as string | undefined);
			if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end();
			response.setHeader('etag', '"one"');
			return answer(request);
		});
		await cluster.kinds();
		cluster.invalidateDiscovery();
		expect(await cluster.kind('', 'Pod')).toMatchObject({resource: 'pods'});
		expect(seen).toEqual([undefined, undefined, '"one"', '"one"']);
	});

	it('keeps the kinds of a group whose service is down, and names the group', async () => {
		let isDown = false;
		const {cluster} = await connect(request => {
			if (request.url === '/api') return core;
			const kinds = isDown ? [] : [resource('widgets', 'Widget')];
			return aggregated(group('widgets.example.com', {v1: kinds}, isDown ? 'Stale' : 'Current'));
		});
		await cluster.kinds();
		expect(cluster.staleGroups()).toEqual([]);
		isDown = true;
		cluster.invalidateDiscovery();
		expect(await cluster.kind('widgets.example.com', 'Widget')).toMatchObject({resource: 'widgets', versions: ['v1']});
		expect(cluster.staleGroups()).toEqual(['widgets.example.com']);
		const ref = {group: 'widgets.example.com', version: 'v1', kind: 'Unknown', namespace: 'a', name: 'b'};
		await expect(cluster.remove(ref, {uid: 'u', propagation: 'background'})).rejects.toMatchObject({
			problem: {code: 'ServiceUnavailable'},
		});
	});

	it('that fails leaves what was known, and an error for what was not', async () => {
		let isDown = false;
		const {cluster} = await connect((request, response) => (isDown ? text(response, 503, 'down') : answer(request)));
		await cluster.kinds();
		isDown = true;
		cluster.invalidateDiscovery();
		expect(await cluster.kind('', 'Pod')).toMatchObject({resource: 'pods'});
		await expect(cluster.kind('', 'Missing')).rejects.toMatchObject({problem: {code: 'ServiceUnavailable'}});
	});
});

describe('legacy discovery', () => {
	const list = (resources: unknown[]) => ({kind: 'APIResourceList', resources});
	const documents: Record<string, unknown> = {
		'/api': {kind: 'APIVersions', versions: ['v1']},
		'/api/v1': list([
			{name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get']},
			{name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get']},
			{name: 'nodes', kind: 'Node', namespaced: false, verbs: ['get']},
		]),
		'/apis': {
			kind: 'APIGroupList',
			groups: [
				{
					name: 'batch',
					versions: [{version: 'v1beta1'}, {version: 'v1'}],
					preferredVersion: {version: 'v1'},
				},
				{name: 'down.example.com', versions: [{version: 'v1'}], preferredVersion: {version: 'v1'}},
			],
		},
		'/apis/batch/v1': list([{name: 'cronjobs', kind: 'CronJob', namespaced: true, verbs: ['get']}]),
		'/apis/batch/v1beta1': list([{name: 'cronjobs', kind: 'CronJob', namespaced: true, verbs: ['get']}]),
	};

	it('gives the same, one document a version; a version that fails makes its group stale only', async () => {
		const {cluster} = await connect(
			(request, response) => documents[request.url] ?? text(response, 503, 'service unavailable'),
		);
		expect(await cluster.kind('batch', 'CronJob')).toMatchObject({version: 'v1', versions: ['v1', 'v1beta1']});
		expect((await cluster.kinds()).map(kind => kind.resource)).toEqual(['pods', 'nodes', 'cronjobs']);
		expect(cluster.staleGroups()).toEqual(['down.example.com']);
	});

	it.each([{}, {kind: 'APIGroupDiscoveryList'}, {kind: 'APIVersions', versions: 'v1', groups: [1, null]}])(
		'and odd documents are no kinds, not a crash: %o',
		async document => {
			const {cluster} = await connect(() => document);
			expect(await cluster.kinds()).toEqual([]);
		},
	);
});
