import {formatProblem, type Problem} from '../../../model/errors.ts';
import type {Hold} from '../../../model/hold.ts';
import {describeHolder} from '../../../model/hold-text.ts';
import type {ObjectRef} from '../../../model/object.ts';
import type {BlockedObject, DeletionVerdict, HeldItem, Plan, PlanItem} from '../../../model/plan.ts';
import {describeBlocked, hookMoments, hooksOf, keptObjects, objectName, takeOversOf} from '../../../model/plan-text.ts';
import type {StyleName} from '../../theme/styles.ts';

/** What a plan does with objects, or leaves undone. */
export type PlanVerb =
	| PlanItem['action']
	| 'take over'
	| 'left alone'
	| 'overwrites'
	| 'blocked'
	| 'keep'
	| 'not deleted';

/** One object in a plan. */
export interface PlanEntry {
	readonly object: Omit<ObjectRef, 'version'>;
	/** What there is to say of it: why, which field, from whom. */
	readonly note: string;
	/** Both in one line. */
	readonly text: string;
}

export interface PlanGroup {
	readonly verb: PlanVerb;
	readonly style: StyleName;
	readonly entries: readonly PlanEntry[];
}

export interface PlanContent {
	readonly plan: Plan;
	readonly namespace: string;
	readonly holds: readonly Hold[];
	/** What an automatic sync would have waited for. */
	readonly warnings: readonly Problem[];
}

/** Everything that a plan says of objects. Change, create and delete are always there, the others where there are some. */
export function planGroups({plan, namespace, holds}: PlanContent, now: number): PlanGroup[] {
	const place = {namespace};
	const held = (outcome: HeldItem['outcome']) =>
		plan.held.filter(item => item.outcome === outcome).map(item => heldEntry(item, place, holds, now));
	const blocked = (objects: readonly BlockedObject[]) => objects.map(each => blockedEntry(each, place));
	const others: PlanGroup[] = [
		{verb: 'hook', style: 'busy', entries: hooksOf(plan).map(({ref, phase}) => why(ref, hookMoments[phase], place))},
		{
			verb: 'take over',
			style: 'warning',
			entries: takeOversOf(plan).map(({item, path, manager}) => saying(item.ref, `${path} from ${manager}`, place)),
		},
		{verb: 'left alone', style: 'held', entries: held('left')},
		{verb: 'overwrites', style: 'bad', entries: held('overwritten')},
		{verb: 'blocked', style: 'bad', entries: blocked(plan.blocked)},
		{verb: 'keep', style: 'quiet', entries: blocked(keptObjects(plan))},
		{verb: 'not deleted', style: 'bad', entries: waitingEntries(plan.deletion)},
	];
	return [...actionGroups(plan, place), ...others.filter(({entries}) => entries.length > 0)];
}

interface InPlace {
	readonly namespace: string;
}

const actions = [
	{verb: 'change', style: 'changed'},
	{verb: 'create', style: 'added'},
	{verb: 'delete', style: 'removed'},
] as const;

function actionGroups(plan: Plan, place: InPlace): PlanGroup[] {
	const items = plan.steps.flatMap(step => step.items);
	return actions.map(({verb, style}) => ({
		verb,
		style,
		entries: items.filter(({action}) => action === verb).map(({ref, reason}) => why(ref, reason, place)),
	}));
}

function why(ref: ObjectRef, reason: string, place: InPlace): PlanEntry {
	return {object: ref, note: reason, text: `${objectName(ref, place)} (${reason})`};
}

function saying(ref: ObjectRef, note: string, place: InPlace): PlanEntry {
	return {object: ref, note, text: `${objectName(ref, place)} ${note}`};
}

function heldEntry({ref, paths, holdId}: HeldItem, place: InPlace, holds: readonly Hold[], now: number): PlanEntry {
	const holder = describeHolder(
		holds.find(({id}) => id === holdId),
		now,
	);
	if (paths.length > 0) return saying(ref, `${paths.join(', ')}, ${holder}`, place);
	return {object: ref, note: holder, text: `${objectName(ref, place)}, ${holder}`};
}

function blockedEntry(blocked: BlockedObject, place: InPlace): PlanEntry {
	const note = formatProblem({...blocked.problem, object: undefined});
	return {object: blocked.ref, note, text: describeBlocked(blocked, place)};
}

/** Deletions that wait for a word come as printed names, `Kind/name` or `Kind/namespace/name`. */
function waitingEntries(deletion: DeletionVerdict): PlanEntry[] {
	if (deletion.type !== 'needs-confirmation') return [];
	return deletion.objects.map(text => {
		const [kind = '', ...rest] = text.split('/');
		const name = rest.pop() ?? '';
		return {object: {group: '', kind, namespace: rest.join('/'), name}, note: 'waits for a person', text};
	});
}
