/**
 * `npm run pictures`: the pictures of the README, taken from the real screen of the real demo. Its incident is played, and
 * the terminal's buffer is drawn at the moments that are worth a look.
 */
import {writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {pictureOf} from './picture.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const folder = new URL('../../demo/pictures/', import.meta.url);

function take(terminal: TestTerminal, name: string, title: string): void {
	writeFileSync(new URL(`${name}.svg`, folder), pictureOf(terminal, title));
	process.stdout.write(`${name}.svg\n`);
}

/** Waits longer than a test would: an incident takes its time. */
async function patiently(terminal: TestTerminal, wanted: RegExp): Promise<void> {
	for (let turn = 0; turn < 6; turn++) {
		try {
			await terminal.expectText(wanted);
			return;
		} catch (error) {
			if (turn === 5) throw error;
		}
	}
}

/** Runs a command by its name. */
async function say(command: string): Promise<void> {
	for (const keys of [':', command, '\r']) {
		terminal.send(keys);
		await sleep(300);
	}
}

const terminal = openTerminal({
	command: [process.execPath, program, 'demo'],
	columns: 120,
	rows: 40,
	environment: {COLORTERM: 'truecolor'},
});
try {
	await patiently(terminal, /1 Applications/);
	await patiently(terminal, /8 Synced|9 Synced|1\d Synced/);
	await say('incident-start');
	await patiently(terminal, /kube-controller-man/);
	await patiently(terminal, /✗ checkout/);
	// Else it would take the commit back itself.
	await say('incident-pause');
	terminal.send('g');
	await patiently(terminal, /2 Sync ── shop\/checkout/);
	await terminal.expectGone('The incident is');
	await sleep(1_500);
	take(terminal, 'monitor', 'holdfast: an application is Degraded; its tree, the drift and the Git log beside it');
	terminal.send('i');
	await sleep(1_500);
	take(terminal, 'why', 'holdfast: why an application is Degraded');
	terminal.send('\u001b');
	await sleep(500);
	terminal.send('4');
	await sleep(1_000);
	terminal.send('t');
	await patiently(terminal, /Type .* to/);
	await sleep(500);
	take(terminal, 'revert', 'holdfast: what a revert would do, before it is done');
} finally {
	terminal.send('\u001b');
	await sleep(300);
	terminal.send('q');
	await Promise.race([terminal.exited, sleep(8_000)]);
	terminal.close();
}
process.exit();
