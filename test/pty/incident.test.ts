import {rmSync} from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {buildProgram} from './build-program.ts';
import {type Incident, startIncident} from './incident.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

let program: string;
let incident: Incident;
let screen: TestTerminal;

beforeAll(async () => {
	program = await buildProgram('source/cli.ts');
});

afterEach(async () => {
	screen.close();
	await incident.worker.close();
});

afterAll(() => rmSync(path.dirname(program), {recursive: true, force: true}));

type Size = readonly [columns: number, rows: number];

async function open([columns, rows]: Size, options: {isProduction?: boolean} = {}): Promise<void> {
	incident = await startIncident(options);
	screen = openTerminal({
		command: [process.execPath, program, 'watch', '--attach'],
		columns,
		rows,
		workingDirectory: incident.worker.folder,
		environment: {...incident.worker.environment},
	});
	await screen.expectText('checkout');
	await screen.expectText(/✗ checkout/);
}

/** Waits for a dialog and until it hears: what is typed in its first 150 ms is lost on purpose. */
async function dialog(title: string | RegExp): Promise<void> {
	await screen.expectText(title);
	await new Promise(resolve => setTimeout(resolve, 250));
}

const sizes: readonly Size[] = [
	[80, 24],
	[120, 40],
	[200, 60],
	[60, 10],
];

describe.each(sizes)('the walk of an incident at %ix%i', (...size) => {
	const [, rows] = size;
	test('drift appears, who, diff, hold, sync, revert, resume', async () => {
		await open(size);
		incident.drift();
		await screen.expectText(/checkout +OutOfSync +Degraded? +≋1/);

		// Who did it, and how it differs.
		screen.send('3');
		await screen.expectText('kubectl/scale');
		screen.send('d');
		await screen.expectText(/spec\.replicas +10 → 3/);
		screen.send('\u001b');
		await screen.expectText('spec.replicas 3 → 10');

		// Hold it while we look: a reason, an hour.
		screen.send('1p');
		await dialog('Hold checkout on eu-prod');
		screen.send('INC-2231\r');
		await screen.expectText('is held until');
		await screen.expectText('2 held');
		expect(incident.writes()).toEqual(['hold']);

		// Resume: says what is put back before it is.
		screen.send('p');
		await dialog('Holds of checkout');
		await screen.expectText(rows > 10 ? /│ WHAT +│ HELD BY +│ UNTIL +│ REASON +│/ : /held by .* until/);
		screen.send('\r');
		await dialog('Resume checkout on eu-prod');
		await screen.expectText(rows > 10 ? /│ INC-2231 +│/ : /: INC-2231/);
		screen.send('\t\r');
		await screen.expectText('is not held any more');
		expect(incident.writes()).toEqual(['hold', 'resume']);

		// Sync: the plan is the question.
		screen.send('s');
		await dialog('Sync checkout to 9f3c1a2 on eu-prod, namespace shop');
		await screen.expectText(
			rows > 10 ? /~ change +│ Deployment │ checkout │ drifted/ : 'Deployment/checkout (drifted)',
		);
		screen.send('\r');
		await screen.expectGone('Sync checkout to 9f3c1a2');
		expect(incident.writes()).toEqual(['hold', 'resume']);
		screen.send('s');
		await dialog('Sync checkout to 9f3c1a2');
		screen.send('\t\r');
		await screen.expectText(/syncing/);
		incident.finish();
		await screen.expectText(/synced to 9f3c1a2: 1 created, 1 changed/);
		expect(incident.writes()).toEqual(['hold', 'resume', 'sync']);

		// Revert the bad commit, and follow it to healthy.
		screen.send('4');
		await screen.expectText('raise memory');
		screen.send('t');
		await dialog('Revert 9f3c1a2 "raise memory"');
		if (rows > 10) await screen.expectText(/~ change +│ Deployment │ checkout │ drifted/);
		if (rows > 10) await screen.expectText(/ spec\.replicas 10 → 3/);
		screen.send('revert\r');
		await screen.expectText('pushed 5be1f0c to main');
		screen.send('2');
		await screen.expectText(/✓ pulled +⟳ syncing 1\/2/);
		incident.finish();
		await screen.expectText(/✓ synced +✓ healthy/);
		expect(incident.writes()).toEqual(['hold', 'resume', 'sync', 'revert']);

		// Never more than the terminal has.
		expect(screen.lines()).toHaveLength(rows);
	});
});

