import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {trackUpdate} from '../merge/track-update.ts';
import type {Context} from './context.ts';
import {decodeBody, schemaOfResource, withAddress} from './decode.ts';
import {conflict, invalid} from './failures.ts';
import type {WriteOptions} from './options.ts';
import {replaceObject} from './update.ts';
import {versionsOf} from './versions.ts';

/** PUT of an object or of its status. Throws 400, 404, 409 or 422. */
export function putObject(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	body: unknown,
	options: WriteOptions & {readonly subresource?: 'status'},
): KubernetesObject {
	const object = withAddress(decodeBody(resource, body, options), namespace, name);
	const change = (live: KubernetesObject): KubernetesObject => {
		checkUid(resource, name, object, live);
		if (resource.custom && !object.metadata.resourceVersion) throw versionRequired(resource, name);
		return trackChange(context, resource, live, object, options);
	};
	return replaceObject(context, resource, namespace, name, change, options);
}

/** Records who owns what after an update or a patch. */
export function trackChange(
	context: Context,
	resource: Resource,
	live: KubernetesObject,
	after: KubernetesObject,
	options: Pick<WriteOptions, 'manager'> & {readonly subresource?: 'status'},
): KubernetesObject {
	return trackUpdate({
		schema: schemaOfResource(resource),
		before: live,
		after,
		manager: options.manager,
		now: context.now(),
		hasStatusSubresource: resource.subresources.includes('status'),
		versions: versionsOf(context, resource),
		...(options.subresource ? {subresource: options.subresource} : {}),
	});
}

function checkUid(resource: Resource, name: string, object: KubernetesObject, live: KubernetesObject): void {
	const {uid} = object.metadata;
	if (!uid || uid === live.metadata.uid) return;
	const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`;
	throw conflict(resource, name, why);
}

function versionRequired(resource: Resource, name: string): Error {
	const message = 'Invalid value: 0: must be specified for an update';
	return invalid(resource, name, [{reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion'}]);
}
