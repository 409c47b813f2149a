import {setTimeout as sleep} from 'node:timers/promises';
import {splitIgnored} from '../../engine/drift/ignore.ts';
import type {ObjectKnowledge} from '../../engine/plan/make-plan.ts';
import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {bareObject, groupKindOf, type KubernetesObject, nameOf} from '../../model/object.ts';
import type {ResourceKind} from '../../model/ports/cluster/kind.ts';
import {compareByDryRun} from './compare-by-dry-run.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {lookAtOthers} from './look-at-others.ts';
import {checkOwner} from './ownership.ts';
import {isPending, type TrackedObject} from './tracked-object.ts';
import {acceptAnswer, exclusively} from './writer.ts';

/** How long a first list may take before the application says that it waits. */
const watchMilliseconds = 30_000;
const watchPollMilliseconds = 100;

/**
 * Finds out what there is in the cluster of everything the application wants or once made. At rest, and after a restart
 * with the journal at hand, the watches' first lists are all it takes.
 */
export async function learn(context: ApplicationContext): Promise<void> {
	await watchKinds(context);
	await meetNeighbours(context);
	await settleUnknown(context);
	await lookAtOthers(context);
	context.state.needsLearning = false;
	context.state.clusterSeenAt = context.services.clock();
	reportOwners(context);
}

/**
 * Listens to every kind that the application has objects of, from a first complete list on. Kinds that were not served
 * before (their definition came with this application) or could not be listed are tried again by each pass.
 */
export async function watchKinds(context: ApplicationContext): Promise<void> {
	const {state, session} = context;
	const wanted = new Map<string, {group: string; kind: string; namespaces: Set<string>; mayHaveObjects: boolean}>();
	const inventoried = new Set(state.inventory.entries.map(entry => groupKindOf(entry.ref)));
	for (const tracked of state.objects.values()) {
		const groupKind = groupKindOf(tracked.ref);
		const entry = wanted.get(groupKind) ?? {
			group: tracked.ref.group,
			kind: tracked.ref.kind,
			namespaces: new Set<string>(),
			mayHaveObjects: inventoried.has(groupKind),
		};
		entry.namespaces.add(tracked.ref.namespace);
		wanted.set(groupKind, entry);
	}
	await Promise.all(
		[...wanted].map(async ([, {group, kind, namespaces, mayHaveObjects}]) => {
			const served = await session.cluster.kind(group, kind);
			// A kind that comes with a CRD of this same sync: nothing can exist yet.
			if (!served) return;
			await Promise.all(
				[...namespaces].map(async namespace => {
					const place = `${groupKindOf(served)} ${namespace}`;
					if (state.watched.has(place)) return;
					try {
						const ready = session.watches.ensure(served, namespace, {applySetId: state.applySetId, mayHaveObjects});
						await inTime(ready, () => session.watches.problemOf(groupKindOf(served)), served.kind);
					} catch (error) {
						// One kind that cannot be listed says so on its objects; the others go on.
						noteUnlisted(context, groupKindOf(served), error);
						return;
					}
					state.watched.add(place);
				}),
			);
		}),
	);
}

function noteUnlisted(context: ApplicationContext, groupKind: string, error: unknown): void {
	for (const tracked of context.state.objects.values()) {
		if (groupKindOf(tracked.ref) === groupKind) noteFailure(context, tracked, error);
	}
}

/** A watch that cannot begin says why instead of keeping the application waiting: it goes on trying by itself. */
async function inTime(ready: Promise<void>, problemOf: () => Problem | undefined, kind: string): Promise<void> {
	let isReady = false;
	const done = ready.then(() => {
		isReady = true;
	});
	const deadline = performance.now() + watchMilliseconds;
	for (;;) {
		await Promise.race([done, sleep(watchPollMilliseconds, undefined, {ref: false})]);
		if (isReady) return;
		const problem = problemOf();
		if (problem) throw new HoldfastError(problem);
		if (performance.now() > deadline) {
			const message = `${kind} could not be listed within ${watchMilliseconds / 1000} s`;
			throw new HoldfastError({code: 'WatchNotReady', message});
		}
	}
}

