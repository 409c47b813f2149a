import {expect, test} from 'vitest';
import {useMonitorTerminals} from './monitor.ts';
import type {TestTerminal} from './terminal.ts';

const open = useMonitorTerminals();

/** Started by a shell that goes on afterwards, as a person does. */
const fromShell =
	'printf "before\\n"; stty -a > /tmp/holdfast-stty-$$; $PROGRAM; echo "code $?"; stty -a | cmp - /tmp/holdfast-stty-$$ && echo restored; rm /tmp/holdfast-stty-$$; cat';

async function started(environment: Readonly<Record<string, string>> = {}): Promise<TestTerminal> {
	const terminal = open({shell: fromShell, environment});
	await terminal.expectText('app-003');
	expect(terminal.buffer()).toBe('alternate');
	return terminal;
}

/** The process of the monitor below the shell. */
async function monitorPid(terminal: TestTerminal): Promise<number> {
	const {readFileSync} = await import('node:fs');
	return Number(readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8').trim().split(' ')[0]);
}

async function expectGivenBack(terminal: TestTerminal): Promise<void> {
	await terminal.expectText('restored');
	expect(terminal.buffer()).toBe('normal');
	expect(terminal.lines()[0]).toBe('before');
	const {modes} = terminal.screen;
	expect([modes.bracketedPasteMode, modes.mouseTrackingMode, modes.applicationCursorKeysMode]).toEqual([
		false,
		'none',
		false,
	]);
	// The cursor is back: the last word about it was to show it.
	const bytes = terminal.bytes();
	expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'));
	expect(bytes.lastIndexOf('\u001b[?2026l')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?2026h'));
}

test('q leaves the terminal as it was', async () => {
	const terminal = await started();
	terminal.send('q');
	await terminal.expectText('code 0');
	await expectGivenBack(terminal);
});

test('ctrl-c asks for a second one, which leaves', async () => {
	const terminal = await started();
	terminal.send('\u0003');
	await terminal.expectText('ctrl-c again leaves');
	terminal.send('\u0003');
	await terminal.expectText('code 0');
	await expectGivenBack(terminal);
});

test.each([
	['SIGTERM', 143],
	['SIGINT', 130],
	['SIGHUP', 129],
	['SIGQUIT', 131],
] as const)('%s leaves the terminal as it was', async (signal, code) => {
	const terminal = await started();
	process.kill(await monitorPid(terminal), signal);
	await terminal.expectText(`code ${code}`);
	await expectGivenBack(terminal);
});

test.each([
	['an exception', 'throw'],
	['a rejection', 'reject'],
	['an exception while drawing', 'render'],
])('%s leaves the terminal as it was, and can be read there', async (_name, kind) => {
	const terminal = await started({FIXTURE_CRASH: kind});
	terminal.send('K');
	await terminal.expectText('the crash that was asked for');
	await terminal.expectText('code 2');
	await expectGivenBack(terminal);
});

test('process.exit from anywhere leaves the terminal as it was', async () => {
	const terminal = await started({FIXTURE_CRASH: 'exit'});
	terminal.send('K');
	await terminal.expectText('code 7');
	await expectGivenBack(terminal);
});

test('a connection that drops ends the monitor', async () => {
	const terminal = open({environment: {FIXTURE_CHANGES: '20'}});
	await terminal.expectText('app-003');
	terminal.hangUp();
	await terminal.until(() => !isRunning(terminal.pid), 'its process ended');
});

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

test('the shell behind an ended connection takes the monitor with it', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.kill('SIGHUP');
	expect((await terminal.exited).code).toBe(129);
});

test('ctrl-z gives the terminal to the shell, and fg brings the screen back as it was', async () => {
	const terminal = open({shell: 'set -m; exec /bin/bash --norc --noprofile -i', environment: {PS1: 'shell> '}});
	await terminal.expectText('shell>');
	terminal.send('$PROGRAM\r');
	await terminal.expectText('app-003');
	terminal.send('jj\u001a');
	await terminal.expectText('Stopped');
	expect(terminal.buffer()).toBe('normal');
	// The shell hears and echoes: the terminal is cooked again.
	terminal.send('echo al""ive\r');
	await terminal.expectText('alive');
	terminal.send('fg\r');
	await terminal.expectText('1 Applications');
	expect(terminal.buffer()).toBe('alternate');
	await terminal.expectText(/▌.*app-002/);
	terminal.send('q');
	await terminal.expectText('shell>');
	expect(terminal.buffer()).toBe('normal');
});

test('where no shell could continue it, ctrl-z comes back by itself', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.send('\u001a');
	await terminal.until(() => terminal.bytes().split('\u001b[?1049h').length === 3, 'entered again');
	terminal.send('j');
	await terminal.expectText(/▌.*app-001/);
});

test('the terminal is lent to another program, whose ctrl-c is its own, and taken back', async () => {
	const terminal = open();
	await terminal.expectText('app-003');
	terminal.send('jE');
	await terminal.expectText('lent>');
	expect(terminal.buffer()).toBe('normal');
	terminal.send('\u0003jjj\r');
	await terminal.expectText('heard jjj');
	terminal.send('\r');
	await terminal.expectText('it came back');
	expect(terminal.buffer()).toBe('alternate');
	await terminal.expectText(/▌.*app-001/);
});
