import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {ApiError} from '../types.ts';
import {admitDeletion} from './admit.ts';
import {type Context, printTime} from './context.ts';
import {convert} from './convert.ts';
import {notFound} from './failures.ts';
import {isFinished} from './update.ts';

export interface DeleteOptions {
	readonly isDryRun: boolean;
	readonly gracePeriodSeconds?: number;
	readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
	readonly uid?: string;
	readonly resourceVersion?: string;
}

export interface Deletion {
	readonly object: KubernetesObject;
	/** Whether it is gone, and not only on its way out. */
	readonly isGone: boolean;
}

const garbageFinalizers = {Foreground: 'foregroundDeletion', Orphan: 'orphan'} as const;

/**
 * Deletes an object, or marks it when something holds it: finalizers, dependents that are to be deleted first, a Pod's time
 * to end. Throws 403, 404 or 409.
 */
export function deleteObject(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	options: DeleteOptions,
): Deletion {
	const key = `${namespace}/${name}`;
	const live = context.store.get(resource.collection, key);
	if (!live) throw notFound(resource, name);
	checkPreconditions(resource, live, options);
	admitDeletion(resource, live);
	const marked = mark(context, resource, live, options);
	const answer = (object: KubernetesObject, isGone: boolean): Deletion => ({object: convert(object, resource), isGone});
	if (isFinished(marked)) {
		if (!options.isDryRun) context.store.remove(resource.collection, key);
		return answer(live, true);
	}
	if (marked === live || options.isDryRun) return answer(marked, false);
	return answer(context.store.put(resource.collection, key, marked), false);
}

function checkPreconditions(resource: Resource, live: KubernetesObject, {uid, resourceVersion}: DeleteOptions): void {
	const {name} = live.metadata;
	// This refusal alone names the kind instead of the resource.
	const refuse = (why: string): ApiError =>
		new ApiError({
			code: 409,
			reason: 'Conflict',
			message: `Operation cannot be fulfilled on ${resource.kind} "${name}": ${why}`,
			details: {name, ...(resource.group ? {group: resource.group} : {}), kind: resource.kind},
		});
	if (uid && uid !== live.metadata.uid) {
		throw refuse(
			`the UID in the precondition (${uid}) does not match the UID in record (${live.metadata.uid}). The object might have been deleted and then recreated`,
		);
	}
	if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) {
		throw refuse(
			`the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${live.metadata.resourceVersion}). The object might have been modified`,
		);
	}
}

/** The object as it waits for its end; the same one when it does so already. */
function mark(context: Context, resource: Resource, live: KubernetesObject, options: DeleteOptions): KubernetesObject {
	const grace = graceOf(resource, live, options);
	const finalizers = finalizersFor(resource, live, options);
	const {deletionTimestamp, deletionGracePeriodSeconds, generation} = live.metadata;
	const isShortened = deletionTimestamp !== undefined && grace < Number(deletionGracePeriodSeconds ?? 0);
	const hasSameFinalizers = finalizers.join() === (live.metadata.finalizers ?? []).join();
	if (deletionTimestamp && hasSameFinalizers && !isShortened) return live;
	const {finalizers: _before, ...rest} = live.metadata;
	const isMarked = deletionTimestamp !== undefined && !isShortened;
	const metadata: KubernetesObject['metadata'] = {
		...rest,
		...(finalizers.length > 0 ? {finalizers} : {}),
		...(isMarked
			? {}
			: {
					deletionTimestamp: printTime(context.now() + grace * 1000),
					...(hasGrace(resource) ? {deletionGracePeriodSeconds: grace} : {}),
				}),
		...(deletionTimestamp || !hasGrace(resource) || !generation ? {} : {generation: generation + 1}),
	};
	const marked = {...live, metadata};
	switch (resource.collection) {
		case '/namespaces':
			return {...marked, status: {...(live.status as object), phase: 'Terminating'}};
		case definitions:
			return withPendingDeletion(marked, printTime(context.now()));
		default:
			return marked;
	}
}

const definitions = 'apiextensions.k8s.io/customresourcedefinitions';

/** A CRD tells that its objects will be deleted. */
function withPendingDeletion(definition: KubernetesObject, lastTransitionTime: string): KubernetesObject {
	const status = (definition.status ?? {}) as {conditions?: readonly {readonly type: string}[] | null};
	const others = (status.conditions ?? []).filter(({type}) => type !== 'Terminating');
	const condition = {
		type: 'Terminating',
		status: 'True',
		lastTransitionTime,
		reason: 'InstanceDeletionPending',
		message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
	};
	return {...definition, status: {...status, conditions: [...others, condition]}};
}

/** Namespaces and CRDs are deleted by rules of their own, which count neither generations nor seconds. */
const hasGrace = ({collection}: Resource): boolean => collection !== '/namespaces' && collection !== definitions;

function graceOf(resource: Resource, live: KubernetesObject, {gracePeriodSeconds}: DeleteOptions): number {
	if (resource.collection !== '/pods') return 0;
	const spec = (live.spec ?? {}) as {nodeName?: string; terminationGracePeriodSeconds?: number};
	const {phase} = (live.status ?? {}) as {phase?: string};
	// What no kubelet knows of, or has ended, ends at once.
	if (!spec.nodeName || phase === 'Failed' || phase === 'Succeeded') return 0;
	return gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
}

function finalizersFor(resource: Resource, live: KubernetesObject, {propagation}: DeleteOptions): string[] {
	const present = live.metadata.finalizers ?? [];
	if (resource.collection === definitions) return [...new Set([...present, definitionFinalizer])];
	if (!propagation) return [...present];
	const others = present.filter(name => name !== garbageFinalizers.Foreground && name !== garbageFinalizers.Orphan);
	return propagation === 'Background' ? others : [...others, garbageFinalizers[propagation]];
}

/** Holds a CRD until its objects are gone. */
export const definitionFinalizer = 'customresourcecleanup.apiextensions.k8s.io';
