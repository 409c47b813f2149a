import {carryOver} from '../../engine/drift/carry-over.ts';
import {matchesText} from '../../engine/fields/pattern.ts';
import {healBody} from '../../engine/heal/body.ts';
import {hasIgnoreRules, pathsToLeave} from '../../engine/heal/leave.ts';
import {strategyRemedy} from '../../engine/heal/strategy-remedy.ts';
import type {ObjectHold} from '../../engine/hold/coverage.ts';
import {heldBackHash, heldBody, isHeldBack} from '../../engine/hold/held-body.ts';
import {planTakeOver} from '../../engine/ownership/take-over.ts';
import {toProblem} from '../../model/errors.ts';
import type {Hold} from '../../model/hold.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import type {ApplicationContext} from './context.ts';
import {holdOnRemoval, holdOnWrite} from './held-items.ts';
import {refuseForeign} from './ownership.ts';
import {recreate} from './recreate.ts';
import type {TrackedObject} from './tracked-object.ts';
import {applyTracked, desiredBody, exclusively, forget, keepFingerprint} from './writer.ts';

/** Writes what the holds of this moment let it write. Answers with what they kept from being written. */
export async function writeObject(
	context: ApplicationContext,
	item: PlanItem,
	{overridesHolds}: {overridesHolds: boolean},
): Promise<ObjectHold> {
	const tracked = context.state.objects.get(item.key);
	if (!tracked?.desired) return {type: 'free'};
	return exclusively(context, tracked, async () => {
		const hold: ObjectHold = overridesHolds ? {type: 'free'} : holdOnWrite(context, tracked);
		if (hold.type === 'whole') return hold;
		context.session.watches.own(tracked.key, context.subscriber);
		const held = hold.type === 'fields' ? hold.paths : [];
		if (tracked.presence === 'present') {
			await changeObject(context, tracked, held);
			return hold;
		}
		try {
			// Without force: if it exists after all, with other values, this is refused instead of taking it over.
			await applyTracked(context, tracked, desiredBody(tracked), {force: false});
			return {type: 'free'};
		} catch (error) {
			if (toProblem(error).code !== 'Conflict') throw error;
			await changeObject(context, tracked, held);
			return hold;
		}
	});
}

/** Applies over an existing object: first checks whose it is, takes over from client-side apply, and leaves what rules say. */
async function changeObject(
	context: ApplicationContext,
	tracked: TrackedObject,
	held: readonly string[],
): Promise<void> {
	const {session, state, application} = context;
	// Another uid, or a drift that stands: somebody was here, and may own it by now.
	const isTouched = tracked.drift !== null || tracked.fingerprint?.uid !== tracked.uid;
	const needsLive = isTouched || held.length > 0 || hasIgnoreRules(application.ignoreDifferences, tracked.ref);
	if (!needsLive) {
		await applyOver(context, tracked, desiredBody(tracked));
		return;
	}
	let live = await session.cluster.get(tracked.ref, 'object');
	if (!live) {
		await applyTracked(context, tracked, desiredBody(tracked), {force: false});
		return;
	}
	refuseForeign(context, tracked, live);
	if (!tracked.fingerprint && tracked.desired?.options.shouldTakeOver) live = await takeOver(context, tracked, live);
	const leave = pathsToLeave({
		live,
		desired: desiredBody(tracked),
		rules: application.ignoreDifferences,
		ref: tracked.ref,
		manager: state.fieldManager,
	});
	const body =
		leave.length === 0
			? desiredBody(tracked)
			: healBody({desired: desiredBody(tracked), live, leave, manager: state.fieldManager});
	if (held.length === 0) await applyOver(context, tracked, body);
	else await applyAroundHold(context, tracked, {body, live, held});
}

/**
 * Applies, and once more after clearing what the server's own defaults left in the way: a Deployment that turns from
 * RollingUpdate to Recreate keeps the defaulted `rollingUpdate`, which nobody owns, and server-side apply alone answers
 * 422 for ever.
 */
