import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Problem} from '../../source/model/errors.ts';
import type {Journal} from '../../source/model/ports/journal.ts';
import {errorEntry, fingerprint, messagesOf, openTestJournal, temporaryDirectory} from './fixtures.ts';

const long = 'x'.repeat(2_000);

function watchProblems(journal: Journal): (string | undefined)[] {
	const seen: (string | undefined)[] = [];
	journal.onProblemChange((problem: Problem | undefined) => seen.push(problem?.message));
	return seen;
}

describe('a full disk', () => {
	/** A connection whose file cannot grow any more; SQLite answers as it does when the disk is full (SQLITE_FULL). */
	function openOnSmallDisk(pages: number) {
		const directory = temporaryDirectory();
		openTestJournal({directory}).close();
		let connection: DatabaseSync | undefined;
		const journal = openTestJournal({
			directory,
			configure: database => {
				connection = database;
				database.exec(`PRAGMA max_page_count = ${pages}`);
			},
		});
		return {directory, journal, growDisk: () => connection?.exec('PRAGMA max_page_count = 100000')};
	}

	test('is said, and what comes is kept, answered, and written when there is room', () => {
		const {directory, journal, growDisk} = openOnSmallDisk(40);
		const seen = watchProblems(journal);
		journal.append(errorEntry('before', 1));
		journal.saveFingerprint('c', 'shop', 'a', fingerprint(1));
		journal.flush();
		expect(journal.problem).toBeUndefined();
		for (let number = 0; number < 100; number++) journal.append(errorEntry(`${number} ${long}`, 2 + number));
		journal.saveFingerprint('c', 'shop', 'b', fingerprint(2));
		journal.dropFingerprint('c', 'shop', 'a');
		journal.flush();
		expect(journal.problem).toMatchObject({
			code: 'JournalUnavailable',
			message: expect.stringContaining('the disk is full'),
		});
		expect(journal.problem?.hint).toContain('Syncing and healing go on');
		expect(messagesOf(journal)).toHaveLength(101);
		expect(journal.query({limit: 2, since: 50}).map(entry => entry.time)).toEqual([100, 101]);
		expect(journal.query({application: 'nobody'})).toEqual([]);
		expect(journal.query({types: ['drift']})).toEqual([]);
		expect(journal.query({until: 3}).map(entry => entry.time)).toEqual([1, 2, 3]);
		expect([...journal.loadFingerprints('c', 'shop').keys()]).toEqual(['b']);
		// Nothing of the batch that failed is in the file.
		expect(messagesOf(openTestJournal({directory}))).toEqual(['before']);

		growDisk();
		journal.flush();
		expect(journal.problem).toBeUndefined();
		expect(seen).toEqual([expect.stringContaining('the disk is full'), undefined]);
		const other = openTestJournal({directory});
		expect(messagesOf(other)).toHaveLength(101);
		expect([...other.loadFingerprints('c', 'shop').keys()]).toEqual(['b']);
	});

	test('is tried again by itself', async () => {
		const {directory, journal, growDisk} = openOnSmallDisk(40);
		for (let number = 0; number < 100; number++) journal.append(errorEntry(`${number} ${long}`, number));
		journal.flush();
		expect(journal.problem).toBeDefined();
		growDisk();
		await expect.poll(() => journal.problem, {timeout: 10_000}).toBeUndefined();
		expect(messagesOf(openTestJournal({directory}))).toHaveLength(100);
	});

	test('for long keeps the newest ten thousand, and says how many are gone', () => {
		const {journal, growDisk} = openOnSmallDisk(40);
		for (let number = 0; number < 10_120; number++) journal.append(errorEntry(`${number} ${long}`, number));
		journal.flush();
		expect(journal.problem?.message).toContain('120 older entries are lost');
		expect(journal.query({limit: 1})[0]?.time).toBe(10_119);
		expect(journal.query({})).toHaveLength(10_000);
		growDisk();
		journal.flush();
		const messages = messagesOf(journal);
		expect(messages.filter(message => message.includes('lost'))).toEqual([
			'120 entries were lost while the history could not be written',
		]);
		expect(messages).toHaveLength(10_001);
	});

	test('from the start leaves a journal that works in memory', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory, configure: database => database.exec('PRAGMA max_page_count = 2')});
		expect(journal.problem?.message).toContain('the disk is full');
		expect(journal.hashKey).toHaveLength(32);
		journal.append(errorEntry('x', 1));
		journal.saveFingerprint('c', 'shop', 'a', fingerprint(1));
		expect(messagesOf(journal)).toEqual(['x']);
		expect(journal.loadFingerprints('c', 'shop').size).toBe(1);
	});

	test('of a real file system', async context => {
		const directory = temporaryDirectory();
		const disk = join(directory, 'disk');
		mkdirSync(disk);
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]);
		context.skip(mounted.status !== 0, 'only root can mount a small file system');
		onTestFinished(() => {
			execFileSync('umount', ['-l', disk]);
		});
		const journal = openTestJournal({directory: disk});
		writeFileSync(join(disk, 'ballast'), Buffer.alloc(200 * 1024));
		for (let number = 0; number < 100; number++) journal.append(errorEntry(`${number} ${long}`, number));
		journal.flush();
		expect(journal.problem?.message).toContain('the disk is full');
		expect(messagesOf(journal)).toHaveLength(100);
		execFileSync('mount', ['-o', 'remount,size=4m', disk]);
		rmSync(join(disk, 'ballast'));
		await expect.poll(() => journal.problem, {timeout: 10_000}).toBeUndefined();
		journal.close();
		const again = openTestJournal({directory: disk});
		expect(messagesOf(again)).toHaveLength(100);
		again.close();
	});
});
