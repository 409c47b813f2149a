import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {selectedRow, useMonitorTerminals} from './monitor.ts';
import type {TestTerminal} from './terminal.ts';

const open = useMonitorTerminals();

/** A dialog does not hear for 150 ms after it opened. */
const deafMilliseconds = 200;

async function asked(key: string, shown: string): Promise<TestTerminal> {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.send(key);
	await terminal.expectText(shown);
	await new Promise(resolve => setTimeout(resolve, deafMilliseconds));
	return terminal;
}

test('Enter that was typed blind behind a command confirms nothing', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.send('C\t\r');
	await terminal.expectText('[ Leave ]');
	await new Promise(resolve => setTimeout(resolve, deafMilliseconds));
	expect(terminal.text()).toContain('[ Leave ]');
});

test.each([
	['Enter at once', '\r', 'answer false'],
	['Escape', '\u001b', 'answer false'],
	['tab and Enter', '\t\r', 'answer true'],
	['there and back again', '\t\t\r', 'answer false'],
	['right and Enter', '\u001b[C\r', 'answer true'],
	['ctrl-c', '\u0003', 'ctrl-c again'],
])('yes or no: %s', async (_name, keys, answer) => {
	const terminal = await asked('C', '[ Leave ]');
	terminal.send(keys);
	await terminal.expectText(answer);
	await terminal.expectGone('Sure?');
});

test.each([
	['a y', 'y'],
	['a space', ' '],
	['a paste', '\u001b[200~\t\r\u001b[201~'],
	['keys of the panes', 'jqz:?4'],
])('yes or no: %s neither answers nor reaches what lies below', async (_name, keys) => {
	const terminal = await asked('C', '[ Leave ]');
	terminal.send(keys);
	terminal.send('\t');
	await terminal.expectText('[ Do it ]');
	terminal.send('\u001b');
	await terminal.expectText('answer false');
	expect(selectedRow(terminal)).toBe('app-000');
});

test('a plan that is longer than the screen is scrolled, and its buttons stay', async () => {
	const terminal = await asked('L', 'line 0 of');
	expect(terminal.text()).toContain('[ Leave ]');
	expect(terminal.text()).toContain('/60');
	terminal.send('\u001b[6~'.repeat(12));
	await terminal.expectText('line 59 of');
	expect(terminal.text()).toContain('[ Leave ]');
});

test.each([
	['the name and Enter', ['eu-prod', '\r'], 'answer true'],
	['the name in one read with Enter', ['eu-prod\r'], 'answer true'],
	['the name with a mistake mended', ['eu-prox\u007fd\r'], 'answer true'],
	['leaving', ['eu-prod', '\u001b'], 'answer false'],
])('a typed name: %s', async (_name, keys, answer) => {
	const terminal = await asked('T', 'Type eu-prod to sync');
	for (const text of keys) terminal.send(text);
	await terminal.expectText(answer);
});

test('a typed name: anything else does nothing and says so', async () => {
	const terminal = await asked('T', 'Type eu-prod to sync');
	terminal.send('eu-staging\r');
	await terminal.expectText('that is not eu-prod; nothing was done');
	expect(terminal.text()).toContain('Type eu-prod to sync');
});

test('one of several is gone to and chosen', async () => {
	const terminal = await asked('X', 'Which?');
	terminal.send('jj\r');
	await terminal.expectText('answer 3');
});

test('a form is gone through by tab, complains, and answers', async () => {
	const terminal = await asked('F', 'Hold checkout');
	terminal.send('\r');
	await terminal.expectText('say why');
	terminal.send('\u001b[C\t \tINC-1\r');
	await terminal.expectText('answer {"until":"1h","also":"yes","reason":"INC-1"}');
});

describe('a table in a dialog', () => {
	test('is drawn with its heads, wide characters too, and scrolled below them; the buttons stay', async () => {
		const terminal = await asked('B', 'delete 2   change 298');
		await terminal.expectText(/│ ACTION +│ NAME +│ WHY +│/);
		const rows = terminal.lines().filter(line => /│ [-~] (delete|change) +│/.test(line));
		expect(rows[1]).toMatch(/│ - delete │ 設定-環境 +│ drifted +│/);
		expect(new Set(rows.map(line => stringWidth(line))).size).toBe(1);
		terminal.send('\u001b[B'.repeat(5));
		await terminal.expectText(/┌─+┬─+┬─+┐ │\n.* ACTION .*\n.*├─+┼─+┼─+┤ │\n.* object-4 /);
		terminal.send('\u001b[F');
		await terminal.expectText(/object-299 +│ the reason of the last one/);
		await terminal.expectText(/└─+┴─+┴─+┘/);
		await terminal.expectText(' end');
		expect(terminal.text()).toContain('[ Leave ]');
	});

	test('is lines where there is no room for it', async () => {
		const terminal = open({columns: 60, rows: 10});
		await terminal.expectText('app-000');
		terminal.send('B');
		await terminal.expectText('- delete 設定-環境 (drifted)');
		expect(terminal.text()).not.toContain('ACTION');
		expect(terminal.text()).toContain('[ Leave ]');
	});

	test('has ASCII rules where the locale has no others, and no colours where none are wanted', async () => {
		const terminal = open({environment: {LANG: 'C', NO_COLOR: '1'}});
		await terminal.expectText('app-003');
		terminal.send('B');
		await terminal.expectText(/\| ACTION +\| NAME +\| WHY +\|/);
		expect(terminal.text()).toMatch(/\+-+\+-+\+-+\+/);
		expect(terminal.bytes()).not.toMatch(/\u001b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])[;m]/);
	});
});
