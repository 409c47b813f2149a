import type {ServerResponse} from 'node:http';
import {afterEach, describe, expect, it} from 'vitest';
import type {Timing} from '../../source/cluster/timing.ts';
import {watchPause} from '../../source/cluster/watch-backoff.ts';
import type {KubernetesObject} from '../../source/model/object.ts';
import type {Cluster} from '../../source/model/ports/cluster/cluster.ts';
import type {ObjectView} from '../../source/model/ports/cluster/read.ts';
import type {WatchHandle} from '../../source/model/ports/cluster/watch.ts';
import {configMaps, connectFake, type FakeServer, refuse, type SeenRequest, text, until} from './fake-server.ts';

let close = async (): Promise<void> => {};
afterEach(() => close());

interface Scene {
	readonly server: FakeServer;
	readonly cluster: Cluster;
	readonly handle: WatchHandle;
	/** `list a,b`, `ADDED a`, `live`, `stale Code`: in the order in which the handler got them. */
	readonly log: string[];
	readonly events: {type: string; object: KubernetesObject}[];
	readonly states: {state: string; since: number}[];
	/** Watch requests so far. */
	readonly watches: SeenRequest[];
}

interface Script {
	/** Items of the n-th list, from 0. */
	readonly list?: (call: number, request: SeenRequest, response: ServerResponse) => unknown;
	/** What the n-th watch does, from 0. Without one it stays open and silent. */
	readonly watches?: readonly ((response: ServerResponse, request: SeenRequest) => unknown)[];
	readonly view?: ObjectView;
	readonly timing?: Partial<Timing>;
	readonly fails?: (what: string) => boolean;
}

const item = (name: string, version = '1') => ({metadata: {name, namespace: 'shop', resourceVersion: version}});
const event = (type: string, name: string, version: string): string =>
	`${JSON.stringify({type, object: {apiVersion: 'v1', kind: 'ConfigMap', ...item(name, version)}})}\n`;
const bookmark = (version: string): string =>
	`${JSON.stringify({type: 'BOOKMARK', object: {metadata: {resourceVersion: version}}})}\n`;
const failure = (code: number, reason: string): string =>
	`${JSON.stringify({type: 'ERROR', object: {kind: 'Status', code, reason, message: 'said by the server'}})}\n`;
const open = (response: ServerResponse): ServerResponse =>
	response.writeHead(200, {'content-type': 'application/json'});
const versionOf = (request: SeenRequest | undefined): string | null =>
	new URL(request?.url ?? '', 'http://x').searchParams.get('resourceVersion');

async function play(script: Script): Promise<Scene> {
	const watches: SeenRequest[] = [];
	let lists = 0;
	const {
		server,
		cluster,
		close: closeBoth,
	} = await connectFake((request, response) => {
		if (!request.url.includes('watch=true')) {
			const answer = script.list ? script.list(lists, request, response) : [item('a')];
			lists++;
			return Array.isArray(answer) ? {metadata: {resourceVersion: `${lists}00`}, items: answer} : answer;
		}
		watches.push(request);
		const step = script.watches?.[watches.length - 1];
		if (step) return step(response, request);
		open(response).flushHeaders();
		return undefined;
	}, script.timing);
	close = closeBoth;
	const log: string[] = [];
	const events: Scene['events'] = [];
	const states: Scene['states'] = [];
	const note = (what: string): void => {
		log.push(what);
		if (script.fails?.(what)) throw new Error('a fault of the handler');
	};
	const handle = cluster.watch(
		configMaps,
		{view: script.view ?? 'object', namespace: 'shop', labelSelector: 'team=a'},
		{
			onList: items => note(`list ${items.map(found => found.metadata.name).join(',')}`),
			onEvent(type, object) {
				events.push({type, object});
				note(`${type} ${object.metadata.name}`);
			},
			onState(state) {
				states.push(state);
				note(state.state === 'live' ? 'live' : `stale ${state.problem?.code}`);
			},
		},
	);
	return {server, cluster, handle, log, events, states, watches};
}

