import type {ObjectRef} from '../../model/object.ts';
import type {BlockedObject, DeletionVerdict} from '../../model/plan.ts';
import {deletionBudget} from './budget.ts';
import {type DeletionCandidate, type DeletionSurvey, keep} from './deletions.ts';
import {compareText} from './order.ts';
import type {PlanInput} from './types.ts';

export interface JudgedDeletions {
	readonly verdict: DeletionVerdict;
	/** What this sync deletes. */
	readonly allowed: readonly DeletionCandidate[];
	/** What it does not delete although it may once be; each with the reason. */
	readonly kept: readonly BlockedObject[];
}

/**
 * All or nothing: a list of deletions is allowed as a whole, waits as a whole for a person, or is refused as a whole,
 * so that what a person approves is exactly what happens.
 */
export function judgeDeletions(survey: DeletionSurvey, input: PlanInput): JudgedDeletions {
	const {candidates} = survey;
	if (candidates.length === 0) return {verdict: {type: 'none'}, allowed: [], kept: []};
	const keepAll = (code: string, message: string, hint?: string): BlockedObject[] =>
		candidates.map(({item}) => keep(item.ref, hint === undefined ? {code, message} : {code, message, hint}));
	if (!input.isPruneAllowed) {
		const kept = keepAll('PruneOff', 'is not in Git any more; pruning is off', 'Sync with prune to delete it');
		return {verdict: {type: 'none'}, allowed: [], kept};
	}
	if (!input.isRenderComplete) {
		const reason = 'part of the application could not be read, so nothing is deleted';
		return {verdict: {type: 'refused', reason}, allowed: [], kept: keepAll('RenderIncomplete', reason)};
	}
	if (input.desired.length === 0 && !input.isLeaving && input.policy.automated?.allowEmpty !== true) {
		const reason = `Git renders no object at all, but ${count(input.inventory.length)} in the inventory`;
		const kept = keepAll('EmptyRender', reason, 'Check the path and the branch; set allowEmpty if this is meant');
		return {verdict: {type: 'refused', reason}, allowed: [], kept};
	}
	const reasons = reasonsToAsk(candidates, input);
	const token = deletionToken(input, candidates);
	if (reasons.length === 0 || input.confirmation === token) {
		return {verdict: {type: 'allowed', count: candidates.length}, allowed: candidates, kept: []};
	}
	if (input.confirmation !== undefined) reasons.unshift('the list is not the one that was approved');
	const reason = reasons.join('; ');
	return {
		verdict: {
			type: 'needs-confirmation',
			count: candidates.length,
			reason,
			token,
			objects: candidates.map(({item}) => printRef(item.ref)).sort(compareText),
		},
		allowed: [],
		kept: keepAll('DeletionNeedsConfirmation', 'is not in Git any more; its deletion waits for a word', reason),
	};
}

const shownReasons = 3;

function reasonsToAsk(candidates: readonly DeletionCandidate[], input: PlanInput): string[] {
	const reasons: string[] = [];
	if (input.desired.length === 0 && !input.isLeaving) reasons.push('Git renders no object at all');
	const budget = deletionBudget(input.policy.deletionBudget, input.inventory.length);
	if (candidates.length > budget) {
		reasons.push(
			`${candidates.length} deletions are more than the ${budget} of ${input.inventory.length} allowed at once`,
		);
	}
	const single = candidates.flatMap(candidate => candidate.confirmReason ?? []);
	reasons.push(...single.slice(0, shownReasons));
	if (single.length > shownReasons) reasons.push(`${single.length - shownReasons} more like these`);
	return reasons;
}

/**
 * Names exactly one list of objects, uids included. Eight characters: short enough to type, bound to what was shown.
 */
function deletionToken(input: PlanInput, candidates: readonly DeletionCandidate[]): string {
	const lines = candidates.map(({item}) => `${item.key} ${item.uid}`).sort(compareText);
	return input.hash([input.application, ...lines].join('\n')).slice(0, 8);
}

/** `Kind/name` or `Kind/namespace/name`. */
function printRef(ref: ObjectRef): string {
	return ref.namespace === '' ? `${ref.kind}/${ref.name}` : `${ref.kind}/${ref.namespace}/${ref.name}`;
}

function count(objects: number): string {
	return objects === 1 ? '1 is' : `${objects} are`;
}
