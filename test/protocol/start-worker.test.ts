import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import {type StartOptions, startWorker} from '../../source/protocol/start-worker.ts';
import {connectTo, temporaryDirectory} from './fixtures.ts';

const entry = new URL('worker-program.ts', import.meta.url).pathname;

function startOptions(scenario: string, fields: Partial<StartOptions> = {}): StartOptions {
	const directory = temporaryDirectory();
	return {
		entry,
		isDetached: true,
		socket: join(directory, 'w.sock'),
		configuration: {type: 'files', paths: []},
		context: scenario,
		mode: 'observe',
		lingerMilliseconds: 0,
		stateDirectory: join(directory, 'state'),
		cacheDirectory: join(directory, 'cache'),
		logFile: join(directory, 'state', 'logs', 'worker.log'),
		logLevel: 'info',
		...fields,
	};
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Starts it, and ends it when the test does. */
async function start(options: StartOptions): Promise<number> {
	const {pid} = await startWorker(options);
	onTestFinished(() => {
		if (isAlive(pid)) process.kill(pid, 'SIGKILL');
	});
	return pid;
}

async function failure(options: StartOptions): Promise<HoldfastError> {
	const error = await startWorker(options).catch((thrown: unknown) => thrown);
	if (!(error instanceof HoldfastError)) throw new Error(`expected a HoldfastError, not ${String(error)}`);
	return error;
}

test.each([true, false])('a worker that is ready can be reached, and lives on; detached: %s', async isDetached => {
	const options = startOptions('serve', {isDetached});
	const pid = await start(options);
	const client = await connectTo(options.socket);
	expect(client.initial.worker.pid).toBe(pid);
	const {entry: _entry, isDetached: _isDetached, ...expected} = options;
	expect(JSON.parse(client.initial.worker.configuration)).toEqual(expected);
	const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
	expect(group === String(pid)).toBe(isDetached);
	await client.shutdown();
	await expect.poll(() => isAlive(pid)).toBe(false);
});

test('what it prints goes to a file of this user only', async () => {
	const options = startOptions('noisy');
	await start(options);
	const file = join(options.stateDirectory, 'logs', 'worker.stderr.log');
	await expect
		.poll(() => readFileSync(file, 'utf8'))
		.toMatch(/noise on stdout\n[\s\S]*noise on stderr\n[\s\S]*a warning/);
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('nothing of it reaches the terminal, and the process that started it may end', async () => {
	const options = startOptions('noisy');
	const script = `
		import {startWorker} from ${JSON.stringify(new URL('../../source/protocol/start-worker.ts', import.meta.url).pathname)};
		console.log((await startWorker(${JSON.stringify(options)})).pid);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
	let output = '';
	child.stdout.on('data', chunk => {
		output += chunk;
	});
	child.stderr.on('data', chunk => {
		output += chunk;
	});
	expect(await once(child, 'close')).toEqual([0, null]);
	expect(output).toMatch(/^\d+\n$/);
	const pid = Number(output);
	onTestFinished(() => {
		if (isAlive(pid)) process.kill(pid, 'SIGKILL');
	});
	expect((await connectTo(options.socket)).initial.worker.pid).toBe(pid);
});

test.each(['fail', 'fail at once'])('the problem that it reports is thrown: %s', async scenario => {
	expect((await failure(startOptions(scenario))).problem).toMatchObject({
		code: 'NoSuchContext',
		message: 'no context there',
	});
});

test('a crash brings the last lines it printed, as safe text', async () => {
	const options = startOptions('crash');
	const {code, problem} = await failure(options);
	expect(code).toBe('WorkerFailed');
	expect(problem.message).toContain('it ended with code 1');
	expect(problem.message).toContain('cannot go on \\x1b[31m');
	expect(problem.message.split('\n').length).toBeLessThanOrEqual(21);
	expect(problem.hint).toContain('worker.stderr.log');
});

test('only what it printed this time is told', async () => {
	const options = startOptions('crash');
	await failure(options);
	const {message} = (await failure({...options, context: 'exit silently'})).problem;
	expect(message).toBe('The worker did not start: it ended with code 7');
});

test('a killed worker is told by its signal', async () => {
	expect((await failure(startOptions('kill'))).problem.message).toContain('SIGKILL');
});

test('one that is never ready is ended', async () => {
	const {problem} = await failure(startOptions('hang', {readyMilliseconds: 1_000}));
	expect(problem).toMatchObject({code: 'WorkerFailed', message: expect.stringContaining('not ready within 1 s')});
	const pid = Number(/this is process (\d+)/.exec(problem.message)?.[1]);
	await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a program that is missing is told', async () => {
	const {problem} = await failure(startOptions('serve', {entry: '/nowhere/worker.js'}));
	expect(problem.message).toContain('Cannot find module');
});

test('of several that start at once over a dead worker’s socket exactly one serves', async () => {
	const options = startOptions('serve');
	process.kill(await start(options), 'SIGKILL');
	const results = await Promise.allSettled(Array.from({length: 5}, () => start(options)));
	const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason.code] : []));
	expect(failures).toEqual(Array(4).fill('WorkerAlreadyRunning'));
	const [pid] = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
	expect((await connectTo(options.socket)).initial.worker.pid).toBe(pid);
});

test('a log that cannot be made is told', async () => {
	const directory = temporaryDirectory();
	writeFileSync(join(directory, 'file'), '');
	const {problem} = await failure(startOptions('serve', {logFile: join(directory, 'file', 'worker.log')}));
	expect(problem).toMatchObject({code: 'WorkerFailed', message: expect.stringContaining('did not start')});
});