describe('a watch', () => {
	it('lists, then tells every change in its order, with one request that asks for bookmarks', async () => {
		const {handle, log, watches, cluster} = await play({
			list: () => [item('a'), item('b')],
			watches: [
				response => {
					open(response).write(
						event('ADDED', 'c', '101') + event('MODIFIED', 'a', '102') + event('DELETED', 'b', '103'),
					);
				},
			],
		});
		await handle.ready;
		expect(log[0]).toBe('list a,b');
		await until(() => log.length === 5);
		expect(log).toEqual(['list a,b', 'live', 'ADDED c', 'MODIFIED a', 'DELETED b']);
		const parameters = new URL(watches[0]?.url ?? '', 'http://x').searchParams;
		expect(Object.fromEntries(parameters)).toMatchObject({
			watch: 'true',
			allowWatchBookmarks: 'true',
			resourceVersion: '100',
			labelSelector: 'team=a',
		});
		const seconds = Number(parameters.get('timeoutSeconds'));
		expect(seconds).toBeGreaterThanOrEqual(300);
		expect(seconds).toBeLessThanOrEqual(600);
		expect(cluster.counters).toMatchObject({watches: 1, writes: 0});
		expect(cluster.connection.state).toBe('live');
	});

	it('resumes from the last change or bookmark when the server ends it, and stays live', async () => {
		const {log, watches} = await play({
			watches: [
				response => void open(response).end(event('MODIFIED', 'a', '150')),
				response => void open(response).end(bookmark('170')),
				response => void open(response).write(event('MODIFIED', 'a', '180')),
			],
		});
		await until(() => watches.length === 3 && log.length === 4);
		expect(watches.map(versionOf)).toEqual(['100', '150', '170']);
		expect(log).toEqual(['list a', 'live', 'MODIFIED a', 'MODIFIED a']);
	});

	it.each([
		['as HTTP status', (response: ServerResponse) => refuse(response, 410, {reason: 'Expired'})],
		['as an event', (response: ServerResponse) => void open(response).write(failure(410, 'Expired'))],
	])('lists again when its version has expired: %s', async (_how, expire) => {
		const {log, watches, states} = await play({
			list: call => [item(call === 0 ? 'old' : 'new')],
			watches: [response => void open(response).end(event('MODIFIED', 'old', '150')), expire],
		});
		await until(() => watches.length === 3);
		await until(() => log.at(-1) === 'live');
		expect(log).toEqual(['list old', 'live', 'MODIFIED old', 'stale Expired', 'list new', 'live']);
		expect(versionOf(watches[2])).toBe('200');
		expect(states[1]!.since).toBeLessThanOrEqual(Date.now());
	});

	it.each([
		[
			'cut off',
			(response: ServerResponse) => void open(response).write(event('MODIFIED', 'a', '150'), () => response.destroy()),
			'Unreachable',
		],
		['refused by a balancer', (response: ServerResponse) => text(response, 502, 'bad gateway'), 'ServiceUnavailable'],
		[
			'ended by an error event',
			(response: ServerResponse) => void open(response).write(failure(500, 'InternalError')),
			'ServerError',
		],
		[
			'answered with something else',
			(response: ServerResponse) => void open(response).write('<html>\n'),
			'UnexpectedAnswer',
		],
		[
			'answered with an unknown event',
			(response: ServerResponse) => void open(response).write('{"type":"ODD"}\n'),
			'UnexpectedAnswer',
		],
		[
			'refused for want of rights',
			(response: ServerResponse) => refuse(response, 403, {reason: 'Forbidden', message: 'no'}),
			'Forbidden',
		],
		[
			'refused because the kind is gone',
			(response: ServerResponse) => text(response, 404, '404 page not found'),
			'KindNotServed',
		],
		[
			'refused because there is too much to do',
			(response: ServerResponse) => refuse(response, 429, {reason: 'TooManyRequests'}),
			'TooManyRequests',
		],
	])('that is %s is stale with the reason, and goes on without a new list', async (_what, fail, code) => {
		const {log, watches} = await play({
			watches: [fail],
			timing: {watchBackoffScale: 0.001},
		});
		await until(() => watches.length === 2 && log.at(-1) === 'live');
		expect(log.filter(entry => entry.startsWith('stale'))).toEqual([`stale ${code}`]);
		expect(log.filter(entry => entry.startsWith('list'))).toEqual(['list a']);
		expect(versionOf(watches[1])).toBe(log.includes('MODIFIED a') ? '150' : '100');
	});

	it('never stops trying, and says why only once', async () => {
		const down = (response: ServerResponse) => text(response, 503, 'no backend');
		const {log, watches} = await play({
			watches: Array.from({length: 12}, () => down),
			timing: {watchBackoffScale: 0.0001},
		});
		await until(() => watches.length === 13 && log.at(-1) === 'live');
		expect(log).toEqual(['list a', 'stale ServiceUnavailable', 'live']);
	});

	it('that is ended as soon as it begins is not opened again without a pause', async () => {
		const {watches, log} = await play({
			watches: Array.from({length: 50}, () => (response: ServerResponse) => void open(response).end()),
			timing: {watchBackoffScale: 1},
		});
		await until(() => watches.length >= 2);
		await new Promise(resolve => setTimeout(resolve, 200));
		expect(watches.length).toBeLessThan(5);
		await until(() => log.includes('stale WatchRefused'));
	});

	it('goes past what it cannot read by a new list, when it comes twice', async () => {
		const {log, watches} = await play({
			list: call => [item(`list${call}`)],
			watches: [
				response => void open(response).write('{"type":\n'),
				response => void open(response).write('{"type":\n'),
			],
			timing: {watchBackoffScale: 0.001},
		});
		await until(() => watches.length === 3 && log.at(-1) === 'live');
		expect(log.filter(entry => entry.startsWith('list'))).toEqual(['list list0', 'list list1']);
		expect(watches.map(versionOf)).toEqual(['100', '100', '200']);
	});

	it('that falls silent is stale since it was last heard, and is opened again', async () => {
		const {log, watches, states} = await play({
			watches: [response => void open(response).write(event('MODIFIED', 'a', '150'))],
			timing: {watchSilenceMilliseconds: 80},
		});
		await until(() => log.includes('stale WatchSilent') && watches.length === 2);
		const stale = states.find(state => state.state === 'stale');
		expect(Date.now() - (stale?.since ?? 0)).toBeGreaterThanOrEqual(75);
		expect(versionOf(watches[1])).toBe('150');
	});

	it('that falls silent twice lists again: its version may lie in the future of a restored backup', async () => {
		const {log, watches} = await play({timing: {watchSilenceMilliseconds: 60}});
		await until(() => log.filter(entry => entry.startsWith('list')).length === 2);
		expect(watches.length).toBeGreaterThanOrEqual(2);
	});

	it('tells nothing more once it is stopped, and ends its request', async () => {
		let ended = false;
		const {handle, log, watches, server} = await play({
			watches: [
				response => {
					open(response).write(event('ADDED', 'b', '101'));
					response.once('close', () => {
						ended = true;
					});
				},
			],
		});
		await until(() => log.includes('ADDED b'));
		handle.stop();
		const told = log.length;
		await until(() => ended);
		await server.stop();
		await new Promise(resolve => setTimeout(resolve, 30));
		expect(log).toHaveLength(told);
		expect(watches).toHaveLength(1);
	});

	it('may be stopped by its handler, in the middle of what has come', async () => {
		const scene = await play({
			watches: [response => void open(response).write(event('ADDED', 'b', '101') + event('ADDED', 'c', '102'))],
			fails(what) {
				if (what === 'ADDED b') scene.handle.stop();
				return false;
			},
		});
		await until(() => scene.log.includes('ADDED b'));
		await new Promise(resolve => setTimeout(resolve, 30));
		expect(scene.log).toEqual(['list a', 'live', 'ADDED b']);
	});

	it('that is stopped before its first list is over releases who waits for it', async () => {
		const {handle, log} = await play({list: (_call, _request, response) => response.flushHeaders()});
		handle.stop();
		await handle.ready;
		expect(log).toEqual([]);
	});

	it('waits for a kind that is not served yet', async () => {
		const {handle, log} = await play({
			list: (call, _request, response) => {
				if (call > 2) return [item('a')];
				text(response, 404, '404 page not found');
				return {};
			},
			timing: {watchBackoffScale: 0.001},
		});
		await handle.ready;
		await until(() => log.includes('live'));
		expect(log).toEqual(['stale KindNotServed', 'list a', 'live']);
	});

	it('of metadata carries managedFields and no data, and the object keeps its own kind', async () => {
		const {events, watches, log} = await play({
			view: 'metadata',
			watches: [
				response => {
					const metadata = {
						...item('b', '101').metadata,
						managedFields: [{manager: 'kubectl-edit', operation: 'Update'}],
					};
					const object = {apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata, data: {password: 'x'}};
					open(response).write(`${JSON.stringify({type: 'ADDED', object})}\n`);
				},
			],
		});
		await until(() => log.includes('ADDED b'));
		expect(watches[0]?.headers.accept).toBe('application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1');
		expect(events[0]?.object).toEqual({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {...item('b', '101').metadata, managedFields: [{manager: 'kubectl-edit', operation: 'Update'}]},
		});
	});

	it('of metadata falls back where the server refuses that view', async () => {
		const {log, watches} = await play({
			view: 'metadata',
			watches: [response => refuse(response, 406, {reason: 'NotAcceptable'})],
		});
		await until(() => log.includes('live'));
		expect(watches[1]?.headers.accept).toBe('application/json');
		expect(log).toEqual(['list a', 'live']);
	});

	it('takes in changes of many megabytes, in pieces that cut characters', async () => {
		const big = `${'ü€🥊'.repeat(400_000)}`;
		const line = Buffer.from(
			`${JSON.stringify({type: 'MODIFIED', object: {...item('a', '150'), data: {big, number: 1}}})}\n`.replace(
				'"number":1',
				'"number":9223372036854775807',
			),
		);
		const {events, log} = await play({
			watches: [
				async response => {
					open(response);
					for (let start = 0; start < line.length; start += 65_537)
						response.write(line.subarray(start, start + 65_537));
				},
			],
		});
		await until(() => log.includes('MODIFIED a'));
		const {data} = events[0]!.object as unknown as {data: {big: string; number: bigint}};
		expect(data.big === big).toBe(true);
		expect(data.number).toBe(9223372036854775807n);
	});

	it('survives a handler that throws: what it missed comes with a new list', async () => {
		let isFirst = true;
		const {log, watches} = await play({
			list: call => [item(`list${call}`)],
			watches: [response => void open(response).write(event('ADDED', 'b', '101') + event('ADDED', 'c', '102'))],
			fails(what) {
				const isFaulty = what === 'ADDED b' && isFirst;
				if (isFaulty) isFirst = false;
				return isFaulty;
			},
			timing: {watchBackoffScale: 0.001},
		});
		await until(() => watches.length === 2 && log.at(-1) === 'live');
		expect(log).toEqual(['list list0', 'live', 'ADDED b', 'stale HandlerFailed', 'list list1', 'live']);
	});

	it.each(['list a', 'live', 'stale ServiceUnavailable'])('survives a handler that throws at "%s"', async fault => {
		let faults = 0;
		const {log, watches} = await play({
			watches: [response => text(response, 503, 'x')],
			fails: what => what === fault && faults++ === 0,
			timing: {watchBackoffScale: 0.001},
		});
		await until(() => faults > 0 && log.at(-1) === 'live' && watches.length >= 2);
	});

	it('wakes up from a long pause as soon as the API server answers again', async () => {
		const {server, log, cluster} = await play({
			watches: [response => void open(response).write(bookmark('101'))],
			timing: {watchBackoffScale: 1_000, probeLongestMilliseconds: 20},
		});
		await until(() => log.includes('live'));
		await server.stop();
		await until(() => cluster.connection.state === 'stale');
		await server.start();
		await until(() => log.at(-1) === 'live' && log.length > 2);
		expect(log).toEqual(['list a', 'live', 'stale Unreachable', 'live']);
	});

	it('does not take the place of ordinary requests', async () => {
		const {cluster, server} = await play({});
		const handler = {onList: () => {}, onEvent: () => {}, onState: () => {}};
		const handles = Array.from({length: 60}, () => cluster.watch(configMaps, {view: 'object'}, handler));
		await Promise.all(handles.map(handle => handle.ready));
		await until(() => server.requests.filter(request => request.url.includes('watch=true')).length === 61);
		expect((await cluster.list(configMaps, {view: 'object'})).items).toHaveLength(1);
	});
});

describe('the pause before another try of a watch', () => {
	it.each([
		['an error', 'Unreachable', 1, 0, null, 100],
		['an error, unluckily', 'Unreachable', 1, 1, null, 200],
		['the tenth error', 'Unreachable', 10, 1, null, 30_000],
		['the thousandth error', 'Unreachable', 1_000, 1, null, 30_000],
		['missing rights', 'Forbidden', 1, 1, null, 10_000],
		['a missing kind', 'KindNotServed', 1, 1, null, 500],
		['a server that says when', 'TooManyRequests', 1, 0, 5_000, 5_000],
		['a server that says nonsense', 'TooManyRequests', 1, 0, 1e9, 60_000],
	])('after %s', (_what, code, failures, random, retryAfter, expected) => {
		expect(watchPause({code}, failures, random, retryAfter)).toBe(expected);
	});
});
