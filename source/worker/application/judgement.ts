import {takeFingerprint} from '../../engine/drift/fingerprint.ts';
import {splitIgnored} from '../../engine/drift/ignore.ts';
import {fillValues, type Inspection, inspect} from '../../engine/drift/inspect.ts';
import {assessHealth, hasHealth} from '../../engine/health/assess.ts';
import type {DriftClass, FieldChange} from '../../model/drift.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {ObjectView} from '../../model/ports/cluster/read.ts';
import {isSecretKind} from '../../model/redact.ts';
import {withKind} from '../watch-registry.ts';
import {compareByDryRun} from './compare-by-dry-run.ts';
import type {ApplicationContext, HandleDrift} from './context.ts';
import {isLeftAlone, noteFailure} from './knowledge.ts';
import {isSameDrift} from './standing-drift.ts';
import type {TrackedObject} from './tracked-object.ts';
import {desiredBody, exclusively, keepFingerprint} from './writer.ts';

/** Statuses that time alone can change are looked at again after this long. */
const firstRecheckMilliseconds = 15_000;
const lastRecheckMilliseconds = 600_000;
/** A judgement that failed is passed again after this long. */
const judgeAgainMilliseconds = 10_000;

/** What an event says of the live object, drifted or not. */
export function noteLive(
	context: ApplicationContext,
	tracked: TrackedObject,
	object: KubernetesObject,
	view: ObjectView,
): void {
	tracked.presence = object.metadata.deletionTimestamp ? 'terminating' : 'present';
	tracked.uid = object.metadata.uid ?? '';
	tracked.resourceVersion = object.metadata.resourceVersion ?? '';
	context.session.watches.own(tracked.key, context.subscriber);
	if (view === 'object') {
		const health = assessHealth(object, {now: context.services.clock(), firstSeenAt: tracked.firstSeenAt});
		const hasChanged = health.status !== tracked.health.status || health.message !== tracked.health.message;
		tracked.health = health;
		if (isUnsettled(tracked)) recheckLater(context, tracked);
		if (hasChanged) context.changed();
	} else if (!hasHealth(tracked.ref.group, tracked.ref.kind)) {
		if (tracked.health.status !== 'Healthy') context.changed();
		tracked.health = {status: 'Healthy'};
	}
}

function recheckLater(context: ApplicationContext, tracked: TrackedObject): void {
	if (tracked.recheck || context.isStopped) return;
	lookAgain(context, tracked, firstRecheckMilliseconds);
}

/** One timer an object, with growing pauses: what stays Progressing for days is not asked about four times a minute. */
function lookAgain(context: ApplicationContext, tracked: TrackedObject, delayMilliseconds: number): void {
	const version = tracked.resourceVersion;
	const timer = setTimeout(async () => {
		tracked.recheck = null;
		if (context.isStopped || !context.state.objects.has(tracked.key) || !isUnsettled(tracked)) return;
		// An event in between said everything that a look would.
		if (tracked.resourceVersion === version && !tracked.turn) await readHealth(context, tracked);
		if (!isUnsettled(tracked) || tracked.recheck) return;
		const hasMoved = tracked.resourceVersion !== version;
		lookAgain(
			context,
			tracked,
			hasMoved ? firstRecheckMilliseconds : Math.min(delayMilliseconds * 2, lastRecheckMilliseconds),
		);
	}, delayMilliseconds);
	timer.unref();
	tracked.recheck = timer;
}

function isUnsettled({health}: TrackedObject): boolean {
	return health.status === 'Unknown' || health.status === 'Progressing';
}

async function readHealth(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
	try {
		const object = await context.session.cluster.get(tracked.ref, 'object');
		if (object && !tracked.turn && !context.isStopped) noteLive(context, tracked, object, 'object');
	} catch (error) {
		context.log.debug({key: tracked.key, error: String(error)}, 'health could not be read again');
	}
}

