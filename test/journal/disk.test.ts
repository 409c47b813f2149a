import {spawnSync} from 'node:child_process';
import {chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {errorEntry, fingerprint, messagesOf, openTestJournal, temporaryDirectory} from './fixtures.ts';

const long = 'x'.repeat(2_000);

describe('a damaged file', () => {
	const aside = (directory: string) =>
		readdirSync(directory).filter(name => /^journal\.sqlite\.corrupt-\d{8}T\d{6}Z$/.test(name));

	/** Everything is in the database file, nothing in the log; then the middle of it is overwritten. */
	function damage(directory: string): void {
		const other = new DatabaseSync(join(directory, 'journal.sqlite'));
		other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		other.close();
		const content = readFileSync(join(directory, 'journal.sqlite'));
		content.fill(0xa5, 4_096 * 4);
		writeFileSync(join(directory, 'journal.sqlite'), content);
	}

	test('found at the start is moved aside and a new one begun', () => {
		const directory = temporaryDirectory();
		writeFileSync(join(directory, 'journal.sqlite'), 'this was a database once '.repeat(500));
		const journal = openTestJournal({directory});
		const [name] = aside(directory);
		expect(readFileSync(join(directory, name ?? ''), 'utf8')).toContain('this was a database once');
		expect(journal.problem).toBeUndefined();
		journal.append(errorEntry('after', 1));
		expect(messagesOf(journal)).toEqual(['after', expect.stringContaining(`it is kept as ${name}`)]);
		expect(messagesOf(openTestJournal({directory}))).toHaveLength(2);
	});

	test('found at work is moved aside; the hash key stays', () => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		for (let number = 0; number < 500; number++) journal.append(errorEntry(`${number} ${long}`, number));
		journal.flush();
		damage(directory);
		const {hashKey} = journal;
		expect(() => journal.query({})).not.toThrow();
		for (let number = 0; number < 20; number++) journal.append(errorEntry('after', 1_000 + number));
		journal.flush();
		expect(aside(directory)).toHaveLength(1);
		expect(journal.problem).toBeUndefined();
		expect(messagesOf(journal).filter(message => message === 'after')).toHaveLength(20);
		expect(messagesOf(journal)).toContainEqual(expect.stringContaining('was unreadable (the file is damaged)'));
		expect(openTestJournal({directory}).hashKey.equals(hashKey)).toBe(true);
	});

	test('is replaced once, though two processes have it open; both go on in the new one', () => {
		const directory = temporaryDirectory();
		const [first, second] = [openTestJournal({directory}), openTestJournal({directory})];
		for (let number = 0; number < 500; number++) first.append(errorEntry(`${number} ${long}`, number));
		first.flush();
		damage(directory);
		first.query({});
		first.append(errorEntry('from the first', 1_000));
		first.flush();
		// Still in the damaged one.
		second.query({});
		second.append(errorEntry('from the second', 1_001));
		second.flush();
		first.append(errorEntry('the first again', 1_002));
		first.flush();
		second.close();
		expect(aside(directory)).toHaveLength(1);
		const expected = ['from the first', 'from the second', 'the first again'];
		expect(messagesOf(first)).toEqual(expect.arrayContaining(expected));
		expect(messagesOf(openTestJournal({directory}))).toEqual(expect.arrayContaining(expected));
		first.close();
		expect(messagesOf(openTestJournal({directory}))).toEqual(expect.arrayContaining(expected));
	});

	test('again and again leaves three copies', () => {
		const directory = temporaryDirectory();
		for (let day = 1; day <= 5; day++) {
			writeFileSync(join(directory, 'journal.sqlite'), 'no database '.repeat(500));
			openTestJournal({directory, now: () => Date.UTC(2026, 0, day)}).close();
		}
		expect(aside(directory)).toEqual([3, 4, 5].map(day => `journal.sqlite.corrupt-2026010${day}T000000Z`));
	});
});

describe('a file that is gone', () => {
	test.each(['moved', 'deleted'])('because it was %s is begun anew', how => {
		const directory = temporaryDirectory();
		const journal = openTestJournal({directory});
		journal.append(errorEntry('before', 1));
		journal.flush();
		for (const name of readdirSync(directory)) {
			if (how === 'moved') renameSync(join(directory, name), join(directory, `old-${name}`));
			else rmSync(join(directory, name));
		}
		journal.append(errorEntry('after', 2));
		journal.flush();
		expect(messagesOf(openTestJournal({directory}))).toEqual(['after', expect.stringContaining('moved or deleted')]);
	});
});

