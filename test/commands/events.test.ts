import {afterEach, describe, expect, test} from 'vitest';
import type {JournalEntry, JournalQuery} from '../../source/model/journal.ts';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeDrift, now, revision} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

function drift(id: string, action: 'healing' | 'healed', application = 'checkout'): JournalEntry {
	const event = makeDrift({id, application, action, ...(action === 'healing' && {duration: undefined})});
	return {type: 'drift', id, time: now, application, event};
}

async function serve(history: (query: JournalQuery) => readonly JournalEntry[] | Promise<readonly JournalEntry[]>) {
	worker = await startFakeWorker({applications: [makeApplication()], handlers: {history}});
	return worker;
}

describe('what is asked', () => {
	const cases: [string, JournalQuery][] = [
		['events', {limit: 100}],
		['events checkout --since 1h', {application: 'checkout', since: now - 3_600_000}],
		['events --since=2026-11-21T11:00:00Z --limit 5', {since: Date.UTC(2026, 10, 21, 11), limit: 5}],
		['events --type drift,sync,drift', {types: ['drift', 'sync'], limit: 100}],
	];
	test.each(cases)('%s', async (text, query) => {
		await (await serve(() => [])).run(text);
		expect(worker.asked).toEqual([['history', query]]);
	});

	test('a since that is none is refused before anything is asked', async () => {
		const {code, terminal} = await (await serve(() => [])).run('events --since yesterday');
		expect(code).toBe(2);
		expect(terminal.noted()).toContain('yesterday is neither a duration nor a time');
		expect(worker.asked).toEqual([]);
	});
});

describe('what is printed', () => {
	test('a line an event', async () => {
		const {code, terminal} = await (await serve(() => [drift('a', 'healed')])).run('events');
		expect(code).toBe(0);
		expect(terminal.printed()).toBe(
			'2026-11-21T11:04:31Z drift checkout Deployment/checkout spec.replicas 3→10 kubectl/scale healed 0.1s\n',
		);
		expect(terminal.noted()).toBe('');
	});

	test('a JSON object a line', async () => {
		const entries = [drift('a', 'healed'), drift('b', 'healing')];
		const {terminal} = await (await serve(() => entries)).run('events -o json');
		const lines = terminal.printed().trimEnd().split('\n');
		expect(lines.map(line => JSON.parse(line))).toMatchObject([
			{id: 'a', type: 'drift', action: 'healed', duration: 100, fields: [{path: 'spec.replicas'}]},
			{id: 'b', type: 'drift', action: 'healing', duration: null},
		]);
	});

	test('nothing says so on stderr, and whether the application exists', async () => {
		await serve(() => []);
		const known = await worker.run('events checkout --since 1h');
		expect(known.code).toBe(0);
		expect(known.terminal.printed()).toBe('');
		expect(known.terminal.noted()).toBe('no events of checkout since 2026-11-21T10:04:31.000Z\n');
		const gone = await worker.run('events chekout');
		expect(gone.terminal.noted()).toContain('No application is named chekout now.');
	});
});

describe('--follow', () => {
	test('nothing is lost or doubled between history and what comes', async () => {
		await serve(async () => {
			// These come while the history is being read; the first is in it already.
			worker.record(drift('a', 'healed'));
			worker.record(drift('b', 'healing'));
			await new Promise(resolve => setTimeout(resolve, 20));
			return [drift('a', 'healed')];
		});
		const {ended, terminal} = worker.start('events -f -o json');
		await terminal.untilPrinted(/"id":"b"/);
		worker.record(drift('b', 'healing'));
		worker.record(drift('b', 'healed'));
		worker.record(drift('c', 'healed', 'basket'));
		await terminal.untilPrinted(/"id":"c"/);
		terminal.interrupt();
		expect(await ended).toBe(130);
		const lines = terminal.printed().trimEnd().split('\n');
		expect(lines.map(line => JSON.parse(line)).map(({id, action}) => `${id} ${action}`)).toEqual([
			'a healed',
			'b healing',
			'b healed',
			'c healed',
		]);
	});

	test('a revert comes again when it goes on, and not otherwise', async () => {
		const revert = (phase: 'prepared' | 'pushed' | 'landed'): JournalEntry => ({
			type: 'revert',
			id: 'r',
			time: now,
			application: 'checkout',
			phase,
			commits: [revision],
			revertCommit: null,
			branch: 'main',
			by: 'ana@bastion-1',
			reason: '',
			message: '',
		});
		await serve(() => [revert('prepared')]);
		const {ended, terminal} = worker.start('events -f -o json');
		await terminal.untilPrinted(/prepared/);
		for (const phase of ['prepared', 'pushed', 'pushed', 'landed'] as const) worker.record(revert(phase));
		await terminal.untilPrinted(/landed/);
		terminal.interrupt();
		await ended;
		const lines = terminal.printed().trimEnd().split('\n');
		expect(lines.map(line => JSON.parse(line).phase)).toEqual(['prepared', 'pushed', 'landed']);
	});

	test('only what was asked for', async () => {
		await serve(() => []);
		const {ended, terminal} = worker.start('events checkout --type drift --follow');
		await expect.poll(() => worker.asked.length).toBe(1);
		worker.record(drift('a', 'healed', 'basket'));
		worker.record({type: 'worker', id: 'w', time: now, application: '', message: 'hello'});
		worker.record(drift('b', 'healed'));
		await terminal.untilPrinted(/healed/);
		await worker.stop();
		expect(await ended).toBe(2);
		expect(terminal.printed().trimEnd().split('\n')).toHaveLength(1);
		expect(terminal.noted()).toContain('[WorkerGone]');
	});
});
