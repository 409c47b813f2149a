import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import type {JournalEntry, JournalQuery} from '../../source/model/journal.ts';
import type {Changes} from '../../source/protocol/messages/state.ts';
import type {SyncParameters} from '../../source/protocol/messages/sync.ts';
import type {RequestContext} from '../../source/protocol/server.ts';
import {connectTo, startServer} from './fixtures.ts';
import {applicationStatus, emptySnapshot, workerStatus} from './stand-ins.ts';

const entry = (message: string): JournalEntry => ({type: 'worker', id: message, time: 1, application: '', message});

describe('requests', () => {
	test('are answered by their handlers, with the parameters given', async () => {
		const seen: unknown[] = [];
		const {socket} = await startServer({
			handlers: {
				sync(parameters: SyncParameters) {
					seen.push(parameters);
					const counts = {create: 1, change: 0, delete: 0, hooks: 0, unchanged: 0, blocked: 0};
					return {
						plan: {
							application: parameters.application,
							revision: 'abc',
							steps: [],
							counts,
							blocked: [],
							kept: [],
							held: [],
							deletion: {type: 'none'},
						},
					};
				},
				history(query: JournalQuery) {
					seen.push(query);
					return [entry('one')];
				},
				async settled({applications}) {
					seen.push(applications);
					return emptySnapshot;
				},
			},
		});
		const client = await connectTo(socket);
		expect(client.initial).toEqual(emptySnapshot);
		const parameters = {application: 'shop', initiatedBy: 'ana', dryRun: true, prune: false};
		expect((await client.sync(parameters)).plan.counts.create).toBe(1);
		expect(await client.history({types: ['drift'], since: 5})).toEqual([entry('one')]);
		expect(await client.history({})).toEqual([entry('one')]);
		expect(await client.settled({applications: ['shop']})).toEqual(emptySnapshot);
		expect(await client.snapshot({applications: []})).toEqual(emptySnapshot);
		expect(await client.refresh({applications: [], hard: false})).toEqual(emptySnapshot);
		expect(await client.resources({application: 'shop'})).toEqual([]);
		expect((await client.diff({application: 'shop'})).application).toBe('shop');
		expect(await client.shutdown()).toBeNull();
		expect(seen).toEqual([parameters, {types: ['drift'], since: 5}, {}, ['shop']]);
	});

	test('that fail bring the worker’s own problem', async () => {
		const problem = {
			code: 'ApplicationNotFound',
			message: 'no application shop',
			hint: 'there are: blog',
			file: 'a.yaml',
			line: 3,
			object: 'X/y',
		};
		const {socket, lines} = await startServer({
			handlers: {
				diff() {
					throw new HoldfastError(problem);
				},
			},
		});
		const error = await (await connectTo(socket)).diff({application: 'shop'}).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(HoldfastError);
		expect((error as HoldfastError).problem).toEqual(problem);
		expect(lines.filter(line => line.startsWith('error'))).toEqual([]);
	});

	test('that break are logged, and their text is safe', async () => {
		const {socket, lines} = await startServer({
			handlers: {
				resources() {
					throw new Error('oh \u001b[2J no');
				},
			},
		});
		const client = await connectTo(socket);
		await expect(client.resources({application: 'shop'})).rejects.toMatchObject({
			problem: {code: 'Internal', message: 'oh \\x1b[2J no'},
		});
		expect(lines).toContain('error: a request failed');
		expect(await client.shutdown()).toBeNull();
	});

	test.each<[string, string, unknown]>([
		['a field of another type', 'diff', {application: 5}],
		['a missing field', 'sync', {application: 'shop', initiatedBy: 'ana'}],
		['no parameters', 'diff', undefined],
		['a number that is none', 'history', {limit: null, since: 'yesterday'}],
		['a list with something else in it', 'snapshot', {applications: ['a', 7]}],
	])('with %s are refused', async (_name, method, parameters) => {
		const {socket} = await startServer();
		const client = (await connectTo(socket)) as unknown as Record<string, (parameters: unknown) => Promise<unknown>>;
		await expect(client[method]?.(parameters)).rejects.toMatchObject({code: 'InvalidRequest'});
	});

	test('whose answer is too large say so, and the connection lives', async () => {
		const {socket} = await startServer({handlers: {history: () => [entry('x'.repeat(65 * 1024 * 1024))]}});
		const client = await connectTo(socket);
		await expect(client.history({})).rejects.toMatchObject({
			code: 'AnswerTooLarge',
			problem: {message: expect.stringContaining('64 MiB')},
		});
		expect(await client.shutdown()).toBeNull();
	});

	test('with large answers arrive whole', async () => {
		const large = Array.from({length: 30}, (_, number) => entry(`${number}${'ä'.repeat(500_000)}`));
		const {socket, lines} = await startServer({handlers: {history: () => large}});
		expect(await (await connectTo(socket)).history({})).toEqual(large);
		expect(lines.filter(line => line.startsWith('warn'))).toEqual([]);
	});
});

