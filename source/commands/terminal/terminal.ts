import {createInterface} from 'node:readline';
import {createSurface, type Environment, type Surface} from './surface.ts';

/**
 * Everything a command may touch of the process it runs in. Results go to `print` (stdout); progress, notices and
 * questions go to `note` (stderr), so that a pipe gets nothing but the result.
 */
export interface Terminal {
	readonly environment: Environment;
	readonly workingDirectory: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Writes lines to stdout; a line end is added. */
	readonly print: (text: string) => void;
	/** Writes lines to stderr; a line end is added. */
	readonly note: (text: string) => void;
	/** Writes to stderr as it is: for a progress line that is drawn over itself. */
	readonly draw: (text: string) => void;
	readonly output: Surface;
	readonly notes: Surface;
	/** Asks a person for one line; null at the end of the input. Absent where nobody can be asked. */
	readonly ask?: (question: string) => Promise<string | null>;
	/** Aborted when the command should end at once; the reason is the exit code. */
	readonly signal: AbortSignal;
	/** From here on SIGINT and SIGTERM are the command's own business. */
	readonly releaseSignals: () => void;
}

/** The terminal of this process. */
export function processTerminal(signals: Pick<Terminal, 'signal' | 'releaseSignals'>): Terminal {
	const {env, stdin, stdout, stderr} = process;
	return {
		environment: env,
		workingDirectory: process.cwd(),
		now: Date.now,
		print: text => void stdout.write(`${text}\n`),
		note: text => void stderr.write(`${text}\n`),
		draw: text => void stderr.write(text),
		output: createSurface(env, stdout),
		notes: createSurface(env, stderr),
		ask: stdin.isTTY && stderr.isTTY ? question => askLine(stdin, stderr, question) : undefined,
		...signals,
	};
}

/** Line by line and unedited: the terminal itself does the editing, and ctrl-c stays a signal. */
function askLine(
	input: NodeJS.ReadableStream,
	output: {write(text: string): unknown},
	question: string,
): Promise<string | null> {
	output.write(question);
	const lines = createInterface({input, terminal: false});
	return new Promise(resolve => {
		let answer: string | null = null;
		lines.once('line', line => {
			answer = line;
			lines.close();
		});
		lines.once('close', () => {
			if (answer === null) output.write('\n');
			resolve(answer);
		});
	});
}
