import {afterEach, expect, test} from 'vitest';
import {shop} from '../pty/shop.ts';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeDrift} from './fixtures.ts';

let worker: FakeWorker | undefined;

afterEach(async () => {
	await worker?.close();
	worker = undefined;
});

test('without a terminal there is a line for how everything stands, and one for every change of state', async () => {
	worker = await startFakeWorker({applications: [makeApplication()]});
	const {ended, terminal} = worker.start('watch');
	await terminal.untilPrinted(/^\S+Z state checkout Synced Healthy$/m);
	// The same state again is no change.
	worker.send({applications: [makeApplication({syncedAt: 1})]});
	worker.send({applications: [makeApplication({syncStatus: 'OutOfSync'})]});
	await terminal.untilPrinted(/^\S+Z state checkout OutOfSync Healthy/m);
	const event = makeDrift();
	worker.record({type: 'drift', id: event.id, time: event.time, application: 'checkout', event});
	await terminal.untilPrinted(
		/^2026-11-21T11:04:31Z drift checkout Deployment\/checkout spec\.replicas 3→10 kubectl\/scale healed 0\.1s$/m,
	);
	expect(terminal.printed().match(/ state checkout /g)).toHaveLength(2);
	await worker.stop();
	expect(await ended).toBe(2);
	expect(terminal.noted()).toContain('WorkerGone');
});

test('--attach starts no worker', async () => {
	worker = await startFakeWorker();
	await worker.stop();
	const {code, terminal} = await worker.run('watch --attach');
	expect(code).toBe(2);
	expect(terminal.noted()).toContain('[WorkerNotRunning]');
});

test('--snapshot prints one frame of text, the worst application selected', async () => {
	worker = await startFakeWorker(shop());
	const {code, terminal} = await worker.run('watch --snapshot');
	expect(code).toBe(0);
	const text = terminal.printed();
	expect(text).toMatch(/✗ checkout +OutOfSync +Degraded/);
	expect(text).toContain('1/3 ready: ImagePullBackOff');
	expect(text).toMatch(/spec\.replicas 3 → 10 +kubectl\/scale/);
	expect(text).not.toContain('\u001b');
	for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});
