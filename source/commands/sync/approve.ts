import {usageError} from '../line/usage-error.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Prepared} from './prepare.ts';

type Planned = Extract<Prepared, {type: 'planned'}>;

/**
 * Asks for the word to go. Never yes by default: anything but the word asked for is a no. Where objects are deleted the
 * word says how many, so that it cannot be given without having read it. Without a terminal only `--yes` will do.
 */
export async function approveSyncs(planned: readonly Planned[], isYes: boolean, terminal: Terminal): Promise<boolean> {
	if (isYes) return true;
	if (!terminal.ask) {
		throw usageError(
			'nobody can be asked here, so nothing was written',
			'Look at the plan with --dry-run, then say --yes.',
		);
	}
	const deletions = planned.reduce((sum, {plan}) => sum + plan.counts.delete, 0);
	const word = deletions > 0 ? `delete ${deletions}` : 'yes';
	const answer = await terminal.ask(`${describe(planned)} Type ${word} to go on: `);
	if (answer?.trim() === word) return true;
	terminal.note('Nothing was written.');
	return false;
}

function describe(planned: readonly Planned[]): string {
	const names = planned.length === 1 ? planned[0]!.application.name : `${planned.length} applications`;
	const contexts = [...new Set(planned.map(({application}) => application.context))].join(', ');
	return `Sync ${names} on ${contexts}?`;
}
