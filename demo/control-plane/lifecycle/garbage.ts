import type {KubernetesObject, OwnerReference} from '../../../source/model/object.ts';
import type {Context} from '../api/context.ts';
import {deleteObject} from '../api/delete.ts';
import {trackChange} from '../api/put.ts';
import {replaceObject} from '../api/update.ts';
import type {Resource} from '../kinds/resource.ts';
import type {Change} from '../storage/store.ts';
import {later, quietly} from './later.ts';

/** Where an object is stored. */
interface Place {
	readonly collection: string;
	readonly key: string;
}

const manager = 'kube-controller-manager';

/**
 * Deletes what belongs to nobody any more, and carries out the ways of deleting that involve dependents: foreground
 * (dependents first) and orphan (dependents stay). Works by owner references, for kinds of CRDs as well.
 */
export function runGarbageCollection(context: Context): () => void {
	const dependents = new Map<string, Map<string, Place>>();
	const places = new Map<string, Place>();
	const note = ({collection, key, type, object, previous}: Change): void => {
		const {uid = '', ownerReferences = []} = object.metadata;
		const id = `${collection}:${key}`;
		for (const owner of previous?.metadata.ownerReferences ?? []) dependents.get(owner.uid)?.delete(id);
		if (type === 'DELETED') {
			places.delete(uid);
			return;
		}
		places.set(uid, {collection, key});
		for (const owner of ownerReferences) {
			const own = dependents.get(owner.uid) ?? new Map<string, Place>();
			dependents.set(owner.uid, own.set(id, {collection, key}));
		}
	};
	const react = (change: Change): void => {
		note(change);
		const {object, type} = change;
		const {uid = '', finalizers = [], deletionTimestamp, ownerReferences = []} = object.metadata;
		const own = [...(dependents.get(uid)?.values() ?? [])];
		if (type === 'DELETED') {
			later(() => {
				for (const place of own) collect(context, places, place);
				for (const {uid: owner} of ownerReferences) {
					const waiting = places.get(owner);
					if (waiting) deleteForeground(context, dependents, waiting);
				}
			});
			return;
		}
		if (deletionTimestamp && finalizers.includes('orphan')) later(() => orphan(context, own, change));
		if (deletionTimestamp && finalizers.includes('foregroundDeletion')) {
			later(() => deleteForeground(context, dependents, change));
		}
		if (ownerReferences.some(owner => !places.has(owner.uid))) later(() => collect(context, places, change));
	};
	for (const {collection} of context.registry.stored()) {
		for (const [key, object] of context.store.entries(collection)) {
			note({revision: 0, type: 'ADDED', collection, key, object, previous: null});
		}
	}
	return context.store.listen(react);
}

function resourceAt({registry}: Context, collection: string): Resource | null {
	return registry.storedAt(collection);
}

/** Deletes an object all of whose owners are gone, and takes the gone ones out of one that has others. */
function collect(context: Context, places: ReadonlyMap<string, Place>, {collection, key}: Place): void {
	const object = context.store.get(collection, key);
	const resource = resourceAt(context, collection);
	const owners = object?.metadata.ownerReferences ?? [];
	if (!object || !resource || owners.length === 0) return;
	const present = owners.filter(owner => places.has(owner.uid));
	if (present.length === owners.length) return;
	if (present.length > 0) {
		quietly(() => changeOwners(context, resource, object, present));
		return;
	}
	if (object.metadata.deletionTimestamp) return;
	const {namespace = '', name, uid} = object.metadata;
	quietly(() => {
		deleteObject(context, resource, namespace, name, {
			isDryRun: false,
			...(uid ? {uid} : {}),
			propagation: 'Background',
		});
	});
}

/** Takes an owner out of its dependents, then lets it go. */
function orphan(context: Context, places: readonly Place[], {collection, key, object}: Change): void {
	for (const place of places) {
		const dependent = context.store.get(place.collection, place.key);
		const resource = resourceAt(context, place.collection);
		if (!dependent || !resource) continue;
		const left = (dependent.metadata.ownerReferences ?? []).filter(owner => owner.uid !== object.metadata.uid);
		quietly(() => changeOwners(context, resource, dependent, left));
	}
	dropFinalizer(context, {collection, key}, 'orphan');
}

/** Deletes the dependents of an object that waits for them; lets it go when none is left that blocks it. */
function deleteForeground(
	context: Context,
	dependents: ReadonlyMap<string, ReadonlyMap<string, Place>>,
	{collection, key}: Place,
): void {
	const owner = context.store.get(collection, key);
	if (!owner?.metadata.finalizers?.includes('foregroundDeletion')) return;
	const {uid = ''} = owner.metadata;
	let isBlocked = false;
	for (const place of [...(dependents.get(uid)?.values() ?? [])]) {
		const dependent = context.store.get(place.collection, place.key);
		const resource = resourceAt(context, place.collection);
		if (!dependent || !resource) continue;
		const reference = dependent.metadata.ownerReferences?.find(other => other.uid === uid) as
			| (OwnerReference & {blockOwnerDeletion?: boolean})
			| undefined;
		const {namespace = '', name, deletionTimestamp} = dependent.metadata;
		if (!deletionTimestamp) {
			quietly(() => {
				deleteObject(context, resource, namespace, name, {isDryRun: false, propagation: 'Foreground'});
			});
		}
		if (reference?.blockOwnerDeletion && context.store.get(place.collection, place.key)) isBlocked = true;
	}
	if (!isBlocked) dropFinalizer(context, {collection, key}, 'foregroundDeletion');
}

function dropFinalizer(context: Context, {collection, key}: Place, finalizer: string): void {
	const resource = resourceAt(context, collection);
	const object = context.store.get(collection, key);
	if (!resource || !object) return;
	const {namespace = '', name} = object.metadata;
	quietly(() => {
		replaceObject(
			context,
			resource,
			namespace,
			name,
			live => {
				const {finalizers = [], ...metadata} = live.metadata;
				const left = finalizers.filter(other => other !== finalizer);
				return {...live, metadata: {...metadata, ...(left.length > 0 ? {finalizers: left} : {})}};
			},
			{isDryRun: false},
		);
	});
}

function changeOwners(
	context: Context,
	resource: Resource,
	object: KubernetesObject,
	owners: readonly OwnerReference[],
): void {
	const {namespace = '', name} = object.metadata;
	replaceObject(
		context,
		resource,
		namespace,
		name,
		live => {
			const {ownerReferences: _before, ...metadata} = live.metadata;
			const after = {...live, metadata: {...metadata, ...(owners.length > 0 ? {ownerReferences: [...owners]} : {})}};
			return trackChange(context, resource, live, after, {manager});
		},
		{isDryRun: false},
	);
}
