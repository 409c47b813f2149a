import type {Access} from './access.ts';
import type {Act} from './ledger.ts';
import type {Selection} from './ports.ts';
import {undoable} from './undoable.ts';

/** What decides whether a key can work now. */
export interface ActFacts {
	/** Whether the worker answers. */
	readonly isConnected: boolean;
	readonly selection: Selection;
	/** To the context of the selected application. */
	readonly access: Access;
	/** To everything. */
	readonly accessToAll: Access;
	/** How many applications there are. */
	readonly applications: number;
	readonly acts: readonly Act[];
	readonly isFrozen: boolean;
}

/** true, or why not: a sentence without a period. */
export type Rule = (facts: ActFacts) => true | string;

/** The first reason counts. */
function all(...rules: readonly Rule[]): Rule {
	return facts => {
		for (const rule of rules) {
			const answer = rule(facts);
			if (answer !== true) return answer;
		}
		return true;
	};
}

const connected: Rule = ({isConnected}) => isConnected || 'the worker does not answer';
const application: Rule = ({selection}) =>
	selection.application !== null || selection.marked.length > 0 || 'no application is selected';
const anything: Rule = ({applications}) => applications > 0 || 'no application is declared';
const writable: Rule = ({access}) => access.type !== 'read-only' || `read-only: ${access.how}`;
const allWritable: Rule = ({accessToAll}) => accessToAll.type !== 'read-only' || `read-only: ${accessToAll.how}`;
const commit: Rule = ({selection}) => selection.commit !== null || 'choose a commit in 4';
const notReverted: Rule = ({selection: {commit: chosen}}) =>
	chosen?.revertedBy === undefined || 'this commit is taken back already';
const onBranch: Rule = ({selection}) =>
	!/^(?:refs\/tags\/|[0-9a-f]{40}$)/.test(selection.application?.target ?? '') ||
	'it follows a tag or a commit, and those do not move: change the target in Git';
const drift: Rule = ({selection}) => selection.drift !== null || 'choose a drift in 3';
const openDrift: Rule = ({selection}) => selection.drift?.isOpen || 'this drift does not stand any more';
const running: Rule = ({selection}) =>
	selection.application?.operation?.phase === 'Running' || 'no sync of this application is running';
const notRunning: Rule = ({selection}) =>
	selection.application?.operation?.phase !== 'Running' ||
	selection.marked.length > 0 ||
	'a sync is running: x ends it';
const somethingDone: Rule = ({acts, isFrozen}) => isFrozen || undoable(acts) !== null || 'nothing was done from here';
const possibleUndo: Rule = ({acts, isFrozen}) => {
	const act = undoable(acts);
	if (isFrozen || act?.undo.type !== 'none') return true;
	return `${act.verb} ${act.target} cannot be undone: ${act.undo.help}`;
};
const undoWritable: Rule = facts => {
	const type = undoable(facts.acts)?.undo.type;
	return facts.isFrozen || type === 'disarm' ? true : all(connected, allWritable)(facts);
};

/**
 * When each act can be begun. What only looks until it is approved, a sync, a revert, an adoption, can be begun read-only:
 * its dialog then has nothing to say yes to, and says why.
 */
export const rules = {
	sync: all(connected, application, notRunning),
	endSync: all(connected, application, running, writable),
	hold: all(connected, application, writable),
	holdEverything: all(connected, anything, allWritable),
	revert: all(connected, application, commit, notReverted, onBranch),
	adopt: all(connected, drift, openDrift, onBranch),
	refresh: all(connected, anything),
	undo: all(somethingDone, possibleUndo, undoWritable),
	copy: application,
} as const satisfies Readonly<Record<string, Rule>>;