describe('production', () => {
	test('is read-only until it is armed by its name, and every write asks for it again', async () => {
		await open([80, 24], {isProduction: true});
		await screen.expectText('READ-ONLY');
		screen.send('p');
		await screen.expectText('read-only: :write arms');
		screen.send('s');
		await dialog('Sync checkout to 9f3c1a2 on eu-prod (PRODUCTION)');
		await screen.expectText('this is only a look');
		screen.send('\t\r');
		await screen.expectGone('this is only a look');
		screen.send(':write 15m\r');
		await dialog('Let this screen write to eu-prod (PRODUCTION) for 15m');
		screen.send('eu-prod\r');
		await screen.expectText(/ARMED 15 m/);
		screen.send('s');
		await dialog('Type eu-prod to sync');
		screen.send('\t\r');
		await screen.expectText('that is not eu-prod');
		expect(incident.writes()).toEqual([]);
		screen.send('eu-prod\r');
		await screen.expectText('syncing checkout');
		expect(incident.writes()).toEqual(['sync']);
	});

	test('keys that arrive together with the one that opens a dialog confirm nothing', async () => {
		await open([80, 24]);
		screen.send('s\t\r');
		await dialog('Sync checkout to 9f3c1a2');
		expect(incident.writes()).toEqual([]);
		screen.send('\u001b');
		await screen.expectGone('Sync checkout to 9f3c1a2');
		screen.send('P\r');
		await dialog('Hold EVERYTHING on eu-prod');
		expect(incident.writes()).toEqual([]);
	});
});

/** Somebody else's sync, which ends well. */
async function aSync(): Promise<void> {
	incident.begin();
	await screen.expectText(/1 syncing/);
	incident.finish();
	await screen.expectGone(/1 syncing/);
}

/** A question of somebody who has never seen the program; what is pressed; and what answers it. */
interface Asked {
	readonly question: string;
	readonly keys: readonly string[];
	readonly answer: RegExp;
	/** What has to have happened before there is something to ask. */
	readonly happen?: () => Promise<void>;
}

describe('the incident, at 80x24 with at most two keys from the first screen', () => {
	test.each<Asked>([
		{question: 'what is broken', keys: [], answer: /✗ checkout +OutOfSync +Degraded/},
		{question: 'what exactly is broken', keys: ['i'], answer: /Pod checkout-7c9f-x2x cannot pull its image/},
		{question: 'since when', keys: ['2'], answer: /Degraded since \d\d:\d\d/},
		{question: 'which commit did it', keys: ['i'], answer: /9f3c1a2 "raise memory" by lena/},
		{question: 'what was before it', keys: ['i'], answer: /77e01bd was live/},
		{question: 'who touched the live object', keys: [], answer: /spec\.replicas 3 → 10 +kubectl\/scale/},
		{question: 'was it put back', keys: [], answer: /not healed/},
		{question: 'is healing on', keys: [], answer: /healing on, 1 held/},
		{question: 'who held it until when', keys: ['j', 'i'], answer: /held by lena@bastion-1 until/},
		{
			question: 'what will this key do',
			keys: ['s'],
			answer: /change 1 [\s\S]*~ change +│ Deployment │ checkout │ drifted/,
		},
		{question: 'what other keys are there', keys: ['?'], answer: /Hold, or resume what is held/},
		{question: 'did it work', keys: ['j', '2'], answer: /✓ synced 9f3c1a2/, happen: aSync},
		{
			question: 'what happened while I was away',
			keys: ['T'],
			answer: /drift Deployment\/checkout spec\.replicas 3 → 10/,
		},
	])('$question', async ({keys, answer, happen}) => {
		expect(keys.length).toBeLessThanOrEqual(2);
		expect(keys.every(key => [...key].length === 1)).toBe(true);
		await open([80, 24]);
		incident.drift();
		await screen.expectText(/≋1/);
		await happen?.();
		for (const key of keys) screen.send(key);
		await screen.expectText(answer);
	});
});
