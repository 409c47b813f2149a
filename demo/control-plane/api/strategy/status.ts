import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Resource} from '../../kinds/resource.ts';
import {decodeObject} from '../../schema/decode.ts';

/** Kinds whose status may come with their creation. */
const keptOnCreate: ReadonlySet<string> = new Set(['/nodes']);

/** A new object without the status it was sent with; what is left is the status that every new object has. */
export function withoutStatus(resource: Resource, object: KubernetesObject): KubernetesObject {
	if (!resource.subresources.includes('status') || keptOnCreate.has(resource.collection)) return object;
	if (object.status === undefined || !resource.schema) return object;
	const {status: _dropped, ...rest} = object;
	// Custom resources have been through defaulting; their status has no form of its own.
	return resource.custom ? (rest as KubernetesObject) : decodeObject(resource.schema, rest as KubernetesObject);
}

/** What a write to the object itself may change: everything but the status. */
export function withStatusOf(resource: Resource, object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	if (!resource.subresources.includes('status')) return object;
	const {status: _sent, ...rest} = object;
	return ('status' in live ? {...rest, status: live.status} : rest) as KubernetesObject;
}

/** Groups of which a write to the status leaves the labels alone. */
const labelsKept: ReadonlySet<string> = new Set(['apps', 'batch']);

/** What a write to the status may change: the status, and of built-in kinds some metadata. */
export function onlyStatusOf(resource: Resource, object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	const {managedFields} = object.metadata;
	const {managedFields: _replaced, ...liveMetadata} = live.metadata;
	const metadata = resource.custom
		? {...liveMetadata, ...(managedFields ? {managedFields} : {})}
		: {
				...object.metadata,
				...(labelsKept.has(resource.group) && live.metadata.labels ? {labels: live.metadata.labels} : {}),
			};
	const {status: _before, ...rest} = live;
	return {...rest, metadata, ...('status' in object ? {status: object.status} : {})} as KubernetesObject;
}
