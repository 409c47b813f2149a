import {degraded, healthy, progressing} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import {numberAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** ReplicaSets and ReplicationControllers. */
export const replicaSetHealth: HealthRule = object => {
	const failure = findCondition(readConditions(object), 'ReplicaFailure');
	if (failure?.status === 'True') return degraded(why(failure));
	const replicas = numberAt(object, 'spec.replicas', 1);
	const available = numberAt(object, 'status.availableReplicas');
	if (available < replicas) return progressing(`${available} of ${replicas} replicas are available`);
	const total = numberAt(object, 'status.replicas');
	return total > replicas ? progressing(`${total - replicas} replicas too many are still there`) : healthy();
};