async function applyOver(context: ApplicationContext, tracked: TrackedObject, body: KubernetesObject): Promise<void> {
	try {
		await applyTracked(context, tracked, body, {force: true});
	} catch (error) {
		const {code} = toProblem(error);
		if (code === 'ImmutableField' && tracked.desired?.options.isForced) {
			await recreate(context, tracked, body);
			return;
		}
		const remedy = strategyRemedy(body);
		if (code !== 'Invalid' || remedy.length === 0) throw error;
		await context.session.cluster.patchJson(tracked.ref, remedy, {manager: context.state.fieldManager});
		await applyTracked(context, tracked, body, {force: true});
	}
}

/** Applies everything but what is held: drift there goes on standing, and what Git wants there is still to be applied. */
async function applyAroundHold(
	context: ApplicationContext,
	tracked: TrackedObject,
	{body, live, held}: {body: KubernetesObject; live: KubernetesObject; held: readonly string[]},
): Promise<void> {
	const {drift, fingerprint: former} = tracked;
	await applyOver(context, tracked, heldBody({body, live, paths: held, manager: context.state.fieldManager}));
	if (!tracked.fingerprint || !tracked.desired) return;
	const isLeft = (path: string): boolean => held.some(heldPath => matchesText(heldPath, path, {isPrefix: true}));
	const left = drift?.fields.filter(field => isLeft(field.path)) ?? [];
	if (drift && left.length > 0) tracked.drift = {...drift, fields: left, action: 'held'};
	const answer = await context.session.cluster.get(tracked.ref, 'object');
	const isIncomplete = answer !== null && isHeldBack(desiredBody(tracked), answer, held);
	keepFingerprint(context, tracked, {
		...(former ? carryOver(tracked.fingerprint, former, {paths: held}) : tracked.fingerprint),
		...(isIncomplete ? {desiredHash: heldBackHash(tracked.desired.desiredHash)} : {}),
	});
}

/** Moves what client-side apply owns into our entry, so that fields dropped from Git really go (engines.md f.9). */
async function takeOver(
	context: ApplicationContext,
	tracked: TrackedObject,
	live: KubernetesObject,
): Promise<KubernetesObject> {
	const plan = planTakeOver(live.metadata, context.state.fieldManager);
	if (!plan) return live;
	context.log.info({key: tracked.key, from: plan.from}, 'ownership taken over');
	return context.session.cluster.patchJson(tracked.ref, plan.operations, {manager: context.state.fieldManager});
}

export type RemovalOutcome =
	| {readonly type: 'gone'}
	/** It waits for a finalizer, and stays in the inventory until it is gone. */
	| {readonly type: 'terminating'}
	| {readonly type: 'held'; readonly hold: Hold};

/** Deletes one object, bound to its uid, unless somebody holds it at this moment. */
export async function deleteObject(
	context: ApplicationContext,
	item: PlanItem,
	{overridesHolds}: {overridesHolds: boolean},
): Promise<RemovalOutcome> {
	const {session, application, state} = context;
	const tracked = state.objects.get(item.key);
	const remove = async (): Promise<RemovalOutcome> => {
		const hold = overridesHolds ? null : holdOnRemoval(context, item.ref);
		if (hold) return {type: 'held', hold};
		const {prunePropagation: propagation} = application.syncPolicy;
		await session.cluster.remove(item.ref, {uid: item.uid ?? '', propagation});
		const left = await session.cluster.get(item.ref, 'metadata');
		return {type: left === null || left.metadata.uid !== item.uid ? 'gone' : 'terminating'};
	};
	if (!tracked) return remove();
	return exclusively(context, tracked, async () => {
		const outcome = await remove();
		if (outcome.type === 'gone') forget(context, tracked);
		if (outcome.type === 'terminating') tracked.presence = 'terminating';
		return outcome;
	});
}
