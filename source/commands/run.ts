import {HoldfastError, toProblem} from '../model/errors.ts';
import {safeBlock, safeText} from '../model/text.ts';
import {exitCodes} from './exit-codes.ts';
import {findCommand} from './line/find-command.ts';
import {normaliseArguments} from './line/normalise.ts';
import {commandTable} from './table.ts';
import type {Terminal} from './terminal/terminal.ts';
import {version} from './version-number.ts';

/** Runs one command line and answers with its exit code. Never rejects: what goes wrong is printed. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
	try {
		return await run(argv, terminal);
	} catch (error) {
		printError(error, terminal);
		return exitCodes.error;
	}
}

async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
	const given = normaliseArguments(argv);
	const isAsked = (name: string) => given.flags.some(flag => flag.name === name && flag.value === 'true');
	if (isAsked('version') && given.words.length === 0) {
		terminal.print(`holdfast ${version}`);
		return exitCodes.ok;
	}
	const command = findCommand(given.words, commandTable);
	if (isAsked('help')) {
		const {commandText, overviewText} = await import('./print/help-text.ts');
		terminal.print(given.words.length === 0 ? overviewText(commandTable) : commandText(command));
		return exitCodes.ok;
	}
	const {parseLine} = await import('./line/parse.ts');
	const line = parseLine(command, given);
	const loaded = await command.load();
	return endOnSignal(loaded.run(line, terminal), terminal.signal);
}

/** Nobody waits for a command that was told to end: not for a slow API server, not for a hanging worker. */
function endOnSignal(work: Promise<number>, signal: AbortSignal): Promise<number> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) resolve(Number(signal.reason));
		signal.addEventListener('abort', () => resolve(Number(signal.reason)), {once: true});
		work.then(resolve, reject);
	});
}

/** `holdfast: what happened [Code]`, and on a line of its own what to do next. */
function printError(error: unknown, terminal: Terminal): void {
	const {paint} = terminal.notes;
	const problem = toProblem(error);
	const place = problem.file ? `${problem.file}${problem.line ? `:${problem.line}` : ''}: ` : '';
	const subject = problem.object && !problem.message.includes(problem.object) ? `${problem.object}: ` : '';
	const sentence = safeBlock(`${place}${subject}${problem.message}`);
	terminal.note(`${paint('holdfast:', 'bad')} ${sentence} ${paint(`[${problem.code}]`, 'quiet')}`);
	if (problem.hint) terminal.note(`  ${safeText(problem.hint)}`);
	if (!(error instanceof HoldfastError) && error instanceof Error && error.stack) {
		terminal.note(safeBlock(error.stack));
	}
}
