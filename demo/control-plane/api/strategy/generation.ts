import {isEqual} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Resource} from '../../kinds/resource.ts';

/** Built-in kinds that count changes of what is wished. Kinds of CRDs all do. */
const counted: ReadonlySet<string> = new Set([
	'/pods',
	'/podtemplates',
	'/replicationcontrollers',
	'apps/daemonsets',
	'apps/deployments',
	'apps/replicasets',
	'apps/statefulsets',
	'batch/cronjobs',
	'batch/jobs',
	'networking.k8s.io/ingresses',
	'networking.k8s.io/ingressclasses',
	'networking.k8s.io/networkpolicies',
	'networking.k8s.io/ipaddresses',
	'networking.k8s.io/servicecidrs',
	'policy/poddisruptionbudgets',
	'apiextensions.k8s.io/customresourcedefinitions',
	'admissionregistration.k8s.io/mutatingadmissionpolicies',
	'admissionregistration.k8s.io/mutatingadmissionpolicybindings',
	'admissionregistration.k8s.io/mutatingwebhookconfigurations',
	'admissionregistration.k8s.io/validatingadmissionpolicies',
	'admissionregistration.k8s.io/validatingadmissionpolicybindings',
	'admissionregistration.k8s.io/validatingwebhookconfigurations',
	'discovery.k8s.io/endpointslices',
	'scheduling.k8s.io/priorityclasses',
]);

export function countsGenerations(resource: Resource): boolean {
	return resource.custom !== undefined || counted.has(resource.collection);
}

/** The generation after an update: one more when something but metadata and status changed. */
export function nextGeneration(
	resource: Resource,
	before: KubernetesObject,
	after: KubernetesObject,
): number | undefined {
	const {generation} = before.metadata;
	if (!countsGenerations(resource)) return generation;
	const hasAnnotations = resource.collection === 'apps/deployments';
	const isChanged =
		!isEqual(wishOf(resource, before), wishOf(resource, after)) ||
		(hasAnnotations && !isEqual(before.metadata.annotations ?? {}, after.metadata.annotations ?? {}));
	return (generation ?? 0) + (isChanged ? 1 : 0);
}

function wishOf(resource: Resource, object: KubernetesObject): unknown {
	const {metadata: _told, status, apiVersion: _name, ...wish} = object;
	return resource.subresources.includes('status') ? wish : {...wish, status};
}
