import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeAll, describe, expect, test} from 'vitest';
import {socketFor} from '../../source/protocol/locations.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from '../commands/fake-worker.ts';
import {makeApplication, makeOperation, makeWorker} from '../commands/fixtures.ts';
import {makeHold} from '../tui/fixtures.ts';
import {buildProgram} from './build-program.ts';
import {newDrift, shop} from './shop.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

let program: string;
let worker: FakeWorker;
let terminal: TestTerminal | undefined;

beforeAll(async () => {
	program = await buildProgram('source/cli.ts');
});

afterEach(async () => {
	terminal?.close();
	terminal = undefined;
	await worker?.close();
});

/** The real program, attached to a worker that says what the test wants. */
async function open(
	size: readonly [columns: number, rows: number],
	options: FakeWorkerOptions = shop(),
	words: string[] = [],
) {
	worker = await startFakeWorker(options);
	return show(size, words);
}

async function show([columns, rows]: readonly [number, number], words: string[] = []): Promise<TestTerminal> {
	terminal = openTerminal({
		command: [process.execPath, program, 'watch', '--attach', ...words],
		columns,
		rows,
		workingDirectory: worker.folder,
		environment: {...worker.environment},
	});
	await terminal.expectText('checkout');
	return terminal;
}

describe('the four panes', () => {
	test('at 120x40: all of the incident on one screen', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('1/3 ready: ImagePullBackOff');
		await screen.expectText('2 objects');
		const text = screen.text();
		expect(text).toMatch(/eu-prod +PRODUCTION/);
		expect(text).toMatch(/4 applications +2 Synced +2 OutOfSync +1 Degraded +1 held/);
		expect(text).toMatch(/✗ checkout +OutOfSync +Degraded +≋1/);
		expect(text).toMatch(/‖ ledger +OutOfSync +Healthy +held 42 m/);
		expect(text).toMatch(/└ ✗ Pod checkout-7c9f-x2x +ImagePullBackOff/);
		expect(text).toMatch(/spec\.replicas 3 → 10 +kubectl\/scale/);
		expect(text).toMatch(/● 9f3c1a2 +lena +12 m +live, Degraded: .*2 objects/);
		expect(text).toMatch(/Degraded since \d\d:\d\d/);
	});

	test('at 80x24: two, the others behind their numbers', async () => {
		const screen = await open([80, 24]);
		await screen.expectText(/3 Drift .* 2 Sync .* 4 Git log/);
		await screen.expectText(/spec\.replicas 3 → 10 +kubectl\/scale +not healed/);
		screen.send('2');
		await screen.expectText('1/3 ready: ImagePullBackOff');
		screen.send('4');
		await screen.expectText(/● 9f3c1a2 +lena +12 m +raise memory +2 objects +live, Degraded/);
	});

	test('at 200x60: everything a drift is stands in the pane', async () => {
		const screen = await open([200, 60]);
		await screen.expectText(/Deployment\/checkout/);
		await screen.expectText(/kubectl\/scale +not healed: healing is off/);
	});

	test('at 60x10: one, and the state is still a word', async () => {
		const screen = await open([60, 10]);
		await screen.expectText(/✗ checkout +OutOfSync +Degraded/);
		expect(screen.text()).toMatch(/4 apps +2✓ +2≠ +1✗ +1‖/);
		expect(screen.lines()).toHaveLength(10);
		screen.send('3');
		await screen.expectText(/spec\.replicas 3 → 10/);
	});

	test('a new drift comes in by itself, marked until it was seen', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('spec.replicas 3 → 10');
		worker.record(newDrift('drift-2'));
		await screen.expectText('LOG_LEVEL info → debug');
		expect(screen.text()).toMatch(/● \d\d:\d\d:\d\d checkout/);
		screen.send('3');
		screen.send('1');
		await screen.expectGone(/● \d\d:\d\d:\d\d checkout/);
	});

	test('a running sync shows where it is, then its end', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('1/3 ready: ImagePullBackOff');
		// Whoever moved is where they went: finished work does not jump away.
		screen.send('j');
		await screen.expectGone('1/3 ready: ImagePullBackOff');
		screen.send('k');
		await screen.expectText('1/3 ready: ImagePullBackOff');
		const running = makeOperation({phase: 'Running', wave: 1, steps: 2, done: 7, total: 11, startedAt: Date.now()});
		worker.send({applications: [makeApplication({syncStatus: 'OutOfSync', operation: running})]});
		await screen.expectText(/syncing wave 1, step 1 of 2 +███████░░░░░ +7\/11/);
		worker.send({applications: [makeApplication({operation: makeOperation({finishedAt: Date.now()})})]});
		await screen.expectText(/✓ synced 9f3c1a2/);
	});

	test('the selection decides what 2 and 4 show; a late answer never shows under another name', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('1/3 ready: ImagePullBackOff');
		screen.send('jj');
		await screen.expectText('Deployment frontend');
		await screen.expectGone('Deployment checkout');
	});

	test('filter by state, and esc takes it away', async () => {
		const screen = await open([80, 24]);
		screen.send('/held\r');
		await screen.expectGone(/✓ frontend/);
		await screen.expectText(/‖ ledger/);
		screen.send('\u001b');
		await screen.expectText(/✓ frontend/);
	});
});

