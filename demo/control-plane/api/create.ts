import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {trackUpdate} from '../merge/track-update.ts';
import {ApiError} from '../types.ts';
import {admitCreation} from './admit.ts';
import {checkObject} from './check.ts';
import {type Context, keyFor, printTime} from './context.ts';
import {convert, toStorage} from './convert.ts';
import {decodeBody, schemaOfResource, withAddress} from './decode.ts';
import {alreadyExists} from './failures.ts';
import type {WriteOptions} from './options.ts';
import {countsGenerations} from './strategy/generation.ts';
import {onCreate} from './strategy/on-create.ts';
import {suffixFrom} from './strategy/service-account-volume.ts';
import {withoutStatus} from './strategy/status.ts';

/** POST. Throws 400, 403, 404, 409 or 422. */
export function createObject(
	context: Context,
	resource: Resource,
	namespace: string,
	body: unknown,
	options: WriteOptions,
): KubernetesObject {
	const object = withAddress(decodeBody(resource, body, options), namespace, '');
	if (object.metadata.resourceVersion) {
		throw new ApiError({code: 500, message: 'resourceVersion should not be set on objects to be created'});
	}
	admitCreation(context, resource, namespace, object.metadata.name ?? '');
	const tracked = trackUpdate({
		schema: schemaOfResource(resource),
		before: null,
		after: object,
		manager: options.manager,
		now: context.now(),
		hasStatusSubresource: resource.subresources.includes('status'),
	});
	return storeNew(context, resource, tracked, options);
}

/** Completes an object whose ownership is recorded, checks it and stores it. A dry run stores nothing. */
export function storeNew(
	context: Context,
	resource: Resource,
	tracked: KubernetesObject,
	options: Pick<WriteOptions, 'isDryRun'>,
): KubernetesObject {
	const named = withSystemFields(context, resource, tracked);
	const object = onCreate(resource, withoutStatus(resource, named), context);
	checkObject(resource, object, null);
	const key = keyFor(object.metadata.namespace, object.metadata.name);
	if (context.store.get(resource.collection, key)) throw alreadyExists(resource, object.metadata.name);
	if (options.isDryRun) return object;
	return convert(context.store.put(resource.collection, key, toStorage(object, resource)), resource);
}

function withSystemFields(context: Context, resource: Resource, object: KubernetesObject): KubernetesObject {
	const {
		uid: _uid,
		resourceVersion: _version,
		creationTimestamp: _created,
		deletionTimestamp: _deleted,
		deletionGracePeriodSeconds: _grace,
		generation: _generation,
		selfLink: _link,
		name: sentName,
		generateName,
		namespace,
		...rest
	} = object.metadata;
	const uid = context.newUid();
	const name = sentName || (generateName ? `${generateName}${suffixFrom(uid)}` : '');
	return {
		...object,
		metadata: {
			name,
			...(generateName ? {generateName} : {}),
			...(namespace ? {namespace} : {}),
			uid,
			...(countsGenerations(resource) ? {generation: 1} : {}),
			creationTimestamp: printTime(context.now()),
			...rest,
		},
	};
}
