import {degraded, healthy, printDuration, progressing, suspended} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import {isTrueAt, numberAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** A rollout is judged by its counts and by the deadline that the Deployment itself sets. */
export const deploymentHealth: HealthRule = (object, {now}) => {
	if (isTrueAt(object, 'spec.paused')) return suspended('its rollout is paused');
	const replicas = numberAt(object, 'spec.replicas', 1);
	const total = numberAt(object, 'status.replicas');
	const updated = numberAt(object, 'status.updatedReplicas');
	const available = numberAt(object, 'status.availableReplicas');
	const conditions = readConditions(object);
	const rollout = findCondition(conditions, 'Progressing');
	if (rollout?.reason === 'ProgressDeadlineExceeded') return degraded(why(rollout));
	const failure = findCondition(conditions, 'ReplicaFailure');
	if (failure?.status === 'True') return degraded(why(failure));
	if (updated < replicas) return progressing(`${updated} of ${replicas} replicas are updated`);
	if (total > updated) return progressing(`${total - updated} old replicas are still there`);
	const availability = findCondition(conditions, 'Available');
	if (available >= replicas && availability?.status !== 'False') return healthy();
	const message = `${available} of ${replicas} replicas are available`;
	// After a finished rollout the controller watches no deadline any more: the same span tells a hiccup from an
	// outage.
	const deadline = numberAt(object, 'spec.progressDeadlineSeconds', 600) * 1_000;
	const outage = availability?.status === 'False' && availability.since !== null ? now - availability.since : 0;
	const isFinished = rollout?.reason === 'NewReplicaSetAvailable';
	if (isFinished && outage > deadline) return degraded(`${message} for ${printDuration(outage)}`);
	return progressing(message);
};
