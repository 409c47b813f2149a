import {afterEach, describe, expect, test} from 'vitest';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication} from './fixtures.ts';
import {type Running, startProgram} from './run-program.ts';

let worker: FakeWorker | undefined;
const running: Running[] = [];
afterEach(async () => {
	for (const {child} of running.splice(0)) child.kill('SIGKILL');
	await worker?.close();
	worker = undefined;
});

function start(words: readonly string[], environment: Record<string, string> = {}, workingDirectory = '/'): Running {
	const started = startProgram(words, {environment, workingDirectory});
	running.push(started);
	return started;
}

describe('the process', () => {
	test('--version', async () => {
		const {code, stdout, stderr} = await start(['--version']).ended;
		expect({code, stdout, stderr}).toEqual({
			code: 0,
			stdout: expect.stringMatching(/^holdfast \d+\.\d+\.\d+\n$/),
			stderr: '',
		});
	});

	test('results and errors go to their own streams, with their own exit code', async () => {
		expect(await start(['help', 'sync']).ended).toMatchObject({code: 0, stderr: ''});
		const wrong = await start(['snyc', 'checkout']).ended;
		expect(wrong).toMatchObject({code: 2, stdout: ''});
		expect(wrong.stderr).toContain('Did you mean holdfast sync?');
	});

	test('a missing configuration is one clear error, not a stack', async () => {
		const {code, stdout, stderr} = await start(['status']).ended;
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toMatch(
			/^holdfast: there is no holdfast\.yaml here.*\[ConfigurationNotFound\]\n {2}Name one with --config/,
		);
		expect(stderr).not.toContain(' at ');
	});

	test('a reader that goes away ends it quietly, as SIGPIPE would', async () => {
		const {child, ended} = start(['completion', 'zsh']);
		child.stdout?.destroy();
		expect(await ended).toMatchObject({code: 141, signal: null, stderr: ''});
	});

	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('%s ends a command that waits, at once and with %i', async (signal, code) => {
		worker = await startFakeWorker({applications: [makeApplication({syncStatus: 'OutOfSync'})]});
		const {child, ended} = start(['status', '--wait=1h'], worker.environment, worker.folder);
		await expect.poll(() => worker?.attached(), {timeout: 20_000}).toBe(1);
		child.kill(signal);
		expect(await ended).toMatchObject({code, signal: null, stdout: ''});
	});

	test('a pipe gets no escape sequence; without a UTF-8 locale it gets ASCII', async () => {
		worker = await startFakeWorker({applications: [makeApplication({syncStatus: 'OutOfSync'})]});
		const ascii = await start(['status'], {...worker.environment, LANG: 'C'}, worker.folder).ended;
		expect(ascii.code).toBe(0);
		expect(ascii.stdout).toMatch(/^[\x20-\x7e\n]+$/);
		expect(ascii.stdout).toMatch(/^! checkout +OutOfSync/m);
		const unicode = await start(['status'], {...worker.environment, LANG: 'C.UTF-8'}, worker.folder).ended;
		expect(unicode.stdout).toMatch(/^≠ checkout +OutOfSync/m);
	});
});
