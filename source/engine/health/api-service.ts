import {degraded, healthy, progressing} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import type {HealthRule} from './types.ts';

/**
 * The pods behind a new APIService need a moment; after that, one that is down breaks discovery and namespace deletion.
 */
const patienceMilliseconds = 60_000;

export const apiServiceHealth: HealthRule = (object, {now, firstSeenAt}) => {
	const available = findCondition(readConditions(object), 'Available');
	if (!available) return progressing('waits for the API server to look at it');
	if (available.status === 'True') return healthy();
	const age = now - (available.since ?? firstSeenAt);
	return age > patienceMilliseconds ? degraded(why(available)) : progressing(why(available));
};
