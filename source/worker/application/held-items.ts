import {holdOn, holdOnDeletion, holdOnObject, type ObjectHold} from '../../engine/hold/coverage.ts';
import type {PlannedHold} from '../../engine/plan/types.ts';
import type {Problem} from '../../model/errors.ts';
import type {Hold} from '../../model/hold.ts';
import type {ObjectRef} from '../../model/object.ts';
import type {ApplicationContext} from './context.ts';
import {currentHolds} from './holds.ts';
import {isPending, type TrackedObject} from './tracked-object.ts';

/** What holds say of an object that a plan is to write. */
export function plannedHold(
	context: ApplicationContext,
	tracked: TrackedObject | undefined,
	isOverridden: boolean,
): PlannedHold {
	const holds = currentHolds(context);
	if (!tracked || holds.length === 0) return {hold: {type: 'free'}, isOnlyHeld: false, isOverridden};
	const drifted = tracked.drift?.fields ?? [];
	const hold = holdOnObject(holds, tracked.ref, drifted);
	const isElsewhere = drifted.some(
		field => field.class !== 'foreign-addition' && holdOn(holds, tracked.ref, field) === null,
	);
	return {hold, isOnlyHeld: tracked.presence === 'present' && !isPending(tracked) && !isElsewhere, isOverridden};
}

/** What holds say at the moment the object is written: one may have come, or gone, since that was planned. */
export function holdOnWrite(context: ApplicationContext, tracked: TrackedObject): ObjectHold {
	const {hold, isOnlyHeld} = plannedHold(context, tracked, false);
	return hold.type === 'fields' && isOnlyHeld ? {type: 'whole', hold: hold.hold} : hold;
}

/** Who keeps an object from being deleted now; an application that leaves waits for every hold on anything of it. */
export function holdOnRemoval(context: ApplicationContext, ref: ObjectRef): Hold | null {
	const holds = currentHolds(context);
	return context.state.leaving !== 'no' ? (holds[0] ?? null) : holdOnDeletion(holds, ref);
}

/** Whether something that a sync left alone because it was held is free by now: that is owed from here on. */
export function takeOwed(context: ApplicationContext): boolean {
	const {heldBack, objects} = context.state;
	const free = [...heldBack].filter(key => {
		const tracked = objects.get(key);
		return !tracked || !isLeftAlone(context, tracked);
	});
	for (const key of free) heldBack.delete(key);
	return free.length > 0;
}

function isLeftAlone(context: ApplicationContext, tracked: TrackedObject): boolean {
	if (tracked.desired) return holdOnWrite(context, tracked).type === 'whole';
	return holdOnRemoval(context, tracked.ref) !== null;
}

/** An object that somebody holds is not deleted either. */
export function heldProblem(context: ApplicationContext, ref: ObjectRef): Problem | null {
	const hold = holdOnDeletion(currentHolds(context), ref);
	return hold ? {code: 'Held', message: `is held by ${hold.owner}`, hint: 'Resume it, or override the hold'} : null;
}
