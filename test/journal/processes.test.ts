import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {expect, onTestFinished, test} from 'vitest';
import {messagesOf, openTestJournal, temporaryDirectory} from './fixtures.ts';

const writer = new URL('writer.ts', import.meta.url).pathname;

function startWriter(directory: string, name: string, count = 0) {
	const child = spawn(process.execPath, [
		'--disable-warning=ExperimentalWarning',
		writer,
		directory,
		name,
		String(count),
	]);
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	let output = '';
	let errors = '';
	child.stdout.on('data', chunk => {
		output += chunk;
	});
	child.stderr.on('data', chunk => {
		errors += chunk;
	});
	return {
		child,
		lines: () => output.split('\n').slice(0, -1),
		errors: () => errors,
	};
}

async function kill(child: ChildProcess): Promise<void> {
	const exited = once(child, 'close');
	child.kill('SIGKILL');
	await exited;
}

test('kill -9 loses nothing that was flushed, time and again', async () => {
	const directory = temporaryDirectory();
	for (let round = 0; round < 5; round++) {
		const {child, lines} = startWriter(directory, `round-${round}`);
		await expect.poll(() => lines().length, {timeout: 20_000, interval: 5}).toBeGreaterThan(5 + round);
		await kill(child);
		const last = Number(lines().at(-1));
		const journal = openTestJournal({directory});
		expect(journal.problem).toBeUndefined();
		const messages = new Set(messagesOf(journal).map(message => message.replace(/ x+$/, '')));
		for (let number = 0; number <= last; number++) expect(messages).toContain(`round-${round} ${number}`);
		journal.close();
	}
	const database = new DatabaseSync(join(directory, 'journal.sqlite'));
	expect(database.prepare('PRAGMA integrity_check').get()).toEqual({integrity_check: 'ok'});
	database.close();
});

test('several processes start at the same time, share one key, and lose nothing', async () => {
	const directory = temporaryDirectory();
	const names = ['a', 'b', 'c', 'd'];
	const writers = names.map(name => startWriter(directory, name, 400));
	await Promise.all(writers.map(({child}) => once(child, 'close')));
	expect(writers.map(({errors}) => errors())).toEqual(['', '', '', '']);
	const keys = new Set(writers.map(({lines}) => lines()[0]));
	expect(keys.size).toBe(1);
	const journal = openTestJournal({directory});
	expect([...keys]).toEqual([`ready ${journal.hashKey.toString('hex')}`]);
	const messages = messagesOf(journal).map(message => message.replace(/ x+$/, ''));
	const expected = names.flatMap(name => Array.from({length: 400}, (_, number) => `${name} ${number}`));
	expect([...messages].sort()).toEqual(expected.sort());
});
