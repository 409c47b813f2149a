import {keyOf, nameOf, type ObjectKey} from '../../model/object.ts';
import type {BlockedObject, HeldItem, PlanItem} from '../../model/plan.ts';
import type {DesiredObject} from '../desired/types.ts';
import {countHooks, hooksOf} from '../hooks/due.ts';
import {type DeletionSurvey, surveyDeletions} from './deletions.ts';
import {hookSteps} from './hook-steps.ts';
import {applySteps, deleteSteps, type PlannedObject} from './steps.ts';
import type {ObjectKnowledge, PlanInput, SyncPlan} from './types.ts';
import {judgeDeletions} from './verdict.ts';

export type * from './types.ts';

/**
 * What a sync will do: PreSync hooks; creations and changes in stages, waves (with their Sync hooks) and kinds; PostSync
 * hooks; deletions last, in reverse. Hooks are due when anything is written, or when they are not those of the last sync.
 * Every step may be executed as it stands: deletions that are not allowed yet are in `kept` and named in the verdict,
 * never in a step.
 */
export function makePlan(input: PlanInput): SyncPlan {
	const isSelected = (key: ObjectKey): boolean => input.only?.has(key) ?? true;
	const inInventory = new Set(input.inventory.map(({ref}) => keyOf(ref)));
	const blocked: BlockedObject[] = input.blocked.filter(({ref}) => isSelected(keyOf(ref)));
	const planned: PlannedObject[] = [];
	const held: HeldItem[] = [];
	const uids = new Set<string>();
	for (const object of input.desired) {
		if (!isSelected(object.key)) continue;
		const knowledge = input.state(object.key);
		if ('uid' in knowledge && knowledge.uid !== '') uids.add(knowledge.uid);
		const obstacle = obstacleOf(object, knowledge);
		if (obstacle) blocked.push(obstacle);
		else {
			const {item, held: about} = underHold(itemFor(object, knowledge, inInventory), object, input);
			planned.push({object, item});
			if (about) held.push(about);
		}
	}
	const survey = input.only ? nothingToDelete : surveyDeletions(input, uids);
	const deletions = judgeDeletions(survey, input);
	const items = planned.flatMap(({item}) => item ?? []);
	const isWriting = items.length + deletions.allowed.length > 0;
	const hooks = !input.only && (isWriting || input.haveHooksChanged) ? input.hooks : [];
	const hasWork = isWriting || countHooks(hooks) > 0 || input.isUnfinished === true;
	const waitsAtEnd = hasWork && (input.waitsForHealth || hooksOf(hooks, 'PostSync').length > 0);
	return {
		application: input.application,
		revision: input.revision,
		steps: [...applySteps({objects: planned, hooks, waitsAtEnd}), ...deleteSteps(deletions.allowed)],
		onFailure: input.only ? [] : hookSteps(input.hooks, 'SyncFail'),
		counts: {
			create: items.filter(item => item.action === 'create').length,
			change: items.filter(item => item.action === 'change').length,
			delete: deletions.allowed.length,
			hooks: countHooks(hooks),
			unchanged: planned.length - items.length,
			blocked: blocked.length,
		},
		blocked,
		kept: [...survey.kept, ...deletions.kept],
		gone: [...survey.gone, ...(input.only ? [] : formerObjects(input, inInventory))],
		isSelective: input.only !== undefined,
		deletion: deletions.verdict,
		held,
	};
}

const nothingToDelete: DeletionSurvey = {candidates: [], kept: [], gone: []};

/** Objects of the inventory that are hooks by now: whatever becomes of them is said by their deletion policy. */
function formerObjects({hooks, desired}: PlanInput, inInventory: ReadonlySet<ObjectKey>): ObjectKey[] {
	const objects = new Set(desired.map(({key}) => key));
	return hooks.map(({key}) => key).filter(key => inInventory.has(key) && !objects.has(key));
}

/** Why an object in Git cannot be written at present; null: nothing is in the way. */
function obstacleOf(object: DesiredObject, knowledge: ObjectKnowledge): BlockedObject | null {
	const {ref, options} = object;
	if (options.apply === 'ignore') return null;
	if (knowledge.type === 'foreign') {
		const message = `${nameOf(ref)} belongs to ${knowledge.owner}`;
		const hint = 'It is left alone; remove it from one of the two, or adopt it';
		const problem = knowledge.problem ?? {code: 'OwnedByOther', message, hint};
		return {ref, problem: {...problem, object: nameOf(ref)}};
	}
	if (knowledge.type === 'unknown' && options.apply === 'if-not-present') {
		const message = `${nameOf(ref)} is written only when it is missing, and whether it is missing is not known yet`;
		return {ref, problem: {code: 'LiveStateUnknown', message, object: nameOf(ref)}};
	}
	return null;
}

/** What is left of an item once holds had their say, and what to tell of them. */
function underHold(
	item: PlanItem | null,
	{key, ref}: DesiredObject,
	input: PlanInput,
): {item: PlanItem | null; held?: HeldItem} {
	const planned = item && input.holdOn?.(key);
	if (!planned || planned.hold.type === 'free') return {item};
	const {hold, isOverridden, isOnlyHeld} = planned;
	const paths = hold.type === 'fields' ? hold.paths : [];
	const held = {ref, paths, holdId: hold.hold.id} as const;
	if (isOverridden) return {item, held: {...held, outcome: 'overwritten'}};
	if (hold.type === 'whole' || isOnlyHeld) return {item: null, held: {...held, outcome: 'left'}};
	// What is not there has no field that somebody could have set.
	if (item.action === 'create') return {item};
	return {item: {...item, leave: paths}, held: {...held, outcome: 'left'}};
}

function itemFor(
	object: DesiredObject,
	knowledge: ObjectKnowledge,
	inInventory: ReadonlySet<ObjectKey>,
): PlanItem | null {
	const {ref, key, options} = object;
	if (options.apply === 'ignore') return null;
	switch (knowledge.type) {
		case 'missing': {
			const reason = inInventory.has(key) ? 'missing in the cluster' : 'new in Git';
			return {action: 'create', ref, key, reason};
		}
		case 'changed':
			if (options.apply === 'if-not-present') return null;
			return {action: 'change', ref, key, reason: knowledge.reason, uid: knowledge.uid};
		case 'unknown':
			return {action: 'change', ref, key, reason: 'not compared yet'};
		case 'synced':
		case 'foreign':
			return null;
	}
}
