import {healthy, progressing} from './answers.ts';
import {numberAt, textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** StatefulSets know no deadline: what does not become ready stays Progressing. */
export const statefulSetHealth: HealthRule = object => {
	const replicas = numberAt(object, 'spec.replicas', 1);
	const ready = numberAt(object, 'status.readyReplicas');
	if (ready < replicas) return progressing(`${ready} of ${replicas} replicas are ready`);
	const total = numberAt(object, 'status.replicas');
	if (total > replicas) return progressing(`${total - replicas} replicas too many are still there`);
	if (textAt(object, 'spec.updateStrategy.type') === 'OnDelete') return healthy();
	const updated = numberAt(object, 'status.updatedReplicas');
	const partition = numberAt(object, 'spec.updateStrategy.rollingUpdate.partition');
	if (partition > 0) {
		const expected = Math.max(replicas - partition, 0);
		if (updated < expected) return progressing(`${updated} of ${expected} replicas above the partition are updated`);
		return healthy(`${expected} of ${replicas} replicas are updated, as its partition says`);
	}
	const available = numberAt(object, 'status.availableReplicas', ready);
	if (available < replicas) return progressing(`${available} of ${replicas} replicas are available`);
	if (textAt(object, 'status.currentRevision') !== textAt(object, 'status.updateRevision')) {
		return progressing(`${updated} of ${replicas} replicas are updated`);
	}
	return healthy();
};
