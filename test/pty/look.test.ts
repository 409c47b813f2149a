import {expect, test} from 'vitest';
import {useMonitorTerminals} from './monitor.ts';

const open = useMonitorTerminals();

test('a locale without UTF-8 gets ASCII only', async () => {
	const terminal = open({columns: 120, rows: 40, environment: {LANG: 'C'}});
	await terminal.expectText('app-003');
	terminal.send('?');
	await terminal.expectText('enter runs');
	expect(terminal.text()).toMatch(/^[ -~\n]*$/);
});

test('NO_COLOR gets no colours, and the selection is still seen', async () => {
	const terminal = open({environment: {NO_COLOR: '1'}});
	await terminal.expectText('app-003');
	expect(terminal.bytes()).not.toMatch(/\u001b\[[\d;]*(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])[\d;]*m/);
	expect(terminal.text()).toMatch(/▌.*app-000/);
	const row = terminal.lines().findIndex(line => line.includes('app-000'));
	expect(terminal.screen.buffer.active.getLine(row)?.getCell(10)?.isInverse()).toBeTruthy();
});

test('a terminal with colours gets its own sixteen', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	expect(terminal.bytes()).toContain('\u001b[32m');
	expect(terminal.bytes()).not.toMatch(/\u001b\[[\d;]*[34]8;/);
});

test('the theme is changed on the running screen', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.send(':theme colour-blind\r');
	await terminal.until(() => terminal.bytes().includes('38;5;39'), 'blue for what is right');
});

test('a copy goes out as OSC 52, wrapped where tmux stands between', async () => {
	const terminal = open({environment: {TMUX: '/tmp/tmux,1,0', TERM: 'screen-256color'}});
	await terminal.expectText('app-003');
	terminal.send('Y');
	const data = Buffer.from('app-000').toString('base64');
	await terminal.until(() => terminal.bytes().includes(`\u001bPtmux;\u001b\u001b]52;c;${data}`), 'the copy');
});
