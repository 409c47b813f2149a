import {expect, test} from 'vitest';
import {selectedRow, useMonitorTerminals} from './monitor.ts';
import type {TestTerminal} from './terminal.ts';

const open = useMonitorTerminals();

async function started(options: Parameters<typeof open>[0] = {}): Promise<TestTerminal> {
	const terminal = open(options);
	await terminal.expectText('app-003');
	return terminal;
}

function expectSelected(terminal: TestTerminal, name: string): Promise<void> {
	return terminal.until(() => selectedRow(terminal) === name, `${name} selected`);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, milliseconds));
}

test('letters that arrive together are all seen', async () => {
	const terminal = await started();
	terminal.send('jjj');
	await expectSelected(terminal, 'app-003');
});

test('a whole command that arrives together is typed into the palette and run', async () => {
	const terminal = await started();
	terminal.send('jj:say hello\r');
	await terminal.expectText('said hello');
	expect(selectedRow(terminal)).toBe('app-002');
});

test('an arrow that a slow link split is an arrow, and leaves nothing', async () => {
	const terminal = await started();
	terminal.send('z');
	await terminal.expectText('app-015');
	terminal.send('\u001b');
	await pause(60);
	terminal.send('[B');
	await expectSelected(terminal, 'app-001');
	expect(terminal.text()).toContain('app-015');
});

test('Escape alone goes back', async () => {
	const terminal = await started();
	terminal.send('z');
	await terminal.expectText('app-015');
	terminal.send('\u001b');
	await terminal.expectGone('app-015');
});

test('Escape and a letter in one read are both seen', async () => {
	const terminal = await started();
	terminal.send('z');
	await terminal.expectText('app-015');
	terminal.send('\u001bj');
	await expectSelected(terminal, 'app-001');
	await terminal.expectGone('app-015');
});

test('a paste is never a command', async () => {
	const terminal = await started();
	terminal.send('\u001b[200~Gq:quit\r\u001b[201~');
	await terminal.expectText('A paste is never a command');
	terminal.send('j');
	await expectSelected(terminal, 'app-001');
});

test('a paste into a field is text of it, on one line', async () => {
	const terminal = await started();
	terminal.send('/');
	await terminal.until(() => terminal.lines().at(-1) === '/█', 'the filter line');
	terminal.send('\u001b[200~app-01\r\n\u001b[201~');
	await terminal.expectGone('app-003');
	expect(terminal.lines().at(-1)).toContain('/app-01');
});

test('the filter is kept by Enter and taken back by Escape', async () => {
	const terminal = await started();
	terminal.send('/app-04\r');
	await terminal.expectText('1/2 ');
	terminal.send('/1');
	await terminal.expectText('1/1 ');
	terminal.send('\u001b');
	await terminal.expectText('1/2 ');
	terminal.send('\u001b');
	await terminal.expectText('1/42 ');
});

test('help finds a command by a word of its title and runs it', async () => {
	const terminal = await started();
	terminal.send('?');
	await terminal.expectText('What can be done here');
	terminal.send('give one pane');
	await terminal.expectText(/find: give one pane/);
	terminal.send('\r');
	await terminal.expectText('app-015');
});

test('a command that cannot run now says why, in the help and when its key is pressed', async () => {
	const terminal = await started();
	terminal.send('V');
	await terminal.expectText('Do what cannot be done: the worker is gone');
	terminal.send('?cannot be done');
	await terminal.expectText('not now: the worker is gone');
});

test('a command that fails says so and the screen goes on', async () => {
	const terminal = await started();
	terminal.send(':throw\r');
	await terminal.expectText('Fail: the failure that was asked for');
	terminal.send('j');
	await expectSelected(terminal, 'app-001');
});

test('the palette completes arguments', async () => {
	const terminal = await started();
	terminal.send(':say ');
	await terminal.expectText('say goodbye');
	terminal.send('good\r');
	await terminal.expectText('said goodbye');
});

test('a command that needs words is taken from the help to the palette', async () => {
	const terminal = await started();
	terminal.send('?say a word');
	await terminal.expectText('find: say a word');
	terminal.send('\r');
	await terminal.expectText('say goodbye');
	terminal.send('hello\r');
	await terminal.expectText('said hello');
});

test('keys are remapped by a file, and what is wrong there is told', async () => {
	const {mkdtempSync, mkdirSync, writeFileSync, rmSync} = await import('node:fs');
	const {tmpdir} = await import('node:os');
	const {join} = await import('node:path');
	const folder = mkdtempSync(join(tmpdir(), 'holdfast-keys-'));
	try {
		mkdirSync(join(folder, 'holdfast'));
		writeFileSync(join(folder, 'holdfast', 'keys.json'), '{"down": ["w", "down"], "zoo": ["y"]}');
		const terminal = await started({columns: 160, rows: 30, environment: {XDG_CONFIG_HOME: folder}});
		await terminal.expectText('There is no command "zoo"');
		terminal.send('jw');
		await expectSelected(terminal, 'app-001');
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('a view is scrolled, searched and left, and the list below is as it was', async () => {
	const terminal = await started();
	terminal.send('jjy');
	await terminal.expectText('Applications → yaml app-000');
	terminal.send('/needle\r');
	terminal.send('nn');
	await terminal.expectText('text 100 needle');
	// The first one takes the search away, the second one the view.
	terminal.send('\u001b');
	await pause(150);
	terminal.send('\u001b');
	await expectSelected(terminal, 'app-002');
});
