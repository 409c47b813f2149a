import type {KubernetesObject} from '../../../../source/model/object.ts';

interface Metric {
	readonly type?: string;
	readonly resource?: {
		readonly name?: string;
		readonly target?: {readonly type?: string; readonly averageUtilization?: number};
		readonly current?: {readonly averageUtilization?: number};
	};
}

const isCpu = ({type, resource}: Metric): boolean => type === 'Resource' && resource?.name === 'cpu';

/** autoscaling/v1 knows one metric, the processor's utilization; others are left to v2. */
export function autoscalerToV1(object: KubernetesObject): KubernetesObject {
	const {metrics, behavior: _onlyInV2, ...spec} = (object.spec ?? {}) as {metrics?: Metric[]; behavior?: unknown};
	const {
		currentMetrics,
		conditions: _alsoOnlyInV2,
		...status
	} = (object.status ?? {}) as {
		currentMetrics?: Metric[] | null;
		conditions?: unknown;
	};
	const target = metrics?.find(isCpu)?.resource?.target?.averageUtilization;
	const current = currentMetrics?.find(isCpu)?.resource?.current?.averageUtilization;
	return {
		...object,
		spec: {...spec, ...(target === undefined ? {} : {targetCPUUtilizationPercentage: target})},
		status: {
			currentReplicas: 0,
			...status,
			...(current === undefined ? {} : {currentCPUUtilizationPercentage: current}),
		},
	};
}

export function autoscalerFromV1(object: KubernetesObject): KubernetesObject {
	const {targetCPUUtilizationPercentage, ...spec} = (object.spec ?? {}) as {targetCPUUtilizationPercentage?: number};
	const {
		currentCPUUtilizationPercentage: _derived,
		currentReplicas,
		...status
	} = (object.status ?? {}) as Record<string, unknown>;
	const metrics =
		targetCPUUtilizationPercentage === undefined
			? {}
			: {
					metrics: [
						{
							type: 'Resource',
							resource: {
								name: 'cpu',
								target: {type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage},
							},
						},
					],
				};
	return {
		...object,
		spec: {...spec, ...metrics},
		status: {
			...status,
			...(currentReplicas ? {currentReplicas} : {}),
			desiredReplicas: 0,
			currentMetrics: null,
			...status,
		},
	};
}
