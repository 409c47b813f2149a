import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {connect} from '../../../source/protocol/client.ts';
import {socketFor} from '../../../source/protocol/locations.ts';
import {type LastSeen, openLastSeen} from '../../../source/tui/data/last-seen.ts';
import {createDataSource, type DataSource} from '../../../source/tui/data/source.ts';
import type {FakeWorker, FakeWorkerOptions} from '../../commands/fake-worker.ts';
import {startFakeWorker} from '../../commands/fake-worker.ts';
import {makeApplication, makeDrift, now} from '../../commands/fixtures.ts';
import {makeNode, makeSync} from '../fixtures.ts';

const driftEntry = (id: string, action: 'healing' | 'healed') => {
	const event = makeDrift({id, action, time: Date.now()});
	return {type: 'drift', id, time: event.time, application: event.application, event} as const;
};

describe('what the screen knows', () => {
	let worker: FakeWorker;
	let source: DataSource | undefined;
	const state = () => source!.store.getState();

	const start = async (options: FakeWorkerOptions = {}, lastSeen?: LastSeen) => {
		worker = await startFakeWorker({applications: [makeApplication()], ...options});
		const socket = socketFor(
			{
				kubeconfig: undefined,
				context: undefined,
				configuration: {type: 'files', paths: [path.join(worker.folder, 'holdfast.yaml')]},
			},
			worker.environment,
		);
		source = createDataSource({
			connect: () => connect({socket, client: 'test@here', subscribe: true, timeoutMilliseconds: 2_000}),
			now: Date.now,
			lastSeen: lastSeen ?? {read: () => null, write() {}},
		});
		source.start();
		await vi.waitFor(() => expect(state().link.type).toBe('live'));
	};

	afterEach(async () => {
		source?.stop();
		await worker?.close();
	});

	test('is the whole picture first, then changes; what did not change keeps its identity', async () => {
		await start({applications: [makeApplication(), makeApplication({name: 'basket'})]});
		const basket = state().applications.get('basket');
		worker.send({applications: [makeApplication({syncStatus: 'OutOfSync'})]});
		await vi.waitFor(() => expect(state().applications.get('checkout')?.syncStatus).toBe('OutOfSync'));
		expect(state().applications.get('basket')).toBe(basket);
		worker.send({removed: ['basket']});
		await vi.waitFor(() => expect([...state().applications.keys()]).toEqual(['checkout']));
	});

	test('a drift that was healing and is healed now stands once, newest first', async () => {
		await start();
		worker.record(driftEntry('a', 'healing'));
		worker.record(driftEntry('b', 'healed'));
		worker.record(driftEntry('a', 'healed'));
		await vi.waitFor(() =>
			expect(state().journal.map(entry => entry.type === 'drift' && entry.event.action)).toEqual(['healed', 'healed']),
		);
	});

	test('when the worker dies everything stays, with the reason and the next try; when it is back so are we', async () => {
		await start();
		await worker.stop();
		await vi.waitFor(() => expect(state().link.type).toBe('lost'));
		expect(state().link).toMatchObject({
			problem: {code: expect.stringMatching(/^Worker/)},
			nextTryAt: expect.any(Number),
		});
		expect(state().applications.size).toBe(1);
		const old = worker;
		await old.restart();
		await vi.waitFor(() => expect(state().link.type).toBe('live'), 5_000);
	});

	test('a late answer about another application is dropped', async () => {
		const answers = new Map<string, (nodes: []) => void>();
		await start({
			handlers: {
				tree: ({application}) => new Promise(resolve => answers.set(application, resolve as (nodes: []) => void)),
			},
		});
		source!.details.select('checkout');
		source!.details.fetch('tree');
		await vi.waitFor(() => expect(answers.has('checkout')).toBe(true));
		source!.details.select('basket');
		source!.details.fetch('tree');
		await vi.waitFor(() => expect(answers.has('basket')).toBe(true));
		answers.get('checkout')!([makeNode('Pod/of-checkout')] as never);
		answers.get('basket')!([makeNode('Pod/of-basket')] as never);
		await vi.waitFor(() => expect(state().details?.tree.value).toHaveLength(1));
		expect(state().details).toMatchObject({
			application: 'basket',
			tree: {value: [{ref: {name: 'of-basket'}}], isLoading: false, problem: null},
		});
	});

	test('what failed keeps what was there before, and says why', async () => {
		let isBroken = false;
		await start({
			handlers: {
				tree: () => {
					if (isBroken) throw new Error('no');
					return [makeNode('Pod/a')];
				},
			},
		});
		source!.details.select('checkout');
		source!.details.fetch('tree');
		await vi.waitFor(() => expect(state().details?.tree.value).toHaveLength(1));
		isBroken = true;
		source!.details.fetch('tree');
		await vi.waitFor(() => expect(state().details?.tree.problem).not.toBeNull());
		expect(state().details?.tree.value).toHaveLength(1);
	});

	test('a change of the selected application asks for its details again', async () => {
		await start({handlers: {tree: () => []}});
		source!.details.select('checkout');
		source!.details.fetch('tree');
		await vi.waitFor(() => expect(state().details?.tree.at).not.toBeNull());
		worker.send({applications: [makeApplication({syncStatus: 'OutOfSync'})]});
		await vi.waitFor(() => expect(worker.asked.filter(([name]) => name === 'tree')).toHaveLength(2));
	});

	test('says what happened since somebody last looked, once', async () => {
		const history = [makeSync({time: Date.now() - 60_000})];
		const written: number[] = [];
		await start(
			{handlers: {history: () => history}},
			{read: () => now - 86_400_000 * 400, write: time => written.push(time)},
		);
		await vi.waitFor(() => expect(state().isHistoryLoaded).toBe(true));
		expect(state().absence).toMatchObject({syncs: 1, drifts: 0});
		expect(written).toHaveLength(1);
		source!.dismissAbsence();
		expect(state().absence).toBeNull();
	});
});

describe('the moment somebody last looked', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'holdfast-seen-'));
	});
	afterEach(() => rmSync(folder, {recursive: true, force: true}));

	test('is kept a worker, and survives the session', () => {
		expect(openLastSeen(folder, '/run/one.sock').read()).toBeNull();
		openLastSeen(folder, '/run/one.sock').write(now);
		expect(openLastSeen(folder, '/run/one.sock').read()).toBe(now);
		expect(openLastSeen(folder, '/run/other.sock').read()).toBeNull();
	});

	test('a folder that cannot be written is no error', () => {
		writeFileSync(path.join(folder, 'file'), '');
		const seen = openLastSeen(path.join(folder, 'file'), '/run/one.sock');
		seen.write(now);
		expect(seen.read()).toBeNull();
	});
});
