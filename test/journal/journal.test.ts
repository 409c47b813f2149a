import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import type {JournalEntry, JournalQuery} from '../../source/model/journal.ts';
import {redacted} from '../../source/model/redact.ts';
import {
	driftEvent,
	errorEntry,
	fieldChange,
	fingerprint,
	makeId,
	messagesOf,
	openTestJournal,
	temporaryDirectory,
} from './fixtures.ts';

const day = 24 * 60 * 60 * 1_000;

describe('entries', () => {
	test('come back as they were, also after the journal was opened anew', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		const event = driftEvent();
		const entries: JournalEntry[] = [
			{
				type: 'sync',
				id: makeId(),
				time: 1,
				application: 'shop',
				revision: 'abc',
				initiatedBy: 'automated',
				phase: 'Succeeded',
				message: 'all "good" — ✓',
				duration: 12,
				created: 1,
				changed: 2,
				deleted: 3,
				failed: 0,
				results: [{object: 'ConfigMap/a', action: 'create', result: 'Succeeded'}],
			},
			{type: 'drift', id: event.id, time: 2, application: 'shop', event},
			errorEntry('broken', 3),
			{
				type: 'revision',
				id: makeId(),
				time: 4,
				application: 'shop',
				revision: 'def',
				author: 'Ana',
				subject: 'more',
				isForced: true,
			},
			{type: 'worker', id: makeId(), time: 5, application: '', message: 'started'},
		];
		for (const entry of entries) journal.append(entry);
		expect(journal.query({})).toEqual(entries);
		journal.close();
		expect(openTestJournal({directory}).query({})).toEqual(entries);
	});

	const query = (number: number, application: string, time: number) => errorEntry(String(number), time, application);
	const stored = [
		query(0, 'shop', 10),
		query(1, 'blog', 20),
		query(2, 'shop', 20),
		query(3, 'shop', 30),
		query(4, 'blog', 40),
	];
	const drift = driftEvent({time: 25});
	const cases: readonly [JournalQuery, string[]][] = [
		[{}, ['0', '1', '2', 'drift', '3', '4']],
		[{application: 'shop'}, ['0', '2', 'drift', '3']],
		[{application: 'nobody'}, []],
		[{types: ['drift']}, ['drift']],
		[{types: ['drift', 'error'], application: 'blog'}, ['1', '4']],
		[{types: []}, []],
		[{since: 20}, ['1', '2', 'drift', '3', '4']],
		[{until: 20}, ['0', '1', '2']],
		[{since: 20, until: 25}, ['1', '2', 'drift']],
		[{limit: 2}, ['3', '4']],
		[{limit: 0}, []],
		[{limit: 2, application: 'shop', until: 25}, ['2', 'drift']],
	];
	test.each(cases)('query %j', (asked, expected) => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		// Not in the order of time: that is what the answer is sorted by.
		for (const index of [4, 0, 1, 3, 2]) journal.append(stored[index]!);
		journal.append({type: 'drift', id: drift.id, time: drift.time, application: 'shop', event: drift});
		const names = (entries: JournalEntry[]) =>
			entries.map(entry => (entry.type === 'error' ? entry.problem.message : entry.type));
		expect(names(journal.query(asked))).toEqual(expected);
	});

	test('are in the file soon after, without being asked for', async () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		journal.append(errorEntry('soon', 1));
		const other = openTestJournal({directory});
		expect(messagesOf(other)).toEqual([]);
		await expect.poll(() => messagesOf(other)).toEqual(['soon']);
	});

	test('are in the file at once when there are five hundred', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		for (let number = 0; number < 501; number++) journal.append(errorEntry(String(number), number));
		expect(messagesOf(openTestJournal({directory}))).toHaveLength(500);
	});

	test('with something that cannot be written leave a line and do not stop the others', () => {
		const journal = openTestJournal({directory: temporaryDirectory()});
		const circular: Record<string, unknown> = {};
		circular.self = circular;
		journal.append(errorEntry('before', 1));
		journal.append({...errorEntry('bad', 2), problem: circular} as never);
		journal.append({...errorEntry('no time', Number.NaN)});
		journal.append({type: 'drift', id: 'x', time: 1, application: 'shop', event: {id: 'x'}} as never);
		journal.append(errorEntry('after', 3));
		journal.flush();
		expect(journal.problem).toBeUndefined();
		expect(messagesOf(journal)).toEqual([
			'before',
			expect.stringContaining('error entry of shop could not be written'),
			'after',
			'no time',
			expect.stringContaining('drift entry was not understood'),
		]);
	});
});

