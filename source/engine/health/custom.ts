import type {KubernetesObject} from '../../model/object.ts';
import type {Health} from '../../model/status.ts';
import {valueAt} from '../desired/tree.ts';
import {degraded, healthy, printDuration, progressing, unknown} from './answers.ts';
import {findCondition, isTrue, readConditions, type StatusCondition, why} from './conditions.ts';
import {textAt, timeAt} from './fields.ts';
import type {HealthContext, HealthRule} from './types.ts';

/**
 * How long an object without any condition is Unknown: kstatus would call it Current at once, before anybody looked.
 */
export const reportMilliseconds = 30_000;

/** How long `Ready=False` without a telling reason may mean "still working" before it means "broken". */
export const patienceMilliseconds = 300_000;

/** Conditions that are good when True, in order of weight. With a Ready, the others are details of it. */
const goodConditions: readonly string[] = [
	'Ready',
	'Available',
	'Healthy',
	'Succeeded',
	'Programmed',
	'Accepted',
	'Synced',
	'Established',
	'Reconciled',
	'Complete',
	'Completed',
];

/** Conditions that are bad when True. `Stalled` is kstatus' own. */
const badConditions: readonly string[] = [
	'Stalled',
	'Failed',
	'Failure',
	'Degraded',
	'Error',
	'Errored',
	'ReconcileError',
	'ReconcileFailed',
];

/** Reasons that do not sound like work in progress. */
const brokenReason =
	/fail|error|invalid|denied|forbidden|unauthori[sz]ed|unsupported|stalled|crash|notfound|missing|timeout|exceeded|conflict|rejected|unhealthy/i;

const goodPhases = /^(active|available|bound|complete|completed|healthy|ready|running|succeeded|synced)$/i;
const badPhases = /^(crashed|degraded|error|failed|failure|invalid|lost|unhealthy)$/i;

/** Custom resources by their conditions (kstatus), else by `status.phase`, else by silence. */
export const customHealth: HealthRule = (object, context) => {
	return (
		conditionHealth(object, readConditions(object), context, goodConditions) ??
		phaseHealth(object) ??
		silence(object, context)
	);
};

/** A rule for a kind whose own conditions are known by name; all of them have to be True. */
export function conditionsRule(...types: readonly string[]): HealthRule {
	return (object, context) =>
		conditionHealth(object, readConditions(object), context, types) ?? silence(object, context);
}

/** null: none of the conditions says anything about health. */
export function conditionHealth(
	object: KubernetesObject,
	conditions: readonly StatusCondition[],
	context: HealthContext,
	goodTypes: readonly string[],
): Health | null {
	for (const type of badConditions) {
		const bad = findCondition(conditions, type);
		if (bad?.status === 'True') return degraded(why(bad));
	}
	const reconciling = findCondition(conditions, 'Reconciling');
	if (reconciling?.status === 'True') return progressing(why(reconciling));
	const known = goodTypes.flatMap(type => findCondition(conditions, type) ?? []);
	const ready = known.find(condition => condition.type === 'Ready');
	const decisive = ready ? [ready] : known;
	const stale = decisive.find(
		({observedGeneration}) => observedGeneration > 0 && observedGeneration < (object.metadata.generation ?? 0),
	);
	if (stale) return progressing('its controller has not looked at the newest change yet');
	const failing = decisive.find(condition => condition.status !== 'True');
	if (failing) return notReady(failing, conditions, context);
	if (decisive.length > 0) return healthy();
	const progress = findCondition(conditions, 'Progressing');
	return progress?.status === 'True' ? progressing(why(progress)) : null;
}

/** `Ready=False` cannot tell "still working" from "broken"; its reason, other conditions and time can. */
function notReady(condition: StatusCondition, conditions: readonly StatusCondition[], context: HealthContext): Health {
	if (condition.status !== 'False') return progressing(why(condition));
	if (isTrue(conditions, 'Progressing') || isTrue(conditions, 'Issuing')) return progressing(why(condition));
	if (brokenReason.test(condition.reason)) return degraded(why(condition));
	const age = context.now - (condition.since ?? context.firstSeenAt);
	if (age <= patienceMilliseconds) return progressing(why(condition));
	return degraded(`for ${printDuration(age)}: ${why(condition)}`);
}

function phaseHealth(object: KubernetesObject): Health | null {
	const phase = textAt(object, 'status.phase');
	if (phase === '') return null;
	const message = textAt(object, 'status.message');
	const text = `its phase is ${phase}${message === '' ? '' : `: ${message}`}`;
	if (goodPhases.test(phase)) return healthy(text);
	return badPhases.test(phase) ? degraded(text) : progressing(text);
}

/** Nobody says anything. That is normal for kinds that only hold configuration, and it is said. */
function silence(object: KubernetesObject, {now, firstSeenAt}: HealthContext): Health {
	const types = readConditions(object).map(condition => condition.type);
	if (types.length > 0) return healthy(`its conditions say nothing about health: ${types.join(', ')}`);
	if (valueAt(object, ['status', 'observedGeneration']) !== undefined) return healthy('its controller has seen it');
	// An old object that a new worker sees for the first time has had its chance.
	const since = Math.min(firstSeenAt, timeAt(object, 'metadata.creationTimestamp') ?? firstSeenAt);
	if (now - since < reportMilliseconds) return unknown('nothing has reported on it yet');
	return healthy('nothing reports on its health');
}
