import {carryOver} from '../../engine/drift/carry-over.ts';
import {foreignRemovals, healBody} from '../../engine/heal/body.ts';
import type {HealDecision} from '../../engine/heal/decide.ts';
import type {FieldChange, Fingerprint} from '../../model/drift.ts';
import {toProblem} from '../../model/errors.ts';
import type {ApplicationContext, ObservedDrift} from './context.ts';
import {saveUidsSoon} from './inventory-keeper.ts';
import {refuseForeign} from './ownership.ts';
import type {TrackedObject} from './tracked-object.ts';
import {acceptAnswer, applyTracked, desiredBody} from './writer.ts';

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
	await applyTracked(context, tracked, body, {force: true});
	if (drift.class === 'recreated') saveUidsSoon(context);
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
	if (!former || !tracked.fingerprint || (decision.leavePaths.length === 0 && !keepsAdditions)) return;
	tracked.fingerprint = carryOver(tracked.fingerprint, former, {paths: decision.leavePaths, keepsAdditions});
	const {services, state, application} = context;
	services.journal.saveFingerprint(state.clusterUid, application.name, tracked.key, tracked.fingerprint);
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