/** Objects that carry no label of ours may exist all the same: made by hand, by another tool, or by us before a crash. */
async function meetNeighbours(context: ApplicationContext): Promise<void> {
	const {state, session} = context;
	const places = new Map<string, {kind: ResourceKind; namespace: string; tracked: TrackedObject[]}>();
	for (const tracked of state.objects.values()) {
		if (tracked.presence !== 'unknown') continue;
		const kind = await session.cluster.kind(tracked.ref.group, tracked.ref.kind);
		if (!kind) {
			tracked.presence = 'missing';
			tracked.health = {status: 'Missing'};
			continue;
		}
		const place = `${groupKindOf(kind)} ${tracked.ref.namespace}`;
		const entry = places.get(place) ?? {kind, namespace: tracked.ref.namespace, tracked: []};
		entry.tracked.push(tracked);
		places.set(place, entry);
	}
	await Promise.all(
		[...places.values()].map(async place => {
			try {
				const refs = place.tracked.map(tracked => tracked.ref);
				const found = await session.neighbours(place.kind, place.namespace, refs);
				for (const tracked of place.tracked) meet(context, tracked, found.get(tracked.key) ?? null);
			} catch (error) {
				if (session.cluster.connection.state === 'stale') throw error;
				for (const tracked of place.tracked) noteFailure(context, tracked, error);
			}
		}),
	);
}

/**
 * Asks again about what no watch tells of, because it carries no label of ours: what was missing may have been made by
 * others since, and what others owned may be gone.
 */
export async function meetAgain(
	context: ApplicationContext,
	isAskedAgain: (tracked: TrackedObject) => boolean,
): Promise<void> {
	const again = [...context.state.objects.values()].filter(
		tracked => tracked.desired !== null && isAskedAgain(tracked),
	);
	if (again.length === 0) return;
	for (const tracked of again) {
		tracked.presence = 'unknown';
		tracked.foreignOwner = null;
		tracked.problem = null;
	}
	await meetNeighbours(context);
	await settleUnknown(context);
	await lookAtOthers(context);
	reportOwners(context);
}

function meet(context: ApplicationContext, tracked: TrackedObject, live: KubernetesObject | null): void {
	if (!live) {
		// It was here when we last looked: that is a drift, and whoever judges events says so.
		if (tracked.fingerprint)
			context.replay(tracked, {type: 'DELETED', object: bareObject(tracked.ref), view: 'metadata'});
		else tracked.presence = 'missing';
		tracked.health = {status: 'Missing'};
		return;
	}
	tracked.presence = live.metadata.deletionTimestamp ? 'terminating' : 'present';
	tracked.uid = live.metadata.uid ?? '';
	if (tracked.fingerprint) {
		// Our label was taken off while nobody watched.
		context.session.watches.own(tracked.key, context.subscriber);
		context.replay(tracked, {type: 'MODIFIED', object: live, view: 'metadata'});
		return;
	}
	checkOwner(context, tracked, live);
	if (!tracked.foreignOwner) context.session.watches.own(tracked.key, context.subscriber);
}

/** Objects that exist but that we have no fingerprint of: one dry run each tells, once. */
async function settleUnknown(context: ApplicationContext): Promise<void> {
	const unknown = [...context.state.objects.values()].filter(
		tracked =>
			tracked.desired !== null &&
			tracked.presence === 'present' &&
			tracked.fingerprint === null &&
			tracked.foreignOwner === null &&
			!isLeftAlone(tracked),
	);
	await Promise.all(unknown.map(tracked => settle(context, tracked)));
}

/**
 * Compares one object by a dry run of our apply, the fall-back where a fingerprint cannot tell. Returns what differs and
 * matters; nothing when it is as Git says.
 */
