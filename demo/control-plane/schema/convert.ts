import type {KubernetesObject} from '../../../source/model/object.ts';
import {parseApiVersion} from '../../../source/model/object.ts';
import {at, each, type Structure} from './defaults/fill.ts';

/**
 * The object at another version of its kind. Horizontal pod autoscalers differ between their versions; every other kind is
 * the same at all of them, as custom resources are without a conversion webhook.
 */
export function convertObject(object: KubernetesObject, apiVersion: string): KubernetesObject {
	if (object.apiVersion === apiVersion) return object;
	const converted: KubernetesObject = {...object, apiVersion};
	if (parseApiVersion(apiVersion).group !== 'autoscaling' || object.kind !== 'HorizontalPodAutoscaler')
		return converted;
	const spec = at(object, 'spec');
	const status = at(object, 'status') ?? {};
	if (!spec) return converted;
	return apiVersion === 'autoscaling/v1'
		? {...converted, spec: toFirstVersion(spec), status: toFirstStatus(status)}
		: {...converted, spec: toSecondVersion(spec), status: toSecondStatus(status)};
}

/** Version 1 knows one metric: the use of CPU. */
function toFirstVersion({metrics, ...spec}: Structure): Structure {
	const utilization = each(metrics)
		.filter(metric => metric.type === 'Resource' && at(metric, 'resource')?.name === 'cpu')
		.map(metric => at(metric, 'resource', 'target')?.averageUtilization)
		.find(value => value !== undefined);
	return {...spec, ...(utilization === undefined ? {} : {targetCPUUtilizationPercentage: utilization})};
}

function toFirstStatus({currentMetrics: _metrics, conditions: _conditions, ...status}: Structure): Structure {
	return {currentReplicas: 0, ...status};
}

function toSecondStatus({currentCPUUtilizationPercentage: _utilization, ...status}: Structure): Structure {
	return {currentMetrics: null, ...status};
}

function toSecondVersion({targetCPUUtilizationPercentage, ...spec}: Structure): Structure {
	if (targetCPUUtilizationPercentage === undefined) return spec;
	const target = {type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage};
	return {...spec, metrics: [{type: 'Resource', resource: {name: 'cpu', target}}]};
}
