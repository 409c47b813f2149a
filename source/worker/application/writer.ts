import {takeFingerprint} from '../../engine/drift/fingerprint.ts';
import {assessHealth} from '../../engine/health/assess.ts';
import type {Fingerprint} from '../../model/drift.ts';
import {parseJson} from '../../model/json.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {ApplicationContext} from './context.ts';
import type {TrackedObject} from './tracked-object.ts';

/**
 * Gives one party at a time the right to read and write an object: a heal and a sync never interleave, and the watch
 * event of our own write is judged only after its answer. Events that came meanwhile are judged afterwards.
 */
export async function exclusively<Value>(
	context: ApplicationContext,
	tracked: TrackedObject,
	work: () => Promise<Value>,
): Promise<Value> {
	while (tracked.turn) await tracked.turn;
	let release = (): void => {};
	tracked.turn = new Promise<void>(resolve => {
		release = resolve;
	});
	try {
		return await work();
	} finally {
		tracked.turn = null;
		release();
		const {waiting} = tracked;
		tracked.waiting = null;
		if (waiting) context.replay(tracked, waiting);
	}
}

/** The desired object as the body of an apply. Parsed anew each time: callers may change it. */
export function desiredBody(tracked: TrackedObject): KubernetesObject {
	if (!tracked.desired) throw new Error(`${tracked.key} has no desired state`);
	return parseJson(tracked.desired.text) as KubernetesObject;
}

/** Server-side apply of one object, and everything that its answer tells. Call it within {@link exclusively}. */
export async function applyTracked(
	context: ApplicationContext,
	tracked: TrackedObject,
	body: KubernetesObject,
	options: {force: boolean},
): Promise<KubernetesObject> {
	const answer = await context.session.cluster.apply(body, {
		manager: context.state.fieldManager,
		force: options.force,
	});
	acceptAnswer(context, tracked, answer);
	return answer;
}

/** Takes an apply's answer, or a live object that was proven equal to one, as the new known state. */
export function acceptAnswer(context: ApplicationContext, tracked: TrackedObject, answer: KubernetesObject): void {
	const {services, state} = context;
	const now = services.clock();
	tracked.presence = answer.metadata.deletionTimestamp ? 'terminating' : 'present';
	tracked.uid = answer.metadata.uid ?? '';
	tracked.resourceVersion = answer.metadata.resourceVersion ?? '';
	tracked.knownGoodAt = now;
	tracked.problem = null;
	tracked.health = assessHealth(answer, {now, firstSeenAt: tracked.firstSeenAt});
	tracked.drift = null;
	tracked.driftedHash = null;
	if (!tracked.desired) return;
	const fingerprint = takeFingerprint({
		object: answer,
		manager: state.fieldManager,
		desiredHash: tracked.desired.desiredHash,
		appliedAt: now,
		hash: services.hash,
	});
	if (fingerprint) keepFingerprint(context, tracked, fingerprint);
	else tracked.fingerprint = null;
	context.changed();
}

/** Takes a fingerprint as the object's, in memory and in the journal. */
export function keepFingerprint(context: ApplicationContext, tracked: TrackedObject, fingerprint: Fingerprint): void {
	const {services, state, application} = context;
	tracked.fingerprint = shareTexts(fingerprint, services.share);
	services.journal.saveFingerprint(state.clusterUid, application.name, tracked.key, tracked.fingerprint);
}

/** Objects of a kind have most of their fingerprint in common: one copy of it serves them all. */
export function shareTexts(fingerprint: Fingerprint, share: (text: string) => string): Fingerprint {
	return {
		...fingerprint,
		owned: share(fingerprint.owned),
		manager: share(fingerprint.manager),
		apiVersion: share(fingerprint.apiVersion),
		entryTime: share(fingerprint.entryTime),
		others: fingerprint.others.length === 0 ? noOthers : fingerprint.others,
	};
}

const noOthers: Fingerprint['others'] = [];

/** The object is gone, or is no longer ours to know about. */
export function forget(context: ApplicationContext, tracked: TrackedObject): void {
	const {services, state, application, session} = context;
	state.objects.delete(tracked.key);
	if (tracked.recheck) clearTimeout(tracked.recheck);
	session.watches.disown(tracked.key);
	services.journal.dropFingerprint(state.clusterUid, application.name, tracked.key);
	context.changed();
}