describe('views over the panes', () => {
	test.each<[string, string, RegExp]>([
		['i why', 'i', /1 +Pod checkout-7c9f-x2x cannot pull its image: .*\n[\s\S]*live is 9f3c1a2 "raise memory" by lena/],
		['d diff', 'd', /spec\.replicas +10 → 3 +set by kubectl/],
		['T timeline', 'T', /drift Deployment\/checkout spec\.replicas 3 → 10[\s\S]*synced 9f3c1a2[\s\S]*synced 77e01bd/],
		['e events', 'e', /6x +Failed +Pod\/checkout-7c9f-x2x/],
		['l worker log', 'l', /warn +sync failed once/],
	])('%s is one key from the first screen', async (_name, key, wanted) => {
		const screen = await open([120, 40]);
		await screen.expectText('1/3 ready: ImagePullBackOff');
		screen.send(key);
		await screen.expectText(wanted);
		screen.send('\u001b');
		await screen.expectText('2 Sync');
	});

	test('enter on a commit shows it whole', async () => {
		const screen = await open([80, 24]);
		screen.send('4');
		await screen.expectText('raise memory');
		screen.send('\r');
		await screen.expectText('+memory: 512Mi');
		await screen.expectText('More room for the cache.');
	});

	test('enter on a drift says who and how sure; y who owns which field', async () => {
		const screen = await open([80, 24]);
		screen.send('3');
		await screen.expectText('spec.replicas 3 → 10');
		screen.send('\r');
		await screen.expectText(/who +kubectl\/scale by Update: certain, the object itself records it/);
		screen.send('y');
		await screen.expectText('replicas: 10');
		screen.send('\t\t\t');
		await screen.expectText(/kubectl, scale by Update/);
	});

	test('a line of why leads to what it says', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('raise memory');
		screen.send('i');
		await screen.expectText('cannot pull its image');
		screen.send('j\r');
		await screen.expectText('replicas: 10');
		screen.send('\u001b');
		await screen.expectText('cannot pull its image');
	});
});

describe('trouble keeps the screen', () => {
	test('a worker that dies leaves everything standing, with its age and the next try; it comes back by itself', async () => {
		const screen = await open([120, 40]);
		await screen.expectText('raise memory');
		await worker.stop();
		await screen.expectText(/stale \d+ s: .*(?:next try in|trying now)/);
		expect(screen.text()).toMatch(/✗ checkout +OutOfSync/);
		await worker.restart();
		await screen.expectGone('stale');
	});

	test('an API server that does not answer is said in the header and on the panes', async () => {
		const options = shop();
		const [connection] = makeWorker().connections;
		const screen = await open([120, 40], {
			...options,
			worker: {
				connections: [
					{
						...connection!,
						state: 'stale',
						since: Date.now() - 37_000,
						problem: {code: 'Unreachable', message: 'the API server does not answer'},
					},
				],
			},
		});
		await screen.expectText(/stale 3\d s: the API server does not answer/);
		await screen.expectText(/healing waits/);
		expect(screen.text().match(/stale \d\d s, retrying/g)?.length).toBeGreaterThanOrEqual(2);
	});

	test('the countdown of a hold is in the header', async () => {
		const hold = makeHold({until: Date.now() + 30_000});
		const screen = await open([120, 40], {
			...shop(),
			applications: [makeApplication(), makeApplication({name: 'ledger', holds: [hold]})],
		});
		await screen.expectText(/1 held [12]\d s/);
		const seconds = () => Number(/1 held (\d+) s/.exec(screen.text())?.[1]);
		const first = seconds();
		await screen.until(() => seconds() < first, 'a countdown that goes on');
	});

	test('what happened while nobody looked is said', async () => {
		worker = await startFakeWorker(shop());
		const socket = socketFor(
			{
				kubeconfig: undefined,
				context: undefined,
				configuration: {type: 'files', paths: [path.join(worker.folder, 'holdfast.yaml')]},
			},
			worker.environment,
		);
		const seen = path.join(worker.folder, '.local/state/holdfast/seen');
		mkdirSync(seen, {recursive: true});
		writeFileSync(
			path.join(seen, createHash('sha256').update(socket).digest('hex').slice(0, 16)),
			String(Date.now() - 30 * 60_000),
		);
		const screen = await show([120, 40]);
		await screen.expectText('while you were away: 1 sync, 1 drift');
	});

	test('hostile names and values stay words', async () => {
		const screen = await open([120, 40], {
			...shop(),
			applications: [
				makeApplication({name: 'checkout\u001b[2J\u202e', health: {status: 'Degraded', message: '\u009b31m'}}),
			],
		});
		await screen.expectText('checkout\\x1b[2J\\u202e');
		expect(screen.bytes()).not.toContain('\u202e');
	});

	test('1,000 applications: only what is on the screen is drawn, and keys are answered', async () => {
		const screen = await open([120, 40], shop(1_000));
		await screen.expectText('1/1004');
		screen.send('G');
		await screen.expectText('1004/1004');
		await screen.expectText('mail');
		screen.send('g');
		await screen.expectText(/✗ checkout/);
	});
});
