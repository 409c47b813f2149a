import {type IPty, spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';

export interface TerminalOptions {
	readonly command: readonly [string, ...string[]];
	readonly columns: number;
	readonly rows: number;
	/** On top of a plain terminal's own. */
	readonly environment?: Readonly<Record<string, string>>;
	readonly workingDirectory?: string;
}

export interface TestTerminal {
	readonly pid: number;
	/** Everything that the program has written, as it came. */
	readonly bytes: () => string;
	/** The lines of the screen, without blanks at their ends. */
	readonly lines: () => string[];
	readonly text: () => string;
	readonly buffer: () => 'normal' | 'alternate';
	readonly screen: InstanceType<typeof headless.Terminal>;
	/** Sends bytes in one write. */
	send(text: string): void;
	resize(columns: number, rows: number): void;
	kill(signal: NodeJS.Signals): void;
	/** Closes the terminal's own end, as a dropped connection does. */
	hangUp(): void;
	/** Waits until the screen says so; fails with the screen. */
	expectText(wanted: string | RegExp): Promise<void>;
	expectGone(unwanted: string | RegExp): Promise<void>;
	/** Waits until a condition on the screen holds; fails with the screen. */
	until(condition: () => boolean, what: string): Promise<void>;
	/** Resolves when it has ended and everything it wrote is on the screen. */
	readonly exited: Promise<{readonly code: number; readonly signal: number}>;
	close(): void;
}

const patienceMilliseconds = 20_000;
const lookMilliseconds = 15;

/** Starts a program in a real pty; a terminal emulator is at the other end, and answers what the program asks of it. */
export function openTerminal(options: TerminalOptions): TestTerminal {
	const {columns, rows, command} = options;
	const [file, ...words] = command;
	const screen = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
	const pty = spawn(file, words, {
		cols: columns,
		rows,
		cwd: options.workingDirectory ?? '/',
		env: plainEnvironment(options.environment),
	});
	let bytes = '';
	let isEmptied = Promise.resolve();
	pty.onData(chunk => {
		bytes += chunk;
		isEmptied = new Promise(resolve => screen.write(chunk, resolve));
	});
	screen.onData(answer => pty.write(answer));
	let hasExited = false;
	const exited = new Promise<{code: number; signal: number}>(resolve => {
		pty.onExit(({exitCode, signal}) => {
			hasExited = true;
			isEmptied.then(() => resolve({code: exitCode, signal: signal ?? 0}));
		});
	});
	const lines = () => {
		const {active} = screen.buffer;
		return Array.from({length: screen.rows}, (_, index) =>
			(active.getLine(active.viewportY + index)?.translateToString(true) ?? '').trimEnd(),
		);
	};
	const text = () => lines().join('\n');
	const until = async (condition: () => boolean, what: string) => {
		const deadline = performance.now() + patienceMilliseconds;
		while (!condition()) {
			if (performance.now() > deadline) throw new Error(`The screen never showed ${what}. It shows:\n${text()}`);
			await new Promise(resolve => setTimeout(resolve, lookMilliseconds));
		}
	};
	const has = (wanted: string | RegExp) => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
	return {
		pid: pty.pid,
		bytes: () => bytes,
		lines,
		text,
		buffer: () => screen.buffer.active.type,
		screen,
		send: keys => pty.write(keys),
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		kill: signal => void process.kill(pty.pid, signal),
		hangUp: () => (pty as IPty & {destroy(): void}).destroy(),
		expectText: wanted => until(() => has(wanted), String(wanted)),
		expectGone: unwanted => until(() => !has(unwanted), `itself without ${String(unwanted)}`),
		until,
		exited,
		close() {
			try {
				if (!hasExited) process.kill(pty.pid, 'SIGKILL');
			} catch {
				// It ended by itself, and the word of it is still on its way.
			}
			screen.dispose();
		},
	};
}

/** Nothing of the person who runs the tests leaks in; above all not CI, which makes programs behave. */
function plainEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: '/nowhere',
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		...extra,
	};
}
