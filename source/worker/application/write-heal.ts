import {carryOver} from '../../engine/drift/carry-over.ts';
import {foreignRemovals, healBody} from '../../engine/heal/body.ts';
import type {HealDecision} from '../../engine/heal/decide.ts';
import {holdOnObject} from '../../engine/hold/coverage.ts';
import {heldBody} from '../../engine/hold/held-body.ts';
import type {FieldChange, Fingerprint} from '../../model/drift.ts';
import {toProblem} from '../../model/errors.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {ApplicationContext, ObservedDrift} from './context.ts';
import {currentHolds} from './holds.ts';
import {saveUidsSoon} from './inventory-keeper.ts';
import {refuseForeign} from './ownership.ts';
import type {TrackedObject} from './tracked-object.ts';
import {acceptAnswer, applyTracked, desiredBody, keepFingerprint} from './writer.ts';

const removalTries = 8;

export async function writeHeal(
	context: ApplicationContext,
	tracked: TrackedObject,
	drift: ObservedDrift,
	decision: HealDecision,
): Promise<void> {
	const {state} = context;
	const additions = drift.fields.filter(
		field => field.class === 'foreign-addition' && decision.healPaths.includes(field.path),
	);
	if (additions.length > 0) {
		await removeAdditions(context, tracked, additions);
		if (additions.length === decision.healPaths.length) return;
	}
	if (drift.live === null) {
		await bringBack(context, tracked);
		return;
	}
	const body = healBody({
		desired: desiredBody(tracked),
		live: drift.live,
		leave: decision.leavePaths,
		manager: state.fieldManager,
	});
	await applyTracked(context, tracked, await withoutHeld(context, tracked, body), {force: true});
	if (drift.class === 'recreated') saveUidsSoon(context);
}

/** A held field may differ from Git without having drifted: a commit changed it meanwhile. A heal leaves that alone too. */
async function withoutHeld(
	context: ApplicationContext,
	tracked: TrackedObject,
	body: KubernetesObject,
): Promise<KubernetesObject> {
	const hold = holdOnObject(currentHolds(context), tracked.ref, []);
	if (hold.type !== 'fields') return body;
	const live = await context.session.cluster.get(tracked.ref, 'object');
	return live ? heldBody({body, live, paths: hold.paths, manager: context.state.fieldManager}) : body;
}

/** Makes a deleted object anew. Without force: if somebody made one of that name meanwhile, its owner is asked first. */
async function bringBack(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
	try {
		await applyTracked(context, tracked, desiredBody(tracked), {force: false});
	} catch (error) {
		if (toProblem(error).code !== 'Conflict') throw error;
		const live = await context.session.cluster.get(tracked.ref, 'object');
		if (live) refuseForeign(context, tracked, live);
		await applyTracked(context, tracked, desiredBody(tracked), {force: true});
	}
	saveUidsSoon(context);
}

/** Paths that this heal left alone stay drifted: the new fingerprint goes on holding them to what Git says. */
export function keepStanding(
	context: ApplicationContext,
	tracked: TrackedObject,
	former: Fingerprint | null,
	drift: ObservedDrift,
	decision: HealDecision,
): void {
	const keepsAdditions = drift.fields.some(
		field => field.class === 'foreign-addition' && !decision.healPaths.includes(field.path),
	);
	const {fingerprint} = tracked;
	if (!former || !fingerprint) return;
	const isAllOurs = decision.leavePaths.length === 0 && !keepsAdditions;
	// What a hold kept back of the last commit is owed still: a heal never brings more of Git than there was.
	if (isAllOurs && fingerprint.desiredHash === former.desiredHash) return;
	const carried = isAllOurs
		? fingerprint
		: carryOver(fingerprint, former, {paths: decision.leavePaths, keepsAdditions});
	keepFingerprint(context, tracked, {...carried, desiredHash: former.desiredHash});
}

/**
 * Takes out what others added. The patch names positions in lists, so it holds for one version of the object only; while
 * a controller writes status, that version is soon gone: then read and try again.
 */
async function removeAdditions(
	context: ApplicationContext,
	tracked: TrackedObject,
	additions: readonly FieldChange[],
): Promise<void> {
	const {session, state} = context;
	let version: string | undefined;
	for (let attempt = 1; ; attempt++) {
		const live = await session.cluster.get(tracked.ref, 'object');
		if (!live) return;
		const operations = foreignRemovals(live, additions);
		if (operations.length === 0) return;
		version = live.metadata.resourceVersion;
		try {
			const answer = await session.cluster.patchJson(tracked.ref, operations, {manager: state.fieldManager});
			acceptAnswer(context, tracked, answer);
			return;
		} catch (error) {
			const current = await session.cluster.get(tracked.ref, 'metadata');
			if (attempt >= removalTries || current?.metadata.resourceVersion === version) throw error;
		}
	}
}