export function inspectNow(
	context: ApplicationContext,
	tracked: TrackedObject,
	observed: KubernetesObject | null,
	view: ObjectView,
	autoscaledBy?: string,
): Inspection {
	const {services, state} = context;
	if (!tracked.fingerprint) return {type: 'ours'};
	// An object read at another version than we applied cannot be compared leaf by leaf; its metadata can.
	const isSameVersion = observed === null || observed.apiVersion === tracked.fingerprint.apiVersion;
	return inspect({
		ref: tracked.ref,
		fingerprint: tracked.fingerprint,
		observed,
		view: isSameVersion ? view : 'metadata',
		desired: () => (tracked.desired ? desiredBody(tracked) : null),
		seenAt: services.clock(),
		notBefore: tracked.knownGoodAt || tracked.fingerprint.appliedAt || (state.syncedAt ?? 0),
		hash: services.hash,
		...(autoscaledBy ? {autoscaledBy} : {}),
	});
}

/** The event said that the object left the watch: it is gone, or our label is. Only asking tells. */
export async function readBack(
	context: ApplicationContext,
	tracked: TrackedObject,
): Promise<{object: KubernetesObject | null; view: ObjectView}> {
	const object = await context.session.cluster.get(tracked.ref, 'metadata');
	if (object) return {object: withKind(object, tracked.ref), view: 'metadata'};
	return {object: null, view: 'metadata'};
}

export async function judge(
	context: ApplicationContext,
	tracked: TrackedObject,
	handleDrift: HandleDrift,
	read: () => Promise<{object: KubernetesObject | null; view: ObjectView}>,
): Promise<void> {
	const seenAt = context.services.clock();
	try {
		await exclusively(context, tracked, async () => {
			if (context.isStopped || !context.state.objects.has(tracked.key)) return;
			let {object, view} = await read();
			if (object) {
				noteLive(context, tracked, object, view);
			} else {
				tracked.presence = 'missing';
				tracked.health = {status: 'Missing'};
				context.changed();
				if (!tracked.desired) return;
			}
			if (!tracked.fingerprint || !tracked.desired || isLeftAlone(tracked)) return;
			let inspection = inspectNow(context, tracked, object, view);
			if (inspection.type === 'needs-object') {
				object = await context.session.cluster.get(tracked.ref, 'object');
				view = 'object';
				inspection = inspectNow(context, tracked, object, view);
			}
			if (inspection.type === 'drift' && inspection.fields.some(field => field.subresource === 'scale')) {
				const autoscaledBy = await context.session.autoscalerOf(tracked.ref);
				if (autoscaledBy) inspection = inspectNow(context, tracked, object, view, autoscaledBy);
			}
			await conclude(context, tracked, inspection, object, view, seenAt, handleDrift);
		});
	} catch (error) {
		noteFailure(context, tracked, error);
		judgeAgain(context, tracked, handleDrift);
	}
}

/** What could not be judged (the API server restarted, a webhook was away) is judged anew from what is there by then. */
function judgeAgain(context: ApplicationContext, tracked: TrackedObject, handleDrift: HandleDrift): void {
	tracked.resourceVersion = '';
	const timer = setTimeout(() => {
		if (context.isStopped || !context.state.objects.has(tracked.key)) return;
		context.judging(judge(context, tracked, handleDrift, () => readBack(context, tracked)));
	}, judgeAgainMilliseconds);
	timer.unref();
}

async function conclude(
	context: ApplicationContext,
	tracked: TrackedObject,
	inspection: Inspection,
	observed: KubernetesObject | null,
	view: ObjectView,
	seenAt: number,
	handleDrift: HandleDrift,
): Promise<void> {
	switch (inspection.type) {
		case 'ours':
			noteOurs(context, tracked, inspection);
			return;
		case 'terminating':
			tracked.presence = 'terminating';
			context.changed();
			return;
		case 'needs-object':
		case 'needs-dry-run': {
			const settled = await settleDrift(context, tracked);
			if (settled.fields.length > 0) {
				await report(context, tracked, settled.class, settled.fields, settled.live, 'object', seenAt, handleDrift);
			}
			return;
		}
		case 'drift':
			await report(context, tracked, inspection.class, inspection.fields, observed, view, seenAt, handleDrift);
	}
}