describe('drift events', () => {
	test.each([true, false])('that change their action are replaced; already written: %s', isWritten => {
		const journal = openTestJournal({directory: temporaryDirectory()});
		const event = driftEvent();
		journal.append({type: 'drift', id: event.id, time: event.time, application: 'shop', event});
		if (isWritten) journal.flush();
		journal.updateDrift({...event, action: 'healed', duration: 12});
		expect(journal.query({})).toEqual([
			expect.objectContaining({id: event.id, event: expect.objectContaining({action: 'healed', duration: 12})}),
		]);
	});

	test('of a Secret never bring a value to the disk', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		const event = driftEvent({
			key: '/Secret/shop/db',
			fields: [fieldChange({path: 'data.password', was: 'hunter2', now: 'hunter3'})],
		});
		journal.append({type: 'drift', id: event.id, time: 1, application: 'shop', event});
		journal.flush();
		journal.updateDrift({...event, action: 'healed'});
		journal.flush();
		const raw = new DatabaseSync(join(directory, 'journal.sqlite')).prepare('SELECT json FROM entries').all();
		expect(raw).toHaveLength(1);
		expect(JSON.stringify(raw)).not.toContain('hunter');
		expect(JSON.stringify(raw)).toContain(redacted);
	});
});

describe('retention', () => {
	const now = 1_700_000_000_000;
	/** Writes one entry a flush, as a worker at rest does, and returns how many stay. */
	function kept(count: number, options: {maximumEntries: number; ageOf: (number: number) => number}): string[] {
		const journal = openTestJournal({
			directory: temporaryDirectory(),
			now: () => now,
			maximumEntries: options.maximumEntries,
		});
		for (let number = 0; number < count; number++) {
			journal.append(errorEntry(String(number), now - options.ageOf(number)));
			journal.flush();
		}
		return messagesOf(journal);
	}

	test('keeps the newest, however old', () => {
		expect(kept(20, {maximumEntries: 20, ageOf: () => 400 * day})).toHaveLength(20);
	});

	test('keeps thirty days, beyond the number', () => {
		expect(kept(40, {maximumEntries: 10, ageOf: () => 29 * day})).toHaveLength(40);
	});

	test('removes the oldest that are both too many and too old', () => {
		expect(kept(30, {maximumEntries: 10, ageOf: number => (number < 15 ? 31 : 1) * day})).toEqual(
			Array.from({length: 15}, (_, index) => String(index + 15)),
		);
	});

	test('never keeps more than five times the number', () => {
		expect(kept(80, {maximumEntries: 10, ageOf: () => 0})).toEqual(
			Array.from({length: 50}, (_, index) => String(index + 30)),
		);
	});
});

describe('fingerprints', () => {
	test('come back as they were, by cluster and application', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		const saved = new Map(Array.from({length: 10}, (_, number) => [`/ConfigMap/shop/c${number}`, fingerprint(number)]));
		for (const [key, value] of saved) journal.saveFingerprint('cluster-1', 'shop', key, value);
		journal.saveFingerprint('cluster-1', 'blog', '/ConfigMap/blog/x', fingerprint(77));
		expect(journal.loadFingerprints('cluster-1', 'shop')).toEqual(saved);
		journal.close();
		const again = openTestJournal({directory});
		expect(again.loadFingerprints('cluster-1', 'shop')).toEqual(saved);
		expect([...again.loadFingerprints('cluster-1', 'blog').keys()]).toEqual(['/ConfigMap/blog/x']);
		expect(again.loadFingerprints('cluster-2', 'shop').size).toBe(0);
	});

	test('last write wins, dropping included', () => {
		const journal = openTestJournal({directory: temporaryDirectory()});
		journal.saveFingerprint('c', 'shop', 'a', fingerprint(1));
		journal.saveFingerprint('c', 'shop', 'b', fingerprint(1));
		journal.flush();
		journal.saveFingerprint('c', 'shop', 'a', fingerprint(2));
		journal.dropFingerprint('c', 'shop', 'b');
		journal.saveFingerprint('c', 'shop', 'd', fingerprint(4));
		journal.dropFingerprint('c', 'shop', 'd');
		expect(journal.loadFingerprints('c', 'shop')).toEqual(new Map([['a', fingerprint(2)]]));
	});

	test('share the texts of what they own', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		for (let number = 0; number < 50; number++)
			journal.saveFingerprint('c', 'shop', `k${number}`, fingerprint(number, `{"f:${number % 2}":{}}`));
		journal.flush();
		const rows = new DatabaseSync(join(directory, 'journal.sqlite'))
			.prepare('SELECT text FROM owned_fields ORDER BY text')
			.all();
		expect(rows.map(row => row.text)).toEqual(['{"f:0":{}}', '{"f:1":{}}']);
	});

	test('that nobody used for half a year go when the journal is opened', () => {
		const directory = temporaryDirectory();
		const long = openTestJournal({directory, now: () => 1_000});
		long.saveFingerprint('gone', 'shop', 'a', fingerprint(1, 'old text'));
		long.close();
		const later = openTestJournal({directory, now: () => 200 * day});
		later.saveFingerprint('here', 'shop', 'a', fingerprint(2));
		later.flush();
		expect(later.loadFingerprints('gone', 'shop').size).toBe(0);
		expect(later.loadFingerprints('here', 'shop').size).toBe(1);
		const raw = new DatabaseSync(join(directory, 'journal.sqlite'));
		expect(raw.prepare('SELECT count(*) AS count FROM fingerprints').get()?.count).toBe(1);
		expect(raw.prepare("SELECT count(*) AS count FROM owned_fields WHERE text = 'old text'").get()?.count).toBe(0);
	});

	test('one that cannot be kept takes nothing with it, nor leaves an older one', () => {
		const journal = openTestJournal({directory: temporaryDirectory()});
		journal.saveFingerprint('c', 'shop', 'a', fingerprint(1));
		journal.flush();
		journal.saveFingerprint('c', 'shop', 'a', {...fingerprint(2), uid: undefined} as never);
		journal.saveFingerprint('c', 'shop', 'b', fingerprint(3));
		expect([...journal.loadFingerprints('c', 'shop').keys()]).toEqual(['b']);
		expect(journal.problem).toBeUndefined();
	});
});

