import type {KubernetesObject} from '../../../source/model/object.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {unlessOnlyTimes} from '../merge/unchanged.ts';
import {checkObject} from './check.ts';
import type {Context} from './context.ts';
import {convert, toStorage} from './convert.ts';
import {notFound, stale} from './failures.ts';
import type {WriteOptions} from './options.ts';
import {nextGeneration} from './strategy/generation.ts';
import {onUpdate} from './strategy/on-update.ts';
import {onlyStatusOf, withStatusOf} from './strategy/status.ts';

export interface ReplaceOptions extends Pick<WriteOptions, 'isDryRun'> {
	readonly subresource?: 'status' | 'scale';
}

/**
 * Puts a new state of an object in the place of the live one: `change` makes it, with ownership recorded. What the endpoint
 * cannot change is set back, the result checked and stored; a result that changes nothing is not. An object on its way out
 * that lost its last finalizer is gone afterwards. Throws 404, 409, 422 and what `change` throws.
 */
export function replaceObject(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	change: (live: KubernetesObject) => KubernetesObject,
	options: ReplaceOptions,
): KubernetesObject {
	const key = `${namespace}/${name}`;
	const stored = context.store.get(resource.collection, key);
	if (!stored) throw notFound(resource, name);
	const live = convert(stored, resource);
	const changed = change(live);
	checkVersion(resource, name, changed, live);
	const kept = withKeptMetadata(resource, changed, live);
	const prepared =
		options.subresource === 'status'
			? onlyStatusOf(resource, kept, live)
			: onUpdate(resource, withStatusOf(resource, kept, live), live);
	const generation = nextGeneration(resource, live, prepared);
	const object: KubernetesObject =
		generation === undefined ? prepared : {...prepared, metadata: {...prepared.metadata, generation}};
	checkObject(resource, object, live);
	if (unlessOnlyTimes(live, object) === live) return live;
	if (options.isDryRun) return object;
	if (isFinished(object)) {
		context.store.remove(resource.collection, key);
		return object;
	}
	return convert(context.store.put(resource.collection, key, toStorage(object, resource)), resource);
}

function checkVersion(resource: Resource, name: string, changed: KubernetesObject, live: KubernetesObject): void {
	const {resourceVersion} = changed.metadata;
	if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw stale(resource, name);
}

/** What no update changes. Another uid is left for the checks to refuse. */
function withKeptMetadata(resource: Resource, changed: KubernetesObject, live: KubernetesObject): KubernetesObject {
	const {uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, resourceVersion} =
		live.metadata;
	const {metadata} = changed;
	const {
		deletionTimestamp: _sent,
		deletionGracePeriodSeconds: _alsoSent,
		generation: _sentToo,
		selfLink: _old,
		...rest
	} = metadata;
	return {
		...changed,
		apiVersion: apiVersionOfKind(resource),
		kind: resource.kind,
		metadata: {
			...rest,
			...(live.metadata.namespace ? {namespace: live.metadata.namespace} : {}),
			...(uid && !metadata.uid ? {uid} : {}),
			...(resourceVersion ? {resourceVersion} : {}),
			...(generation === undefined ? {} : {generation}),
			...(creationTimestamp ? {creationTimestamp} : {}),
			...(deletionTimestamp ? {deletionTimestamp} : {}),
			...(deletionGracePeriodSeconds === undefined ? {} : {deletionGracePeriodSeconds}),
		},
	};
}

/** Whether nothing holds an object any more that is to be deleted. */
export function isFinished(object: KubernetesObject): boolean {
	const {deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0} = object.metadata;
	if (!deletionTimestamp || finalizers.length > 0 || deletionGracePeriodSeconds !== 0) return false;
	const held = object.kind === 'Namespace' ? ((object.spec as {finalizers?: string[]})?.finalizers ?? []) : [];
	return held.length === 0;
}