/** The tie-breaker: one dry run decides what metadata and values left open. */
async function settleDrift(
	context: ApplicationContext,
	tracked: TrackedObject,
): Promise<{class: DriftClass; fields: FieldChange[]; live: KubernetesObject | null}> {
	const live = await context.session.cluster.get(tracked.ref, 'object');
	if (!live || live.metadata.uid !== tracked.fingerprint?.uid) {
		const inspection = inspectNow(context, tracked, live, 'object');
		if (inspection.type !== 'drift') return {class: 'deleted', fields: [], live};
		if (!live) {
			tracked.presence = 'missing';
			tracked.health = {status: 'Missing'};
		}
		return {class: inspection.class, fields: inspection.fields, live};
	}
	const verdict = await compareByDryRun(context, tracked, live);
	if (verdict.isSynced && !tracked.foreignOwner) tracked.problem = null;
	if (verdict.isSynced && verdict.canFingerprintLive) refreshFingerprint(context, tracked, live);
	return {class: verdict.fields[0]?.class ?? 'modified', fields: verdict.isSynced ? [] : verdict.fields, live};
}

async function report(
	context: ApplicationContext,
	tracked: TrackedObject,
	driftClass: DriftClass,
	fields: readonly FieldChange[],
	observed: KubernetesObject | null,
	view: ObjectView,
	seenAt: number,
	handleDrift: HandleDrift,
): Promise<void> {
	const {relevant} = splitIgnored(fields, context.application.ignoreDifferences, tracked.ref);
	if (relevant.length === 0) {
		// Remember the state as it is now, so that the next status write is noise again.
		if (observed && view === 'object') refreshFingerprint(context, tracked, observed);
		return;
	}
	if (isSameDrift(tracked, relevant)) return;
	let live = observed;
	let filled: readonly FieldChange[] = relevant;
	if (observed && relevant.some(field => field.now === undefined) && !isSecretKind(tracked.ref)) {
		live = view === 'object' ? observed : await context.session.cluster.get(tracked.ref, 'object');
		if (live) filled = fillValues(relevant, live, tracked.ref);
	}
	await handleDrift(context, tracked, {class: driftClass, fields: filled, live, seenAt});
}

/** The object is as we left it; a drift that stood is over, whoever ended it. */
export function noteOurs(
	context: ApplicationContext,
	tracked: TrackedObject,
	inspection: Inspection & {type: 'ours'},
): void {
	tracked.knownGoodAt = context.services.clock();
	if (tracked.problem && !tracked.foreignOwner) {
		tracked.problem = null;
		context.changed();
	}
	if (tracked.drift) {
		tracked.drift = null;
		context.changed();
	}
	if (!inspection.fingerprint) return;
	keepFingerprint(context, tracked, inspection.fingerprint);
}

function refreshFingerprint(context: ApplicationContext, tracked: TrackedObject, live: KubernetesObject): void {
	const {services, state} = context;
	if (!tracked.fingerprint) return;
	const fingerprint = takeFingerprint({
		object: live,
		manager: state.fieldManager,
		desiredHash: tracked.fingerprint.desiredHash,
		appliedAt: tracked.fingerprint.appliedAt,
		hash: services.hash,
	});
	if (fingerprint) keepFingerprint(context, tracked, fingerprint);
}

/**
 * Proves one object by a dry run, whatever its fingerprint says: the slow sweep over the blind spots of fingerprints
 * (engines.md f.7), and a person's `refresh --hard`.
 */
export async function verify(
	context: ApplicationContext,
	tracked: TrackedObject,
	handleDrift: HandleDrift,
): Promise<void> {
	const seenAt = context.services.clock();
	try {
		await exclusively(context, tracked, async () => {
			if (!tracked.desired || !tracked.fingerprint || tracked.presence !== 'present') return;
			// Created once and then its owner's, or somebody else's by now: not ours to compare, and never to heal.
			if (isLeftAlone(tracked) || tracked.foreignOwner || context.isStopped) return;
			await conclude(context, tracked, {type: 'needs-dry-run', why: 'sweep'}, null, 'object', seenAt, handleDrift);
		});
	} catch (error) {
		noteFailure(context, tracked, error);
	}
}
