import type {HoldScope} from '../../model/hold.ts';
import type {Line} from '../definition.ts';
import {parseTarget, type Target} from '../line/target.ts';
import {usageError} from '../line/usage-error.ts';
import type {Session} from '../session/connect.ts';
import {findObject} from '../session/find-object.ts';
import {selectApplications} from '../session/selection.ts';
import {settle} from '../session/settle.ts';
import type {Terminal} from '../terminal/terminal.ts';

/** Applications that are held, or resumed, in the same way: one request. */
export interface HoldTarget {
	readonly applications: readonly string[];
	readonly scope: HoldScope;
}

/** What the words of `hold` and `resume` name; refuses none, and words together with --all. */
export function readTargets({words, flags, command}: Line): readonly Target[] {
	if (flags.all && words.length > 0) throw usageError(`--all and ${words.join(' ')} exclude each other`);
	if (!flags.all && words.length === 0) {
		throw usageError(`${command.name} needs ${command.usage}, or --all`, 'See holdfast status for their names.');
	}
	return words.map(parseTarget);
}

/**
 * Finds everything that was named before anything is done with any of it. Whole applications go together; no target at
 * all: every application there is now, by name, so that none slips in between question and answer.
 */
export async function findTargets(
	session: Session,
	targets: readonly Target[],
	terminal: Terminal,
): Promise<readonly HoldTarget[]> {
	const names = [...new Set(targets.map(({application}) => application))];
	await settle(session, names, terminal);
	const whole = targets.length === 0 ? selectApplications(session.tracker, []).map(({name}) => name) : [];
	const parts: HoldTarget[] = [];
	for (const target of targets) {
		if (target.type === 'application') {
			whole.push(target.application);
			continue;
		}
		parts.push({applications: [target.application], scope: await findObject(session, target)});
	}
	return whole.length > 0 ? [{applications: whole, scope: {type: 'application'}}, ...parts] : parts;
}
