import {existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, describe, expect, it} from 'vitest';
import {withLock} from '../../source/git/lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));
const options = {signal: new AbortController().signal, waitMilliseconds: 20_000};
let count = 0;
const newPath = (): string => join(directory, `lock-${++count}`);

function leave(path: string, holder: {pid: number; host: string}, ageMilliseconds = 0): void {
	writeFileSync(path, JSON.stringify({token: 'theirs', ...holder}));
	const time = new Date(Date.now() - ageMilliseconds);
	utimesSync(path, time, time);
}

describe('a lock file', () => {
	it('lets one in at a time', async () => {
		const path = newPath();
		let inside = 0;
		let most = 0;
		await Promise.all(
			Array.from({length: 12}, () =>
				withLock(path, options, async () => {
					most = Math.max(most, ++inside);
					await sleep(5);
					inside--;
				}),
			),
		);
		expect(most).toBe(1);
		expect(existsSync(path)).toBe(false);
	});

	it('is given back when the action fails', async () => {
		const path = newPath();
		await expect(withLock(path, options, () => Promise.reject(new Error('inside')))).rejects.toThrow('inside');
		expect(await withLock(path, options, async () => 'next')).toBe('next');
	});

	it.each<[string, {pid: number; host: string}, number]>([
		['a process that is gone', {pid: 2 ** 22 + 1, host: hostname()}, 0],
		['a former life of ours, with the same process id', {pid: process.pid, host: hostname()}, 0],
		['another machine that went silent', {pid: 1, host: 'elsewhere'}, 120_000],
		['a living process that has long forgotten it', {pid: process.ppid, host: hostname()}, 3_600_000],
	])('is taken over from %s', async (_name, holder, age) => {
		const path = newPath();
		leave(path, holder, age);
		const answers = await Promise.all([1, 2, 3].map(index => withLock(path, options, async () => index)));
		expect(answers).toEqual([1, 2, 3]);
		expect(existsSync(path)).toBe(false);
		expect(existsSync(`${path}.takeover`)).toBe(false);
	});

	it.each<[string, {pid: number; host: string}]>([
		['a living process', {pid: process.ppid, host: hostname()}],
		['another machine with a fresh heartbeat', {pid: 1, host: 'elsewhere'}],
	])('is respected when held by %s', async (_name, holder) => {
		const path = newPath();
		leave(path, holder);
		const act = withLock(path, {...options, waitMilliseconds: 150}, async () => 'in');
		await expect(act).rejects.toThrow(`another process (${holder.pid} on ${holder.host})`);
		expect(readFileSync(path, 'utf8')).toContain('theirs');
	});

	it('is no longer waited for when the signal says so', async () => {
		const path = newPath();
		leave(path, {pid: process.ppid, host: hostname()});
		const controller = new AbortController();
		const waiting = withLock(path, {...options, signal: controller.signal}, async () => 'in');
		controller.abort();
		await expect(waiting).rejects.toThrow(/abort/i);
	});

	it('that was taken over meanwhile is not removed by its former holder', async () => {
		const path = newPath();
		await withLock(path, options, async () => leave(path, {pid: process.ppid, host: hostname()}));
		expect(readFileSync(path, 'utf8')).toContain('theirs');
	});
});
