import {usageError} from '../line/usage-error.ts';
import type {Terminal} from './terminal.ts';

export interface WordQuestion {
	/** Names what will be done where, and ends with a question mark. */
	readonly question: string;
	/** The one answer that is a yes. */
	readonly word: string;
	/** Whether `--yes` was given. */
	readonly isYes: boolean;
	/** What is true when the answer is no: `nothing was written`. */
	readonly refusal: string;
	/** Whether the verb has a `--dry-run` to look with first. */
	readonly hasDryRun: boolean;
}

/**
 * Asks for the word to go. Never yes by default: anything but the word asked for is a no. Without a terminal only `--yes`
 * will do; a usage error says so.
 */
export async function askForWord(
	{question, word, isYes, refusal, hasDryRun}: WordQuestion,
	terminal: Terminal,
): Promise<boolean> {
	if (isYes) return true;
	if (!terminal.ask) {
		throw usageError(
			`nobody can be asked here, so ${refusal}`,
			hasDryRun ? 'Look at the plan with --dry-run, then say --yes.' : 'Say --yes.',
		);
	}
	const answer = await terminal.ask(`${question} Type ${word} to go on: `);
	if (answer?.trim() === word) return true;
	terminal.note(`${refusal.charAt(0).toUpperCase()}${refusal.slice(1)}.`);
	return false;
}
