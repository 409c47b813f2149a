import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterEach, expect, test} from 'vitest';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

test('stop ends the running worker, and does not say so before its process is gone', async () => {
	const child = spawn('sleep', ['60']);
	const gone = once(child, 'exit');
	worker = await startFakeWorker({
		worker: {pid: child.pid!},
		handlers: {
			shutdown() {
				setImmediate(() => void worker.stop());
				return null;
			},
		},
	});
	const {ended, terminal} = worker.start('worker stop');
	await expect.poll(() => worker.asked.map(([name]) => name)).toEqual(['shutdown']);
	expect(await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 150, 'waiting'))])).toBe('waiting');
	expect(terminal.printed()).toBe('');
	child.kill();
	await gone;
	expect(await ended).toBe(0);
	expect(terminal.printed()).toBe(`worker ${child.pid} ended\n`);
});

test('stop without a worker is what was wanted, and says so', async () => {
	worker = await startFakeWorker();
	await worker.stop();
	const {code, terminal} = await worker.run('worker stop');
	expect(code).toBe(0);
	expect(terminal.printed()).toBe('no worker is running for this configuration and context\n');
});

test.each([
	['worker', /worker 4711 runs for this configuration and context already/],
	['worker --once', /worker 4711 holds these applications/],
	['worker --once --mode observe', /worker --once syncs/],
	['worker stop --once', /worker stop takes no --once/],
	['worker stop --mode observe', /worker stop takes no --mode/],
])('%s is refused', async (text, message) => {
	worker = await startFakeWorker({applications: [makeApplication()]});
	const {code, terminal} = await worker.run(text);
	expect(code).toBe(2);
	expect(terminal.noted()).toMatch(message);
	expect(worker.asked).toEqual([]);
});
