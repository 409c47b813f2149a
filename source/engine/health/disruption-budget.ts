import {valueAt} from '../desired/tree.ts';
import {degraded, healthy, progressing} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import {numberAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/**
 * A budget that allows no disruption now is doing its work; it is broken only when its controller cannot compute it.
 */
export const disruptionBudgetHealth: HealthRule = object => {
	const allowed = findCondition(readConditions(object), 'DisruptionAllowed');
	if (allowed?.reason === 'SyncFailed') return degraded(why(allowed));
	if (valueAt(object, ['status', 'observedGeneration']) === undefined) return progressing('waits for its controller');
	if (numberAt(object, 'status.disruptionsAllowed') > 0) return healthy();
	const current = numberAt(object, 'status.currentHealthy');
	const wanted = numberAt(object, 'status.desiredHealthy');
	return healthy(`allows no disruption now: ${current} pods are healthy, ${wanted} are required`);
};
