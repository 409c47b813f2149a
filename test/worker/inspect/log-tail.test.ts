import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {tailLog} from '../../../source/worker/inspect/log-tail.ts';

const line = (application: string, msg: string) => JSON.stringify({level: 30, application, msg});

describe('the tail of the worker log', () => {
	let folder: string;
	const write = (name: string, text: string) => {
		const file = path.join(folder, name);
		writeFileSync(file, text);
		return file;
	};
	const messages = (lines: string[]) => lines.map(text => JSON.parse(text).msg);

	beforeAll(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'holdfast-log-'));
	});
	afterAll(() => rmSync(folder, {recursive: true, force: true}));

	test('is of one application, oldest first, at most as long as asked', async () => {
		const text = ['one', 'two', 'three', 'four'].flatMap(msg => [line('shop', msg), line('other', `not ${msg}`)]);
		const file = write('one.log', `${text.join('\n')}\n`);
		expect(messages(await tailLog(file, 'shop', 3))).toEqual(['two', 'three', 'four']);
		expect(messages(await tailLog(file, 'shop', 100))).toEqual(['one', 'two', 'three', 'four']);
		expect(messages(await tailLog(file, '', 2))).toEqual(['four', 'not four']);
		expect(await tailLog(file, 'sho', 5)).toEqual([]);
	});

	test('loses no line at the seams of what is read at once', async () => {
		const lines = Array.from({length: 9_000}, (_item, index) => line('shop', `${index} ${'é'.repeat(index % 97)}`));
		const file = write('long.log', `${lines.join('\n')}\n`);
		const read = await tailLog(file, 'shop', 9_000);
		expect(messages(read).map(text => text.split(' ')[0])).toEqual(lines.map((_item, index) => String(index)));
	});

	test('passes over half a line, and shortens a line that nobody could read', async () => {
		const file = write('half.log', `${line('shop', 'whole')}\n${line('shop', 'x'.repeat(30_000))}\n{"application":"sh`);
		const read = await tailLog(file, 'shop', 10);
		expect(messages(read)[0]).toBe('whole');
		expect(read).toHaveLength(2);
		expect(read[1]?.length).toBeLessThan(3_000);
	});

	test('what a terminal would obey is escaped, and the line is still JSON', async () => {
		const file = write('hostile.log', `${line('shop', '\u009b31m \u202eevil')}\n`);
		const [read = ''] = await tailLog(file, 'shop', 1);
		expect(read).toContain('\\u009b31m \\u202eevil');
		expect(JSON.parse(read).msg).toBe('\u009b31m \u202eevil');
	});

	test('a file that is not there is a problem, not a crash', async () => {
		await expect(tailLog(path.join(folder, 'none'), '', 1)).rejects.toMatchObject({code: 'LogUnreadable'});
	});
});
