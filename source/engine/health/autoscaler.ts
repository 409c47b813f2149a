import {degraded, healthy, printDuration, progressing} from './answers.ts';
import {findCondition, readConditions, type StatusCondition, why} from './conditions.ts';
import type {HealthRule} from './types.ts';

/** Metrics of new pods come late: until then an autoscaler without metrics is starting, not broken. */
const patienceMilliseconds = 180_000;

/** The worst condition counts; Argo CD takes the first, and calls an autoscaler without metrics healthy. */
export const autoscalerHealth: HealthRule = (object, {now, firstSeenAt}) => {
	const conditions = readConditions(object);
	if (conditions.length === 0) return progressing('waits for its controller');
	const age = (condition: StatusCondition): number => now - (condition.since ?? firstSeenAt);
	const able = findCondition(conditions, 'AbleToScale');
	if (able?.status === 'False' && able.reason !== 'BackoffBoth') {
		return age(able) > patienceMilliseconds || able.reason === 'FailedGetScale'
			? degraded(why(able))
			: progressing(why(able));
	}
	const active = findCondition(conditions, 'ScalingActive');
	if (active?.status !== 'False') return healthy();
	if (active.reason === 'ScalingDisabled') return healthy(why(active));
	if (active.reason === 'InvalidSelector') return degraded(why(active));
	if (age(active) <= patienceMilliseconds) return progressing(why(active));
	return degraded(`for ${printDuration(age(active))}: ${why(active)}`);
};
