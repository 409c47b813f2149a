import {decideHeal, type HealDecision} from '../../engine/heal/decide.ts';
import {recordFlip} from '../../engine/heal/flip-history.ts';
import type {DriftPolicy} from '../../model/application.ts';
import type {DriftEvent, FieldChange} from '../../model/drift.ts';
import {formatProblem, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import {type ApplicationContext, type HandleDrift, type ObservedDrift, setCondition} from './context.ts';
import {currentHolds} from './holds.ts';
import {refuseForeign} from './ownership.ts';
import {describe, driftEntry, eventOf, signatureOf, standing} from './standing-drift.ts';
import {isPending, type TrackedObject} from './tracked-object.ts';
import {keepStanding, writeHeal} from './write-heal.ts';
import {exclusively} from './writer.ts';

/** Delays before a heal that failed is tried again; the last one stays. */
const failedRetryMilliseconds: readonly number[] = [2_000, 10_000, 30_000, 120_000, 300_000];

export interface DriftHandler {
	readonly handle: HandleDrift;
	/** Decides anew about everything that stands drifted: holds came or went. */
	reconsider(context: ApplicationContext): void;
	stop(): void;
}

/** Makes the handler of one application, with its timers for heals that have to wait. */
export function createDriftHandler(): DriftHandler {
	const timers = new Map<string, NodeJS.Timeout>();
	const failures = new Map<string, {count: number; message: string}>();

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
		// What is due does not wait for what has to: else one field kept flipping would hold up all others.
		if (decision.healPaths.length > 0) await healNow(context, tracked, drift, decision, event);
		if (decision.notBefore === undefined || failures.has(tracked.key)) return;
		later(context, tracked, Math.max(0, decision.notBefore - context.services.clock()));
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
			if (drift.live && drift.live.metadata.uid !== tracked.fingerprint?.uid)
				refuseForeign(context, tracked, drift.live);
			const former = tracked.fingerprint;
			await writeHeal(context, tracked, drift, decision);
			keepStanding(context, tracked, former, drift, decision);
			for (const path of decision.healPaths) {
				state.flips = recordFlip(state.flips, tracked.key, path, services.clock());
			}
			failures.delete(tracked.key);
			const left = drift.fields.filter(field => !decision.healPaths.includes(field.path));
			const healed: DriftEvent = {
				...event,
				action: left.length === drift.fields.length ? event.action : 'healed',
				duration: services.clock() - drift.seenAt,
			};
			tracked.drift = left.length > 0 ? standing({...healed, action: leftAction(context, tracked, left)}, left) : null;
			services.record(driftEntry(healed));
		} catch (error) {
			const problem = toProblem(error);
			const former = failures.get(tracked.key);
			const count = (former?.count ?? 0) + 1;
			failures.set(tracked.key, {count, message: problem.message});
			tracked.drift = standing({...event, action: 'failed'}, drift.fields);
			if (former?.message !== problem.message) {
				services.record(driftEntry({...event, action: 'failed', reason: formatProblem(problem)}));
				context.log.warn({key: tracked.key, problem}, 'heal failed');
			}
			later(context, tracked, failedRetryMilliseconds[Math.min(count, failedRetryMilliseconds.length) - 1] ?? 0);
			// A sync can do what one object's heal cannot: bring a namespace back, or say why it may not.
			context.requestPass();
		}
		context.changed();
	}

	/** Tries again after a while, if the drift still stands then. */
	function later(context: ApplicationContext, tracked: TrackedObject, delayMilliseconds: number): void {
		if (context.isStopped) return;
		const running = timers.get(tracked.key);
		if (running) clearTimeout(running);
		const timer = setTimeout(() => {
			timers.delete(tracked.key);
			context.judging(retry(context, tracked));
		}, delayMilliseconds);
		timer.unref();
		timers.set(tracked.key, timer);
	}

	async function retry(context: ApplicationContext, tracked: TrackedObject): Promise<void> {
		await exclusively(context, tracked, async () => {
			const {drift} = tracked;
			if (context.isStopped || !drift || !tracked.desired || !context.state.objects.has(tracked.key)) return;
			const event = eventOf(context, tracked, drift);
			let live: KubernetesObject | null;
			try {
				live = await context.session.cluster.get(tracked.ref, 'object');
			} catch {
				later(context, tracked, failedRetryMilliseconds[1] ?? 0);
				return;
			}
			const seenAt = context.services.clock();
			const observed: ObservedDrift = {class: drift.type, fields: drift.fields, live, seenAt};
			const decision = decide(context, tracked, drift.fields);
			await act(context, tracked, observed, decision, noteAction(context, tracked, decision, event));
		});
	}

	/** What is done about a drift that stands may change while it stands: then its event says so. */
	function noteAction(
		context: ApplicationContext,
		tracked: TrackedObject,
		decision: HealDecision,
		event: DriftEvent,
	): DriftEvent {
		const isNews = decision.action !== event.action && (decision.action === 'held' || event.action === 'held');
		if (!isNews || decision.healPaths.length > 0 || !tracked.drift) return event;
		const changed: DriftEvent = {...event, action: decision.action, reason: decision.reason};
		tracked.drift = {...tracked.drift, action: decision.action};
		context.services.record(driftEntry(changed));
		context.changed();
		return changed;
	}

	return {
		handle,
		reconsider(context) {
			for (const tracked of context.state.objects.values()) {
				if (tracked.drift && tracked.desired) context.judging(retry(context, tracked));
			}
		},
		stop() {
			for (const timer of timers.values()) clearTimeout(timer);
			timers.clear();
		},
	};
}

function decide(context: ApplicationContext, tracked: TrackedObject, fields: readonly FieldChange[]): HealDecision {
	const {services, application, state} = context;
	return decideHeal({
		ref: tracked.ref,
		fields: [...fields],
		policy: policyFor(application.driftPolicy, tracked),
		history: state.flips,
		now: services.clock(),
		// Healing to a commit that was not synced yet would be a sync that nobody asked for.
		isHealingAllowed:
			services.mode === 'reconcile' && !application.isSuspended && !isPending(tracked) && !context.isStopped,
		holds: currentHolds(context),
	});
}

/** What is done about the fields that a heal left alone. */
function leftAction(
	context: ApplicationContext,
	tracked: TrackedObject,
	left: readonly FieldChange[],
): DriftEvent['action'] {
	const {action} = decide(context, tracked, left);
	return action === 'healing' ? 'reported' : action;
}

/** What the object itself says (`holdfast.dev/heal`) wins over the application's mode, not over rules for single fields. */
function policyFor(policy: DriftPolicy, tracked: TrackedObject): DriftPolicy {
	const own = tracked.desired?.options.heal;
	return own ? {...policy, mode: own} : policy;
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
