import {afterEach, describe, expect, it} from 'vitest';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import {configMaps, connectFake, type FakeServer, type Handler, refuse} from './fake-server.ts';

let close = async (): Promise<void> => {};
afterEach(() => close());

async function connect(handler: Handler): Promise<{server: FakeServer; cluster: Cluster}> {
	const connected = await connectFake(handler);
	close = connected.close;
	return connected;
}

const item = (name: string) => ({metadata: {name, namespace: 'shop'}});
const page = (names: string[], resourceVersion: string, next = '') => ({
	metadata: {resourceVersion, ...(next ? {continue: next} : {})},
	items: names.map(item),
});
const parametersOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url, 'http://x').searchParams);
const expired = (response: Parameters<Handler>[1], token?: string) =>
	refuse(response, 410, {reason: 'Expired', message: 'too old', ...(token ? {metadata: {continue: token}} : {})});

describe('a list', () => {
	it('comes in pages of 500, with kind and apiVersion in every item', async () => {
		const {server, cluster} = await connect(request =>
			parametersOf(request.url).continue ? page(['b'], '7') : page(['a'], '7', 'to ken/='),
		);
		const result = await cluster.list(configMaps, {view: 'object', namespace: 'shop', labelSelector: 'a=b,c in (d)'});
		expect(result).toEqual({
			resourceVersion: '7',
			items: ['a', 'b'].map(name => ({apiVersion: 'v1', kind: 'ConfigMap', ...item(name)})),
		});
		expect(server.requests.map(request => parametersOf(request.url))).toEqual([
			{labelSelector: 'a=b,c in (d)', limit: '500'},
			{labelSelector: 'a=b,c in (d)', limit: '500', continue: 'to ken/='},
		]);
		expect(server.requests[0]?.url).toMatch(/^\/api\/v1\/namespaces\/shop\/configmaps\?/);
	});

	it('hands pages over as they come and keeps none', async () => {
		const {cluster} = await connect(request => {
			const {continue: token = '0'} = parametersOf(request.url);
			const number = Number(token);
			return page([`c${number}`], '9', number < 3 ? String(number + 1) : '');
		});
		const pages: string[][] = [];
		const onPage = (items: {metadata: {name: string}}[]) => void pages.push(items.map(found => found.metadata.name));
		const result = await cluster.list(configMaps, {view: 'object', limit: 1, onPage});
		expect(pages).toEqual([['c0'], ['c1'], ['c2'], ['c3']]);
		expect(result).toEqual({items: [], resourceVersion: '9'});
	});

	it('that expires half-way is asked again in one piece, so that it is of one moment', async () => {
		const {server, cluster} = await connect((request, response) => {
			const {continue: token, limit} = parametersOf(request.url);
			if (token) return expired(response, 'rest');
			return limit ? page(['old'], '5', 'next') : page(['new', 'newer'], '9');
		});
		const {items, resourceVersion} = await cluster.list(configMaps, {view: 'object'});
		expect(items.map(found => found.metadata.name)).toEqual(['new', 'newer']);
		expect(resourceVersion).toBe('9');
		expect(server.requests).toHaveLength(3);
	});

	it('that expires half-way goes on with the rest when its pages are gone already', async () => {
		const {cluster} = await connect((request, response) => {
			const {continue: token} = parametersOf(request.url);
			if (token === 'next') return expired(response, 'rest');
			return token === 'rest' ? page(['b'], '9') : page(['a'], '5', 'next');
		});
		const names: string[] = [];
		const onPage = (items: {metadata: {name: string}}[]) => void names.push(...items.map(found => found.metadata.name));
		expect((await cluster.list(configMaps, {view: 'object', onPage})).resourceVersion).toBe('9');
		expect(names).toEqual(['a', 'b']);
	});

	it('of metadata asks for the plural view, and drops the rest where the server does not know it', async () => {
		const {server, cluster} = await connect((request, response) => {
			if (request.headers.accept?.includes('as=')) return refuse(response, 406, {reason: 'NotAcceptable'});
			return {metadata: {resourceVersion: '1'}, items: [{...item('a'), data: {secret: 'x'}, spec: {}}]};
		});
		const {items} = await cluster.list(configMaps, {view: 'metadata'});
		expect(items).toEqual([{apiVersion: 'v1', kind: 'ConfigMap', ...item('a')}]);
		expect(server.requests[0]?.headers.accept).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
	});

	it.each([{}, {items: null}, {metadata: 3, items: [null, 'x', {metadata: null}]}])(
		'of odd shape is no crash: %o',
		async odd => {
			const {cluster} = await connect(() => odd);
			const {resourceVersion} = await cluster.list(configMaps, {view: 'metadata'});
			expect(resourceVersion).toBe('');
		},
	);
});