describe('the file', () => {
	test('belongs to this user only', () => {
		const directory = join(temporaryDirectory(), 'state', 'holdfast');
		const journal = openTestJournal({directory});
		journal.append(errorEntry('x', 1));
		journal.flush();
		expect(statSync(directory).mode & 0o777).toBe(0o700);
		for (const name of ['journal.sqlite', 'journal.sqlite-wal', 'journal.sqlite-shm']) {
			expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
		}
	});

	test('keeps one hash key', () => {
		const directory = temporaryDirectory();
		const first = openTestJournal({directory});
		const second = openTestJournal({directory});
		expect(first.hashKey).toHaveLength(32);
		expect(second.hashKey.equals(first.hashKey)).toBe(true);
		expect(openTestJournal({directory: temporaryDirectory()}).hashKey.equals(first.hashKey)).toBe(false);
	});

	test('leaves nothing but itself when it is closed', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		journal.append(errorEntry('x', 1));
		journal.close();
		expect(existsSync(join(directory, 'journal.sqlite-wal'))).toBe(false);
		journal.append(errorEntry('too late', 1));
		journal.flush();
		journal.close();
		expect(messagesOf(openTestJournal({directory}))).toEqual(['x']);
	});
});

describe('how an application stood', () => {
	const standing = {syncStatus: 'Synced', syncSince: 1, health: 'Degraded', healthSince: 2} as const;

	test('is known again after a restart, in that cluster only; the last word counts', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		journal.saveStanding('here', 'shop', {...standing, health: 'Healthy'});
		journal.saveStanding('here', 'shop', standing);
		expect(journal.loadStanding('here', 'shop')).toEqual(standing);
		journal.close();
		const again = openTestJournal({directory});
		expect(again.loadStanding('here', 'shop')).toEqual(standing);
		expect(again.loadStanding('there', 'shop')).toBeNull();
		expect(again.loadStanding('here', 'cart')).toBeNull();
	});

	test('is forgotten when what was written cannot be read', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		journal.saveStanding('here', 'shop', standing);
		journal.close();
		const database = new DatabaseSync(join(directory, 'journal.sqlite'));
		database.exec("UPDATE standings SET json = '{'");
		database.close();
		expect(openTestJournal({directory}).loadStanding('here', 'shop')).toBeNull();
	});

	test('a journal from before it was kept is brought up to date, and loses nothing', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		const entry = errorEntry('kept', 1);
		journal.append(entry);
		journal.close();
		const database = new DatabaseSync(join(directory, 'journal.sqlite'));
		database.exec('DROP TABLE standings; PRAGMA user_version = 1');
		database.close();
		const again = openTestJournal({directory});
		again.saveStanding('here', 'shop', standing);
		expect(again.query({})).toEqual([entry]);
		expect(again.loadStanding('here', 'shop')).toEqual(standing);
	});
});
