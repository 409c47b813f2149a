import {decideHeal, type HealDecision} from '../../engine/heal/decide.ts';
import {recordFlip} from '../../engine/heal/flip-history.ts';
import type {DriftPolicy} from '../../model/application.ts';
import type {DriftEvent, FieldChange} from '../../model/drift.ts';
import {formatProblem, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {checkOwner} from './knowledge.ts';
import {describe, driftEntry, eventOf, type ObservedDrift, signatureOf, standing} from './standing-drift.ts';
import type {TrackedObject} from './tracked-object.ts';
import {keepStanding, writeHeal} from './write-heal.ts';
import {exclusively} from './writer.ts';

/** Writes a drift down, decides what to do about it and does it. Called within the object's turn. */
export type HandleDrift = (context: ApplicationContext, tracked: TrackedObject, drift: ObservedDrift) => Promise<void>;

/** Delay before a heal that failed is tried again. */
const failedRetryMilliseconds = 10_000;

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
