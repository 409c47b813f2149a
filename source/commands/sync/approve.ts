import {safeText} from '../../model/text.ts';
import {askForWord} from '../terminal/ask.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Prepared} from './prepare.ts';

type Planned = Extract<Prepared, {type: 'planned'}>;

/** Asks before a sync. Where objects are deleted the word says how many, so that it cannot be given without having read it. */
export function approveSyncs(planned: readonly Planned[], isYes: boolean, terminal: Terminal): Promise<boolean> {
	const deletions = planned.reduce((sum, {plan}) => sum + plan.counts.delete, 0);
	const word = deletions > 0 ? `delete ${deletions}` : 'yes';
	return askForWord(
		{question: describe(planned), word, isYes, refusal: 'nothing was written', hasDryRun: true},
		terminal,
	);
}

function describe(planned: readonly Planned[]): string {
	const names = planned.length === 1 ? planned[0]!.application.name : `${planned.length} applications`;
	const contexts = [...new Set(planned.map(({application}) => application.context))].join(', ');
	return safeText(`Sync ${names} on ${contexts}?`);
}
