import type {KubernetesObject} from '../../../../source/model/object.ts';

interface JobSpec {
	readonly manualSelector?: boolean;
	readonly selector?: unknown;
	readonly template?: {readonly metadata?: {readonly labels?: Readonly<Record<string, string>>}};
}

/** A Job that names no selector gets one of its own uid, and its Pods the labels for it. */
export function createdJob(object: KubernetesObject): KubernetesObject {
	const spec = (object.spec ?? {}) as JobSpec;
	if (spec.manualSelector) return object;
	const {name, uid = ''} = object.metadata;
	const labels = {
		...spec.template?.metadata?.labels,
		'batch.kubernetes.io/controller-uid': uid,
		'batch.kubernetes.io/job-name': name,
		'controller-uid': uid,
		'job-name': name,
	};
	const selector = {matchLabels: {'batch.kubernetes.io/controller-uid': uid}};
	const template = {...spec.template, metadata: {...spec.template?.metadata, labels}};
	// Labels of the Job are those of its Pods where it has none of its own.
	const metadata = object.metadata.labels ? object.metadata : {...object.metadata, labels};
	return {...object, metadata, spec: {...spec, manualSelector: false, selector, template}};
}

/** A manifest without the generated labels means the same Job. */
export function updatedJob(object: KubernetesObject, _live: KubernetesObject): KubernetesObject {
	return object;
}
