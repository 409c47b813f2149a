import {expect, test} from 'vitest';
import {useMonitorTerminals} from './monitor.ts';
import type {TestTerminal} from './terminal.ts';

const open = useMonitorTerminals();

const sizes = [
	[60, 10],
	[80, 24],
	[100, 20],
	[120, 40],
	[200, 60],
	[200, 14],
] as const;

const header = / test\b/;
/** The keys, or what was just answered. */
const footer = /\? help$|^ answer /;

/** Nothing has scrolled away: the first line is the header and the last one the footer. */
function isWhole(terminal: TestTerminal): boolean {
	const lines = terminal.lines();
	return header.test(lines[0] ?? '') && footer.test(lines.at(-1) ?? '') && lines.join('\n').includes('1 Applications');
}

test.each(sizes)('at %i by %i the screen is exactly filled, in every state', async (columns, rows) => {
	const terminal = open({columns, rows});
	await terminal.until(() => isWhole(terminal), 'itself whole');
	for (const keys of ['z', 'z', '2', '3', '4', '1', 'y', '\u001b']) {
		terminal.send(keys);
		await terminal.until(
			() => header.test(terminal.lines()[0] ?? '') && footer.test(terminal.lines().at(-1) ?? ''),
			keys,
		);
	}
	for (const [keys, shown] of [
		['?', 'enter runs'],
		[':', 'tab completes'],
		['C', '[ Leave ]'],
		['L', '[ Leave ]'],
		['F', 'stop automatic syncs'],
		['X', 'Which?'],
		['B', 'object-0'],
	] as const) {
		terminal.send(keys);
		await terminal.expectText(shown);
		expect(terminal.lines()[0]).toMatch(header);
		// Dialogs are deaf for a moment: Escape is sent until it is heard.
		await terminal.until(() => {
			if (terminal.text().includes(shown)) terminal.send('\u001b');
			return !terminal.text().includes(shown) && isWhole(terminal);
		}, `${keys} closed`);
	}
	expect(terminal.bytes()).not.toContain('\u001b[3J');
});

test('too small is said in one line, and it comes back when there is room again', async () => {
	const terminal = open({columns: 59, rows: 24});
	await terminal.expectText('Too small: 59x24, needs 60x10');
	terminal.resize(60, 10);
	await terminal.until(() => isWhole(terminal), 'itself whole');
	terminal.resize(80, 9);
	await terminal.expectText('Too small: 80x9');
	terminal.send('q');
	expect((await terminal.exited).code).toBe(0);
});

test.each([
	[120, 40, 4],
	[80, 24, 2],
	[60, 10, 1],
])('at %i by %i there are %i panes', async (columns, rows, panes) => {
	const terminal = open({columns, rows});
	await terminal.expectText('app-003');
	const frames = terminal.text().split('╭').length - 1;
	expect(rows >= 14 ? frames : 1).toBe(panes);
});

test('a resize while data pours in leaves a screen that a repaint does not change', async () => {
	const terminal = open({columns: 120, rows: 40, environment: {FIXTURE_CHANGES: '50', FIXTURE_APPLICATIONS: '300'}});
	await terminal.expectText('app-003');
	for (const [columns, rows] of [
		[80, 24],
		[200, 60],
		[61, 11],
		[140, 30],
		[90, 50],
		[120, 25],
	] as const) {
		terminal.resize(columns, rows);
		terminal.send('j');
		await new Promise(resolve => setTimeout(resolve, 30));
	}
	await terminal.until(() => isWhole(terminal) && terminal.lines().length === 25, 'itself whole');
	terminal.send('f');
	await terminal.expectText(/FROZEN \d+ s, [1-9]\d* changes behind/);
	const withoutCount = () => terminal.text().replace(/ *FROZEN.*/, '');
	const before = withoutCount();
	const bytesBefore = terminal.bytes().length;
	terminal.send('\u000c');
	await terminal.until(() => terminal.bytes().length > bytesBefore + 2_000, 'itself drawn anew');
	await terminal.until(() => withoutCount() === before, 'the same as before');
	expect(terminal.screen.buffer.active.type).toBe('alternate');
});

test('what others wrote over the screen goes by ctrl-l', async () => {
	const terminal = open({columns: 120, rows: 40});
	await terminal.expectText('app-003');
	await terminal.expectText('No commit touches');
	await terminal.expectText('Git names no object');
	// Ages go on meanwhile.
	const withoutAges = () => terminal.text().replace(/Git \d+ \w ago +/, '');
	const before = withoutAges();
	await new Promise<void>(resolve => terminal.screen.write('\u001b[5;5HGARBAGE\u001b[H', resolve));
	expect(terminal.text()).toContain('GARBAGE');
	terminal.send('\u000c');
	await terminal.expectGone('GARBAGE');
	await terminal.until(() => withoutAges() === before, 'the same as before');
});
