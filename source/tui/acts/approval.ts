import type {WorkerStatus} from '../../model/status.ts';
import type {Approval} from '../dialogs/questions.ts';
import {accessTo, type Guard, productionAmong} from './access.ts';

export interface Reach {
	/** Every context that would be written to. */
	readonly contexts: readonly string[];
	/** Objects that would be deleted. */
	readonly deletions: number;
	/** `Sync`. */
	readonly label: string;
	/** A word that is asked for wherever it is, because Git is written too; null: a button will do. */
	readonly word: string | null;
}

/**
 * How a yes is given: production by its name, deletions by their number, so that neither can be given without having been
 * read; else by a button. Read-only: not at all.
 */
export function approvalOf(
	reach: Reach,
	{guard, worker, now}: {readonly guard: Guard; readonly worker: WorkerStatus | null; readonly now: number},
): Approval {
	if (accessTo(reach.contexts, guard, worker, now).type === 'read-only') return {type: 'none'};
	const what = reach.deletions > 0 ? `delete ${reach.deletions}` : reach.word;
	const words = [...productionAmong(reach.contexts, worker), ...(what === null ? [] : [what])];
	if (words.length === 0) return {type: 'button', label: reach.label};
	// `Type revert to revert` would say the same twice.
	const purpose = what !== null && what === reach.word ? 'to go' : `to ${reach.label.toLowerCase()}`;
	return {type: 'word', word: words.join(' '), purpose};
}

/** What stands in a dialog that nobody can say yes to, because nothing may be written; null: it may. */
export function readOnlyNote(
	contexts: readonly string[],
	{guard, worker, now}: {readonly guard: Guard; readonly worker: WorkerStatus | null; readonly now: number},
): string | null {
	const access = accessTo(contexts, guard, worker, now);
	return access.type === 'read-only' ? `read-only: this is only a look; ${access.how}` : null;
}
