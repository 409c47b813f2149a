import type {KubernetesObject} from '../../../../source/model/object.ts';

/** A namespace carries its name as a label, and is held by the finalizer that empties it. */
export function createdNamespace(object: KubernetesObject): KubernetesObject {
	const spec = object.spec as {finalizers?: readonly string[]} | undefined;
	const finalizers = spec?.finalizers ?? [];
	return {
		...withNameLabel(object),
		spec: {...spec, finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes']},
		status: {phase: 'Active'},
	};
}

/** Only the endpoint `finalize` changes the finalizers of a namespace. */
export function updatedNamespace(object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	return {...withNameLabel(object), spec: live.spec};
}

function withNameLabel(object: KubernetesObject): KubernetesObject {
	const {metadata} = object;
	const labels = {...metadata.labels, 'kubernetes.io/metadata.name': metadata.name};
	return {...object, metadata: {...metadata, labels}};
}