describe('a request that nobody waits for any more', () => {
	function waiting() {
		const {promise: started, resolve: start} = Promise.withResolvers<void>();
		const {promise: aborted, resolve: abort} = Promise.withResolvers<string>();
		const settled = (_parameters: unknown, {client, signal}: RequestContext) => {
			signal.addEventListener('abort', () => abort(client));
			start();
			return new Promise<never>(() => {});
		};
		return {started, aborted, settled};
	}

	test('is told so when it was taken back', async () => {
		const {started, aborted, settled} = waiting();
		const {socket} = await startServer({handlers: {settled}});
		const client = await connectTo(socket);
		const controller = new AbortController();
		const answer = client.settled({applications: []}, {signal: controller.signal});
		await started;
		controller.abort();
		await expect(answer).rejects.toMatchObject({code: 'Cancelled'});
		expect(await aborted).toBe('ana@test');
		await expect(client.settled({applications: []}, {signal: controller.signal})).rejects.toMatchObject({
			code: 'Cancelled',
		});
		expect(await client.shutdown()).toBeNull();
	});

	test('is told so when the client left', async () => {
		const {started, aborted, settled} = waiting();
		const {socket} = await startServer({handlers: {settled}});
		const client = await connectTo(socket);
		const answer = client.settled({applications: []});
		await started;
		client.close();
		await expect(answer).rejects.toMatchObject({code: 'WorkerGone'});
		expect(await aborted).toBe('ana@test');
	});
});

