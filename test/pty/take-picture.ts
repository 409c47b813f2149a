/**
 * Takes a picture of any program on a terminal, after keys were sent to it:
 *
 *     node test/pty/take-picture.ts 120x40 picture.svg 'jj' '?' -- holdfast --attach
 *
 * Keys are written as in JSON (`\u001b` is Escape); after each the screen is waited for until it is quiet.
 */
import {writeFileSync} from 'node:fs';
import {pictureOf} from './picture.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

const quietMilliseconds = 800;
const longestMilliseconds = 15_000;

const words = process.argv.slice(2);
const end = words.indexOf('--');
const [size = '', file = '', ...keys] = words.slice(0, end);
const [program, ...rest] = words.slice(end + 1);
const [, columns, rows] = /^(\d+)x(\d+)$/.exec(size) ?? [];
if (end < 0 || !program || !columns || !rows) {
	process.stderr.write('usage: node test/pty/take-picture.ts COLUMNSxROWS FILE.svg [KEYS…] -- PROGRAM [WORDS…]\n');
	process.exit(2);
}

const terminal = openTerminal({
	command: [program, ...rest],
	columns: Number(columns),
	rows: Number(rows),
	environment: inherited(),
	workingDirectory: process.cwd(),
});
await quiet(terminal);
for (const text of keys) {
	terminal.send(JSON.parse(`"${text}"`));
	await quiet(terminal);
}
writeFileSync(file, pictureOf(terminal, `${program} ${rest.join(' ')}`.trim()));
terminal.close();
process.exit(0);

/** What a program needs to find its files and its cluster; CI would change what it draws. */
function inherited(): Record<string, string> {
	const {CI, CONTINUOUS_INTEGRATION, TERM, NO_COLOR, ...environment} = process.env;
	return Object.fromEntries(
		Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined),
	);
}

/** Resolves when nothing was written for a while; what never rests is taken as it is. */
async function quiet({bytes}: TestTerminal): Promise<void> {
	const deadline = performance.now() + longestMilliseconds;
	let length = -1;
	let since = performance.now();
	while (performance.now() < deadline) {
		if (bytes().length !== length) {
			length = bytes().length;
			since = performance.now();
		} else if (length > 0 && performance.now() - since > quietMilliseconds) return;
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
