import {rmSync} from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll} from 'vitest';
import {buildProgram} from './build-program.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

export interface MonitorTerminalOptions {
	/** Default: 80 by 24. */
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: Readonly<Record<string, string>>;
	/** Runs it by this shell command instead of by itself; `$PROGRAM` is the whole command line. */
	readonly shell?: string;
}

/** Opens terminals that show the monitor over a made-up worker (fixtures/monitor.tsx); all are closed after each test. */
export function useMonitorTerminals(): (options?: MonitorTerminalOptions) => TestTerminal {
	let program = '';
	let opened: TestTerminal[] = [];
	beforeAll(async () => {
		program = await buildProgram('test/pty/fixtures/monitor.tsx');
	});
	afterEach(() => {
		for (const terminal of opened) terminal.close();
		opened = [];
	});
	afterAll(() => rmSync(path.dirname(program), {recursive: true, force: true}));
	return ({columns = 80, rows = 24, environment = {}, shell} = {}) => {
		const command = `${process.execPath} ${program}`;
		const terminal = openTerminal({
			command: shell === undefined ? [process.execPath, program] : ['/bin/sh', '-c', shell],
			columns,
			rows,
			environment: {...environment, PROGRAM: command},
		});
		opened.push(terminal);
		return terminal;
	};
}

/** Name in the row that is selected. */
export function selectedRow(terminal: TestTerminal): string {
	const line = terminal.lines().find(text => /[▌>]/.test(text)) ?? '';
	return /app-\d+/.exec(line)?.[0] ?? '';
}