describe('changes', () => {
	test('reach every subscriber, and nobody else', async () => {
		const {server, socket} = await startServer();
		const heard: string[] = [];
		const listen = async (client: string, subscribe: boolean) => {
			const connection = await connectTo(socket, {client, subscribe});
			connection.onChanges(changes => heard.push(`${client} ${changes.applications.map(({name}) => name)}`));
			connection.onJournal(({id}) => heard.push(`${client} ${id}`));
			return connection;
		};
		await listen('first', true);
		const quiet = await listen('quiet', false);
		await listen('second', true);
		server.broadcastChanges({applications: [applicationStatus('shop')], removed: []});
		server.broadcastJournal(entry('started'));
		await expect
			.poll(() => [...heard].sort())
			.toEqual(['first shop', 'first started', 'second shop', 'second started']);
		await quiet.shutdown();
		expect(heard).toHaveLength(4);
	});

	test('are merged into at most ten batches a second; the last one has the last word', async () => {
		const {server, socket} = await startServer();
		const batches: {at: number; changes: Changes}[] = [];
		const client = await connectTo(socket);
		client.onChanges(changes => batches.push({at: performance.now(), changes}));
		let count = 0;
		const start = performance.now();
		while (performance.now() - start < 1_050) {
			server.broadcastChanges({
				worker: workerStatus,
				applications: [applicationStatus('shop', {syncedAt: ++count}), applicationStatus(`app-${count % 3}`)],
				removed: count % 50 === 0 ? ['gone'] : [],
			});
			await sleep(1);
		}
		const last = () => batches.at(-1)?.changes.applications.find(({name}) => name === 'shop')?.syncedAt;
		await expect.poll(last).toBe(count);
		expect(count).toBeGreaterThan(batches.length * 5);
		// In any window of a second; the timers of two processes differ by a little.
		expect(batches.length).toBeLessThanOrEqual(Math.ceil((performance.now() - start) / 100) + 1);
		for (const {changes} of batches) {
			const names = changes.applications.map(({name}) => name);
			expect(new Set(names).size).toBe(names.length);
		}
		expect(batches.some(({changes}) => changes.removed.includes('gone'))).toBe(true);
	});

	test('that a request made are heard before its answer', async () => {
		const order: string[] = [];
		const {server, socket} = await startServer({
			handlers: {
				history() {
					server.broadcastChanges({applications: [applicationStatus('shop', {syncedAt: 2})], removed: []});
					return [];
				},
			},
		});
		const client = await connectTo(socket);
		client.onChanges(() => order.push('changes'));
		server.broadcastChanges({applications: [applicationStatus('shop', {syncedAt: 1})], removed: []});
		await expect.poll(() => order).toEqual(['changes']);
		await client.history({});
		order.push('answer');
		expect(order).toEqual(['changes', 'changes', 'answer']);
	});

	test('that happen while a client attaches come after its snapshot', async () => {
		const {promise: attaching, resolve: began} = Promise.withResolvers<void>();
		const {promise: gate, resolve: open} = Promise.withResolvers<void>();
		const {server, socket} = await startServer({
			handlers: {
				async attach() {
					began();
					await gate;
					return emptySnapshot;
				},
			},
		});
		const connecting = connectTo(socket);
		await attaching;
		server.broadcastChanges({applications: [applicationStatus('early')], removed: []});
		server.broadcastJournal(entry('early'));
		open();
		const client = await connecting;
		const heard: string[] = [];
		client.onChanges(({applications}) => heard.push(...applications.map(({name}) => name)));
		client.onJournal(({id}) => heard.push(`journal ${id}`));
		await expect.poll(() => [...heard].sort()).toEqual(['early', 'journal early']);
	});

	test('reach a listener until it stops listening', async () => {
		const {server, socket} = await startServer();
		const client = await connectTo(socket);
		const heard: string[] = [];
		const stop = client.onJournal(({id}) => heard.push(`one ${id}`));
		client.onJournal(({id}) => heard.push(`other ${id}`));
		server.broadcastJournal(entry('a'));
		await expect.poll(() => heard).toEqual(['one a', 'other a']);
		stop();
		server.broadcastJournal(entry('b'));
		await expect.poll(() => heard).toEqual(['one a', 'other a', 'other b']);
	});
});

describe('clients', () => {
	test('are counted while they are attached', async () => {
		const {server, socket, counts} = await startServer();
		const first = await connectTo(socket);
		const second = await connectTo(socket, {subscribe: false});
		expect(server.clients).toBe(2);
		first.close();
		second.close();
		await expect.poll(() => counts).toEqual([1, 2, 1, 0]);
	});

	test('hear when the worker stops, after what it still had to say', async () => {
		const {server, socket} = await startServer();
		const client = await connectTo(socket);
		const heard: string[] = [];
		client.onChanges(({applications}) => heard.push(...applications.map(({name}) => name)));
		client.onClose(() => heard.push('closed'));
		await client.shutdown();
		server.broadcastChanges({applications: [applicationStatus('one')], removed: []});
		server.broadcastChanges({applications: [applicationStatus('two')], removed: []});
		await server.close();
		await expect.poll(() => heard).toEqual(['one', 'two', 'closed']);
		await expect(client.diff({application: 'x'})).rejects.toMatchObject({code: 'WorkerGone'});
		let isLateListenerCalled = false;
		client.onClose(() => {
			isLateListenerCalled = true;
		});
		expect(isLateListenerCalled).toBe(true);
	});

	test('that cannot attach get the worker’s problem, and may try again', async () => {
		let isReady = false;
		const {socket, counts} = await startServer({
			handlers: {
				attach() {
					if (!isReady) throw new HoldfastError({code: 'NotYet', message: 'come back later'});
					return emptySnapshot;
				},
			},
		});
		await expect(connectTo(socket)).rejects.toMatchObject({code: 'NotYet'});
		isReady = true;
		await connectTo(socket);
		expect(counts).toEqual([1]);
	});
});