test('a file of a later version is left alone', () => {
	const directory = temporaryDirectory();
	openTestJournal({directory}).close();
	const database = new DatabaseSync(join(directory, 'journal.sqlite'));
	database.exec('PRAGMA user_version = 99');
	database.close();
	const journal = openTestJournal({directory});
	expect(journal.problem?.message).toContain('newer holdfast (schema 99');
	journal.append(errorEntry('x', 1));
	expect(messagesOf(journal)).toEqual(['x']);
	expect(readdirSync(directory).some(name => name.includes('corrupt'))).toBe(false);
});

test('a lock that another process holds is waited out without losing anything', async () => {
	const directory = temporaryDirectory();
	const journal = openTestJournal({directory});
	const other = new DatabaseSync(join(directory, 'journal.sqlite'));
	other.exec('BEGIN IMMEDIATE');
	journal.append(errorEntry('meanwhile', 1));
	journal.flush();
	expect(journal.problem?.message).toContain('another process keeps it locked');
	expect(messagesOf(journal)).toEqual(['meanwhile']);
	other.exec('COMMIT');
	other.close();
	await expect.poll(() => journal.problem, {timeout: 10_000}).toBeUndefined();
	expect(messagesOf(openTestJournal({directory}))).toEqual(['meanwhile']);
});

test('a path that is no directory is a problem, not an error', () => {
	const directory = join(temporaryDirectory(), 'file');
	writeFileSync(directory, '');
	const journal = openTestJournal({directory});
	expect(journal.problem).toMatchObject({
		code: 'JournalUnavailable',
		message: expect.stringContaining('cannot be opened'),
	});
	expect(journal.hashKey).toHaveLength(32);
});

test('fingerprints made with another key are not found', () => {
	const directory = temporaryDirectory();
	const first = openTestJournal({directory});
	first.saveFingerprint('c', 'shop', 'a', fingerprint(1));
	first.close();
	// This one could not read the key when it started, and had to make one of its own.
	const file = join(directory, 'journal.sqlite');
	renameSync(file, `${file}.away`);
	mkdirSync(file);
	const second = openTestJournal({directory});
	expect(second.problem).toBeDefined();
	rmSync(file, {recursive: true});
	renameSync(`${file}.away`, file);
	second.flush();
	expect(second.problem).toBeUndefined();
	expect(second.loadFingerprints('c', 'shop').size).toBe(0);
	second.saveFingerprint('c', 'shop', 'b', fingerprint(2));
	second.close();
	const third = openTestJournal({directory});
	expect(third.hashKey.equals(first.hashKey)).toBe(true);
	expect([...third.loadFingerprints('c', 'shop').keys()]).toEqual(['a']);
});

test('a read-only journal is still read, and written again when it may be', context => {
	context.skip(process.getuid?.() !== 0, 'needs root, to be somebody else');
	const directory = temporaryDirectory();
	chmodSync(directory, 0o777);
	const writer = openTestJournal({directory});
	writer.append(errorEntry('history', 1));
	writer.close();
	const file = join(directory, 'journal.sqlite');
	chmodSync(file, 0o444);
	chownSync(file, 65_534, 65_534);
	const script = `
		import {chmodSync} from 'node:fs';
		import {openJournal} from ${JSON.stringify(new URL('../../source/journal/journal.ts', import.meta.url).pathname)};
		process.setgroups([]); process.setgid(65534); process.setuid(65534);
		const journal = openJournal({directory: ${JSON.stringify(directory)}, now: Date.now});
		journal.append({type: 'worker', id: 'z', time: 2, application: '', message: 'new'});
		journal.flush();
		const before = {problem: journal.problem, entries: journal.query({}).length};
		chmodSync(${JSON.stringify(file)}, 0o600);
		journal.flush();
		console.log(JSON.stringify({before, after: {problem: journal.problem}}));
	`;
	const {stdout, stderr} = spawnSync(
		process.execPath,
		['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
		{encoding: 'utf8'},
	);
	expect(stderr).toBe('');
	const answer = JSON.parse(stdout);
	expect(answer.before.problem.message).toContain('read-only');
	expect(answer.before.entries).toBe(2);
	expect(answer.after).toEqual({});
	expect(messagesOf(openTestJournal({directory}))).toEqual(['history', 'new']);
});
