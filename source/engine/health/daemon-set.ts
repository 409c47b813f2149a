import {valueAt} from '../desired/tree.ts';
import {healthy, progressing} from './answers.ts';
import {numberAt, textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** A DaemonSet without observedGeneration has not been looked at yet: all its counts are zero, and mean nothing. */
export const daemonSetHealth: HealthRule = object => {
	if (valueAt(object, ['status', 'observedGeneration']) === undefined) return progressing('waits for its controller');
	const desired = numberAt(object, 'status.desiredNumberScheduled');
	const current = numberAt(object, 'status.currentNumberScheduled');
	if (current < desired) return progressing(`${current} of ${desired} nodes have a pod`);
	const updated = numberAt(object, 'status.updatedNumberScheduled');
	const isRolling = textAt(object, 'spec.updateStrategy.type') !== 'OnDelete';
	if (isRolling && updated < desired) return progressing(`${updated} of ${desired} pods are updated`);
	const available = numberAt(object, 'status.numberAvailable');
	return available < desired ? progressing(`${available} of ${desired} pods are available`) : healthy();
};
