import {setTimeout} from 'node:timers';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {type Context, printTime} from '../api/context.ts';
import {deleteObject} from '../api/delete.ts';
import {finalizeNamespace} from '../api/finalize.ts';
import {trackChange} from '../api/put.ts';
import {replaceObject} from '../api/update.ts';
import {qualifiedNameOf} from '../kinds/resource.ts';
import type {Change} from '../storage/store.ts';
import {later, quietly} from './later.ts';

const manager = 'kube-controller-manager';
/** So that one can see a namespace terminate; the real controller takes five seconds and more. */
const pauseMilliseconds = 200;

/** Empties namespaces that are to be deleted, tells in their status what remains, and lets them go when nothing does. */
export function runNamespaces(context: Context): () => void {
	const waiting = new Set<string>();
	const visit = (name: string, pause: number): void => {
		if (waiting.has(name)) return;
		waiting.add(name);
		setTimeout(() => {
			waiting.delete(name);
			quietly(() => empty(context, name));
		}, pause).unref();
	};
	const react = ({collection, key, type, object}: Change): void => {
		if (collection === '/namespaces') {
			if (type !== 'DELETED' && object.metadata.deletionTimestamp) visit(object.metadata.name, pauseMilliseconds);
			return;
		}
		const namespace = key.slice(0, key.indexOf('/'));
		if (type === 'DELETED' && namespace && isTerminating(context, namespace)) visit(namespace, 0);
	};
	for (const {metadata} of context.store.list('/namespaces')) {
		if (metadata.deletionTimestamp) later(() => empty(context, metadata.name));
	}
	return context.store.listen(react);
}

function isTerminating({store}: Context, name: string): boolean {
	return store.get('/namespaces', `/${name}`)?.metadata.deletionTimestamp !== undefined;
}

/** What is left of a kind in a namespace. */
interface Rest {
	readonly resource: string;
	readonly objects: readonly KubernetesObject[];
}

function empty(context: Context, name: string): void {
	if (!isTerminating(context, name)) return;
	for (const resource of context.registry.stored()) {
		if (!resource.isNamespaced) continue;
		for (const {metadata} of context.store.list(resource.collection, `${name}/`)) {
			if (metadata.deletionTimestamp) continue;
			quietly(() => {
				deleteObject(context, resource, name, metadata.name, {isDryRun: false, propagation: 'Background'});
			});
		}
	}
	const rest = restOf(context, name);
	if (rest.length === 0) {
		const live = context.store.get('/namespaces', `/${name}`);
		if (live) finalizeNamespace(context, name, {...live, spec: {}});
		return;
	}
	tell(context, name, rest);
}

function restOf(context: Context, name: string): Rest[] {
	return context.registry
		.stored()
		.filter(({isNamespaced}) => isNamespaced)
		.map(({collection, group, resource}) => ({
			resource: `${qualifiedNameOf(group, resource)}${group ? '' : '.'}`,
			objects: context.store.list(collection, `${name}/`),
		}))
		.filter(({objects}) => objects.length > 0);
}

/** Writes the conditions of the real controller. */
function tell(context: Context, name: string, rest: readonly Rest[]): void {
	const resource = context.registry.find('', 'v1', 'namespaces');
	if (!resource) return;
	const time = printTime(context.now());
	const finalizers = new Map<string, number>();
	for (const {metadata} of rest.flatMap(({objects}) => objects)) {
		for (const finalizer of metadata.finalizers ?? []) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
	}
	const remains = rest.map(({resource: kind, objects}) => `${kind} has ${objects.length} resource instances`).sort();
	const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).sort();
	const condition = (type: string, isTrue: boolean, reason: string, message: string): object => ({
		type,
		status: isTrue ? 'True' : 'False',
		lastTransitionTime: time,
		reason,
		message,
	});
	const conditions = [
		condition(
			'NamespaceDeletionDiscoveryFailure',
			false,
			'ResourcesDiscovered',
			'All resources successfully discovered',
		),
		condition(
			'NamespaceDeletionGroupVersionParsingFailure',
			false,
			'ParsedGroupVersions',
			'All legacy kube types successfully parsed',
		),
		condition(
			'NamespaceDeletionContentFailure',
			false,
			'ContentDeleted',
			'All content successfully deleted, may be waiting on finalization',
		),
		condition(
			'NamespaceContentRemaining',
			true,
			'SomeResourcesRemain',
			`Some resources are remaining: ${remains.join(', ')}`,
		),
		held.length > 0
			? condition(
					'NamespaceFinalizersRemaining',
					true,
					'SomeFinalizersRemain',
					`Some content in the namespace has finalizers remaining: ${held.join(', ')}`,
				)
			: condition(
					'NamespaceFinalizersRemaining',
					false,
					'ContentHasNoFinalizers',
					'All content-preserving finalizers finished',
				),
	];
	const options = {manager, subresource: 'status', isDryRun: false} as const;
	quietly(() => {
		replaceObject(
			context,
			resource,
			'',
			name,
			live => {
				const status = {...(live.status as object), conditions: keepTimes(live, conditions)};
				return trackChange(context, resource, live, {...live, status}, options);
			},
			options,
		);
	});
}

/** A condition that says the same as before keeps its time: otherwise telling it would be a change that tells it again. */
function keepTimes(live: KubernetesObject, conditions: readonly object[]): object[] {
	const before = ((live.status as {conditions?: readonly object[]} | undefined)?.conditions ?? []) as readonly Record<
		string,
		unknown
	>[];
	return (conditions as readonly Record<string, unknown>[]).map(condition => {
		const same = before.find(({type, status}) => type === condition.type && status === condition.status);
		return same ? {...condition, lastTransitionTime: same.lastTransitionTime} : condition;
	});
}