export async function settle(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
	const {session, state, services, application} = context;
	try {
		await exclusively(context, tracked, async () => {
			const live = await session.cluster.get(tracked.ref, 'object');
			if (!live) {
				tracked.presence = 'missing';
				tracked.health = {status: 'Missing'};
				return;
			}
			checkOwner(context, tracked, live);
			if (tracked.foreignOwner) return;
			const verdict = await compareByDryRun(context, tracked, live);
			const {relevant, ignored} = splitIgnored(verdict.fields, application.ignoreDifferences, tracked.ref);
			// Every difference has to be an ignored one: else a commit that was never applied would hide behind them.
			const isAsWanted = verdict.isSynced || (relevant.length === 0 && ignored.length === verdict.differences);
			tracked.problem = null;
			if (isAsWanted && (verdict.canFingerprintLive || ignored.length > 0)) {
				acceptAnswer(context, tracked, live);
				return;
			}
			if (relevant.length === 0 || state.inventory.syncedRevision !== state.renderedRevision) return;
			// Git says what it said at the last sync: what differs is somebody's doing, also without a fingerprint to tell.
			tracked.driftedHash = tracked.desired?.desiredHash ?? null;
			const driftClass = relevant[0]?.class ?? 'modified';
			await context.handleDrift(context, tracked, {
				class: driftClass,
				fields: relevant,
				live,
				seenAt: services.clock(),
			});
		});
	} catch (error) {
		noteFailure(context, tracked, error);
	}
}

/** An object that could not be compared says why, and the others go on. */
export function noteFailure(context: ApplicationContext, tracked: TrackedObject, error: unknown): void {
	const problem = toProblem(error);
	tracked.problem = {...problem, object: problem.object ?? nameOf(tracked.ref)};
	context.log.warn({key: tracked.key, problem}, 'object could not be compared or written');
	context.changed();
}

/**
 * What a plan needs to know of one tracked object. An automatic sync leaves standing drift to the healer, who knows the
 * rules for it; a person's sync puts everything back.
 */
export function knowledgeOf(
	tracked: TrackedObject,
	options: {leavesDrift: boolean} = {leavesDrift: false},
): ObjectKnowledge {
	const isHealersWork = tracked.drift !== null && tracked.drift.action !== 'failed' && !isPending(tracked);
	if (options.leavesDrift && isHealersWork) return {type: 'synced', uid: tracked.uid};
	if (tracked.foreignOwner) {
		const problem = tracked.problem ? {problem: tracked.problem} : {};
		return {type: 'foreign', owner: tracked.foreignOwner, uid: tracked.uid, ...problem};
	}
	if (isLeftAlone(tracked)) return {type: 'synced', uid: tracked.uid};
	switch (tracked.presence) {
		case 'unknown':
			return {type: 'unknown'};
		case 'missing':
			return {type: 'missing'};
		case 'terminating':
			return {type: 'changed', uid: tracked.uid, reason: 'being deleted'};
		case 'present':
			break;
	}
	if (!tracked.fingerprint) return {type: 'changed', uid: tracked.uid, reason: 'differs from Git'};
	if (tracked.fingerprint.desiredHash !== tracked.desired?.desiredHash) {
		return {type: 'changed', uid: tracked.uid, reason: isPending(tracked) ? 'changed in Git' : 'was held back'};
	}
	if (tracked.drift?.fields.some(field => field.class !== 'foreign-addition')) {
		return {type: 'changed', uid: tracked.uid, reason: 'drifted'};
	}
	return {type: 'synced', uid: tracked.uid};
}

/** Objects whose annotations say that they are created once, or never written. */
export function isLeftAlone(tracked: TrackedObject): boolean {
	const rule = tracked.desired?.options.apply;
	return rule === 'ignore' || (rule === 'if-not-present' && tracked.presence === 'present');
}

function reportOwners(context: ApplicationContext): void {
	const owned: Problem[] = [];
	for (const tracked of context.state.objects.values()) {
		if (tracked.foreignOwner && tracked.problem) owned.push(tracked.problem);
	}
	setCondition(context, 'OwnedByOther', owned);
}
