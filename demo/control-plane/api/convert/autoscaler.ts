import type {KubernetesObject} from '../../../../source/model/object.ts';
import {convertObject} from '../../schema/index.ts';

/** The versions count replicas differently in their status: version 1 writes a zero, version 2 leaves it out. */
export function autoscalerToV1(object: KubernetesObject): KubernetesObject {
	const {
		currentMetrics: _onlyInV2,
		conditions: _alsoOnlyInV2,
		...status
	} = (object.status ?? {}) as Record<string, unknown>;
	return {...convertObject(object, 'autoscaling/v1'), status: {currentReplicas: 0, ...status}};
}

export function autoscalerFromV1(object: KubernetesObject): KubernetesObject {
	const {
		currentCPUUtilizationPercentage: _derived,
		currentReplicas,
		...status
	} = (object.status ?? {}) as Record<string, unknown>;
	return {
		...convertObject(object, 'autoscaling/v2'),
		status: {
			...status,
			...(currentReplicas ? {currentReplicas} : {}),
			desiredReplicas: status.desiredReplicas ?? 0,
			currentMetrics: null,
		},
	};
}
