import type {KubernetesObject, ObjectMetadata} from '../../model/object.ts';

/**
 * Fields the server writes. In Git they come from `kubectl get -o yaml`; applied they conflict, or bind to a dead
 * object.
 */
const serverFields: readonly string[] = [
	'creationTimestamp',
	'deletionGracePeriodSeconds',
	'deletionTimestamp',
	'generation',
	'managedFields',
	'resourceVersion',
	'selfLink',
	'uid',
];

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A copy without `status` and without what the server writes into metadata, in the namespace given (none: empty).
 * kubectl's copy of the whole object is left out too: it would be a second, stale truth, and may hold secrets.
 */
export function withoutServerFields(object: KubernetesObject, namespace: string): KubernetesObject {
	const metadata: ObjectMetadata = {...object.metadata};
	for (const field of serverFields) {
		if (field in metadata) delete metadata[field];
	}
	if (namespace === '') delete metadata.namespace;
	else metadata.namespace = namespace;
	if (metadata.annotations && lastApplied in metadata.annotations) {
		const {[lastApplied]: _copy, ...annotations} = metadata.annotations;
		if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
		else delete metadata.annotations;
	}
	for (const field of ['labels', 'annotations'] as const) {
		if (metadata[field] === null) delete metadata[field];
	}
	const {status: _status, ...rest} = object;
	return {...rest, metadata} as KubernetesObject;
}
