import {carryOver} from '../../engine/drift/carry-over.ts';
import {foreignRemovals, healBody} from '../../engine/heal/body.ts';
import {decideHeal, type HealDecision} from '../../engine/heal/decide.ts';
import {recordFlip} from '../../engine/heal/flip-history.ts';
import type {DriftPolicy} from '../../model/application.ts';
import type {DriftAction, DriftClass, DriftEvent, FieldChange, Fingerprint} from '../../model/drift.ts';
import {formatProblem, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {checkOwner} from './knowledge.ts';
import type {StandingDrift, TrackedObject} from './tracked-object.ts';
import {acceptAnswer, applyTracked, desiredBody, exclusively} from './writer.ts';

export interface ObservedDrift {
	readonly class: DriftClass;
	readonly fields: readonly FieldChange[];
	/** The live object as far as it was read; null: gone. */
	readonly live: KubernetesObject | null;
	/** Epoch milliseconds when the worker first heard of it. */
	readonly seenAt: number;
}

/** Writes a drift down, decides what to do about it and does it. Called within the object's turn. */
export type HandleDrift = (context: ApplicationContext, tracked: TrackedObject, drift: ObservedDrift) => Promise<void>;

/** Delay before a heal that failed is tried again. */
const failedRetryMilliseconds = 10_000;
const removalTries = 8;

const signatureOf = (field: FieldChange): string =>
	`${field.path}\u0000${field.class}\u0000${field.manager}\u0000${field.now ?? ''}`;

/** Whether everything seen now is already known and written down. */
export function isSameDrift(tracked: TrackedObject, fields: readonly FieldChange[]): boolean {
	if (!tracked.drift) return false;
	const known = new Set(tracked.drift.fields.map(signatureOf));
	// The value may not have been read yet; the same path, class and manager then stand for the same drift.
	const knownPaths = new Set(
		tracked.drift.fields.map(field => `${field.path}\u0000${field.class}\u0000${field.manager}`),
	);
	return fields.every(
		field =>
			known.has(signatureOf(field)) ||
			(field.now === undefined && knownPaths.has(`${field.path}\u0000${field.class}\u0000${field.manager}`)),
	);
}

/** Makes the handler of one application, with its timers for heals that have to wait. */
export function createDriftHandler(): {handle: HandleDrift; stop: () => void} {
	const timers = new Map<string, NodeJS.Timeout>();

	const handle: HandleDrift = async (context, tracked, drift) => {
		const known = new Set(tracked.drift?.fields.map(signatureOf) ?? []);
		const news = drift.fields.filter(field => !known.has(signatureOf(field)));
		const decision = decide(context, tracked, drift.fields);
		const event = describe(context, tracked, drift, news, decision);
		tracked.drift = standing(event, drift.fields);
		context.services.record(driftEntry(event));
		context.changed();
		await act(context, tracked, drift, decision, event);
	};

	/** Does what was decided; what must wait gets a timer. */
	async function act(
		context: ApplicationContext,
		tracked: TrackedObject,
		drift: ObservedDrift,
		decision: HealDecision,
		event: DriftEvent,
	): Promise<void> {
		reportContested(context);
		if (decision.notBefore !== undefined && decision.notBefore > context.services.clock()) {
			later(context, tracked, decision.notBefore - context.services.clock());
			return;
		}
		if (decision.action !== 'healing' && decision.action !== 'healed' && decision.healPaths.length === 0) return;
		await healNow(context, tracked, drift, decision, event);
	}

	async function healNow(
		context: ApplicationContext,
		tracked: TrackedObject,
		drift: ObservedDrift,
		decision: HealDecision,
		event: DriftEvent,
	): Promise<void> {
		const {services, state} = context;
		try {
			if (drift.live && drift.class === 'recreated') {
				checkOwner(context, tracked, drift.live);
				if (tracked.foreignOwner) throw new Error(`the new object is owned by ${tracked.foreignOwner}`);
			}
			const former = tracked.fingerprint;
			await writeHeal(context, tracked, drift, decision);
			keepStanding(context, tracked, former, drift, decision);
			for (const path of decision.healPaths) {
				state.flips = recordFlip(state.flips, tracked.key, path, services.clock());
			}
			const left = drift.fields.filter(field => !decision.healPaths.includes(field.path));
			const healed: DriftEvent = {
				...event,
				action: left.length === drift.fields.length ? event.action : 'healed',
				duration: services.clock() - drift.seenAt,
			};
			tracked.drift = left.length > 0 ? standing({...healed, action: 'reported'}, left) : null;
			services.record(driftEntry(healed));
		} catch (error) {
			const problem = toProblem(error);
			tracked.drift = standing({...event, action: 'failed'}, drift.fields);
			services.record(driftEntry({...event, action: 'failed', reason: formatProblem(problem)}));
			context.log.warn({key: tracked.key, problem}, 'heal failed');
			later(context, tracked, failedRetryMilliseconds);
		}
		context.changed();
	}

	/** Tries again after a while, if the drift still stands then. */
	function later(context: ApplicationContext, tracked: TrackedObject, delayMilliseconds: number): void {
		const running = timers.get(tracked.key);
		if (running) clearTimeout(running);
		const timer = setTimeout(() => {
			timers.delete(tracked.key);
			void retry(context, tracked);
		}, delayMilliseconds);
		timer.unref();
		timers.set(tracked.key, timer);
	}

	async function retry(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
		await exclusively(context, tracked, async () => {
			const {drift} = tracked;
			if (!drift || !tracked.desired || !context.state.objects.has(tracked.key)) return;
			const event = eventOf(context, tracked, drift);
			let live: KubernetesObject | null;
			try {
				live = await context.session.cluster.get(tracked.ref, 'object');
			} catch {
				later(context, tracked, failedRetryMilliseconds);
				return;
			}
			const seenAt = context.services.clock();
			const observed: ObservedDrift = {class: drift.type, fields: drift.fields, live, seenAt};
			const decision = decide(context, tracked, drift.fields);
			await act(context, tracked, observed, decision, event);
		});
	}

	return {
		handle,
		stop() {
			for (const timer of timers.values()) clearTimeout(timer);
			timers.clear();
		},
	};
}

async function writeHeal(
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
	const isBack = drift.live === null;
	const body = isBack
		? desiredBody(tracked)
		: healBody({
				desired: desiredBody(tracked),
				live: drift.live as KubernetesObject,
				leave: decision.leavePaths,
				manager: state.fieldManager,
			});
	await applyTracked(context, tracked, body, {force: true});
}

/** Paths that this heal left alone stay drifted: the new fingerprint goes on holding them to what Git says. */
function keepStanding(
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

function decide(context: ApplicationContext, tracked: TrackedObject, fields: readonly FieldChange[]): HealDecision {
	const {services, application, state} = context;
	const isPending = tracked.fingerprint?.desiredHash !== tracked.desired?.desiredHash;
	return decideHeal({
		ref: tracked.ref,
		fields: [...fields],
		policy: policyFor(application.driftPolicy, tracked),
		history: state.flips,
		now: services.clock(),
		// Healing to a commit that was not synced yet would be a sync that nobody asked for.
		isHealingAllowed: services.mode === 'reconcile' && !application.isSuspended && !isPending,
	});
}

/** What the object itself says (`holdfast.dev/heal`) wins over the application's mode, not over rules for single fields. */
function policyFor(policy: DriftPolicy, tracked: TrackedObject): DriftPolicy {
	const own = tracked.desired?.options.heal;
	return own ? {...policy, mode: own} : policy;
}

function describe(
	context: ApplicationContext,
	tracked: TrackedObject,
	drift: ObservedDrift,
	fields: readonly FieldChange[],
	decision: HealDecision,
): DriftEvent {
	return {
		id: context.services.newId(),
		time: drift.seenAt,
		application: context.application.name,
		object: nameOf(tracked.ref),
		key: tracked.key,
		namespace: tracked.ref.namespace,
		type: drift.class,
		fields: fields.length > 0 ? fields : drift.fields,
		action: decision.action,
		reason: decision.reason,
		revision: context.state.syncedRevision,
	};
}

function standing(event: DriftEvent, fields: readonly FieldChange[]): StandingDrift {
	return {
		eventId: event.id,
		object: event.object,
		namespace: event.namespace,
		type: event.type,
		fields,
		action: event.action as DriftAction,
		since: event.time,
		signature: fields.map(signatureOf).join('\n'),
	};
}

function eventOf(context: ApplicationContext, tracked: TrackedObject, drift: StandingDrift): DriftEvent {
	return {
		id: drift.eventId,
		time: drift.since,
		application: context.application.name,
		object: drift.object,
		key: tracked.key,
		namespace: drift.namespace,
		type: drift.type,
		fields: drift.fields,
		action: drift.action,
		revision: context.state.syncedRevision,
	};
}

function driftEntry(event: DriftEvent) {
	return {type: 'drift', id: event.id, time: event.time, application: event.application, event} as const;
}

/** Names every field that two parties keep changing. */
export function reportContested(context: ApplicationContext): void {
	const contested = [];
	for (const tracked of context.state.objects.values()) {
		if (tracked.drift?.action !== 'contested') continue;
		for (const field of tracked.drift.fields) {
			contested.push({
				code: 'ContestedField',
				message: `${nameOf(tracked.ref)} ${field.path}: ${field.actor ?? field.manager} and ${context.state.fieldManager} keep changing it`,
				hint: 'ignore the field (ignoreDifferences), take it out of Git, or stop the other writer',
				object: nameOf(tracked.ref),
			});
		}
	}
	setCondition(context, 'ContestedField', contested);
}
