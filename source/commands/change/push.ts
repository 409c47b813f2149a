import type {Problem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import type {ChangePreview, PushedChange} from '../../protocol/messages/change.ts';
import {exitCodes} from '../exit-codes.ts';
import {askForWord} from '../terminal/ask.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';

export interface ChangeQuestion {
	/** `Revert 9f3c1a2`. */
	readonly what: string;
	/** The word that is a yes where nothing is deleted. */
	readonly word: string;
	readonly preview: ChangePreview;
	/** `--branch`: nothing happens in the cluster until somebody merges it. */
	readonly branch: string | undefined;
	readonly isYes: boolean;
}

/** Asks before a push. Where it will delete objects the word says how many, as with a sync. */
export function approveChange(
	{what, word, preview, branch, isYes}: ChangeQuestion,
	terminal: Terminal,
): Promise<boolean> {
	const deletions = preview.effects.reduce((sum, {plan}) => sum + plan.counts.delete, 0);
	const contexts = [...new Set(preview.effects.map(({context}) => context))];
	const effect = contexts.length > 0 && branch === undefined ? `, with effect on ${contexts.join(', ')}` : '';
	return askForWord(
		{
			question: safeText(`${what} and push it to ${branch ?? preview.branch}${effect}?`),
			word: deletions > 0 ? `delete ${deletions}` : word,
			isYes,
			refusal: 'nothing was pushed',
			hasDryRun: true,
		},
		terminal,
	);
}

/** Waits for the worker to push; who leaves meanwhile is told that it may still happen. */
export async function pushChange<Answer>(
	pushing: Promise<Answer>,
	application: string,
	terminal: Terminal,
): Promise<Answer> {
	const progress = startProgress(terminal, 'pushing');
	const warn = () => {
		terminal.note(`interrupted: it may have been pushed all the same; holdfast log ${application} shows it`);
	};
	terminal.signal.addEventListener('abort', warn, {once: true});
	try {
		return await pushing;
	} finally {
		terminal.signal.removeEventListener('abort', warn);
		progress.end();
	}
}

/** Trouble is 2; a change that was meant for the tracked branch and is now waiting for a person is 1. */
export function changeCode({result, problem}: {result?: PushedChange; problem?: Problem}): number {
	if (problem || !result) return exitCodes.error;
	return result.refusedBecause === undefined ? exitCodes.ok : exitCodes.differs;
}
