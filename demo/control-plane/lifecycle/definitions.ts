import type {KubernetesObject} from '../../../source/model/object.ts';
import {type Context, printTime} from '../api/context.ts';
import {definitionFinalizer, deleteObject} from '../api/delete.ts';
import {trackChange} from '../api/put.ts';
import {replaceObject} from '../api/update.ts';
import {specOf} from '../kinds/custom.ts';
import type {Resource} from '../kinds/resource.ts';
import type {Change} from '../storage/store.ts';
import {later} from './later.ts';

export const definitions = 'apiextensions.k8s.io/customresourcedefinitions';
const manager = 'kube-apiserver';

/** Serves the kinds of CRDs while they are there, tells in their status that it does, and empties what goes away. */
export function runDefinitions(context: Context): () => void {
	for (const definition of context.store.list(definitions)) {
		if (hasCondition(definition, 'Established')) context.registry.define(definition);
	}
	const react = (change: Change): void => {
		if (change.collection === definitions) onDefinition(context, change);
		else if (change.type === 'DELETED') onInstanceGone(context, change.collection);
	};
	return context.store.listen(react);
}

function onDefinition(context: Context, {type, object}: Change): void {
	const {name} = object.metadata;
	if (type === 'DELETED') {
		context.registry.forget(name);
		// Its names are free again.
		for (const {metadata} of context.store.list(definitions)) later(() => establish(context, metadata.name));
		return;
	}
	if (hasCondition(object, 'Established')) context.registry.define(object);
	if (object.metadata.deletionTimestamp) later(() => empty(context, name));
	else if (!hasCondition(object, 'Established')) later(() => establish(context, name));
}

function definitionResource({registry}: Context): Resource | null {
	return registry.findGroupKind('CustomResourceDefinition.apiextensions.k8s.io');
}

interface Condition {
	readonly type: string;
	readonly status: string;
	readonly message?: string;
}

function hasCondition(definition: KubernetesObject, type: string): boolean {
	const {conditions} = (definition.status ?? {}) as {conditions?: readonly Condition[] | null};
	return conditions?.some(condition => condition.type === type && condition.status === 'True') ?? false;
}

function messageOf(definition: KubernetesObject, type: string): string | undefined {
	const {conditions} = (definition.status ?? {}) as {conditions?: readonly Condition[] | null};
	return conditions?.find(condition => condition.type === type)?.message;
}

function establish(context: Context, name: string): void {
	const definition = context.store.get(definitions, `/${name}`);
	if (!definition || hasCondition(definition, 'Established')) return;
	const lastTransitionTime = printTime(context.now());
	const conflict = nameConflict(context, definition);
	if (conflict) {
		if (messageOf(definition, 'NamesAccepted') === conflict.message) return;
		const refused = [
			{type: 'NamesAccepted', status: 'False', lastTransitionTime, ...conflict},
			{
				type: 'Established',
				status: 'False',
				lastTransitionTime,
				reason: 'NotAccepted',
				message: 'not all names are accepted',
			},
		];
		changeStatus(context, name, status => ({...status, conditions: refused}));
		return;
	}
	const {names} = specOf(definition);
	changeStatus(context, name, status => ({
		...status,
		acceptedNames: names,
		conditions: [
			{
				type: 'NamesAccepted',
				status: 'True',
				lastTransitionTime,
				reason: 'NoConflicts',
				message: 'no conflicts found',
			},
			{
				type: 'Established',
				status: 'True',
				lastTransitionTime,
				reason: 'InitialNamesAccepted',
				message: 'the initial names have been accepted',
			},
		],
	}));
}

/** Which of a CRD's names another one of its group has already; null when none is taken. */
function nameConflict(context: Context, definition: KubernetesObject): {reason: string; message: string} | null {
	const {group, names} = specOf(definition);
	const others = context.store
		.list(definitions)
		.filter(other => other.metadata.name !== definition.metadata.name && specOf(other).group === group)
		.filter(other => hasCondition(other, 'NamesAccepted'))
		.map(other => specOf(other).names);
	const {plural, singular, shortNames = [], kind, listKind} = names;
	const resources = new Set(others.flatMap(other => [other.plural, other.singular, ...(other.shortNames ?? [])]));
	const kinds = new Set(others.flatMap(other => [other.kind, other.listKind]));
	const checks: readonly (readonly [
		reason: string,
		name: string | undefined,
		taken: ReadonlySet<string | undefined>,
	])[] = [
		['PluralConflict', plural, resources],
		['SingularConflict', singular, resources],
		...shortNames.map(short => ['ShortNamesConflict', short, resources] as const),
		['KindConflict', kind, kinds],
		['ListKindConflict', listKind, kinds],
	];
	const found = checks.find(([, name, taken]) => name !== undefined && taken.has(name));
	return found ? {reason: found[0], message: `${JSON.stringify(found[1])} is already in use`} : null;
}

/** Deletes all objects of a CRD that is going, and lets it go when there are none. */
function empty(context: Context, name: string): void {
	const definition = context.store.get(definitions, `/${name}`);
	if (!definition?.metadata.deletionTimestamp) return;
	changeStatus(context, name, status => ({
		...status,
		conditions: ((status.conditions as readonly Condition[] | null) ?? []).map(condition =>
			condition.type === 'Terminating'
				? {...condition, reason: 'InstanceDeletionInProgress', message: 'CustomResource deletion is in progress'}
				: condition,
		),
	}));
	const {group, names} = specOf(definition);
	const resource = context.registry.resources.find(({custom}) => custom?.definition === name);
	if (resource) {
		for (const {metadata} of context.store.list(resource.collection)) {
			if (metadata.deletionTimestamp) continue;
			deleteObject(context, resource, metadata.namespace ?? '', metadata.name, {isDryRun: false});
		}
	}
	if (context.store.list(`${group}/${names.plural}`).length === 0) release(context, name);
}

function onInstanceGone(context: Context, collection: string): void {
	const resource = context.registry.resources.find(({custom, ...other}) => custom && other.collection === collection);
	if (resource?.custom?.isTerminating) empty(context, resource.custom.definition);
}

function release(context: Context, name: string): void {
	const resource = definitionResource(context);
	if (!resource || !context.store.get(definitions, `/${name}`)) return;
	const dropFinalizer = (live: KubernetesObject): KubernetesObject => {
		const {finalizers = [], ...metadata} = live.metadata;
		const left = finalizers.filter(finalizer => finalizer !== definitionFinalizer);
		return {...live, metadata: {...metadata, ...(left.length > 0 ? {finalizers: left} : {})}};
	};
	replaceObject(context, resource, '', name, dropFinalizer, {isDryRun: false});
}

function changeStatus(
	context: Context,
	name: string,
	change: (status: Record<string, unknown>) => Record<string, unknown>,
): void {
	const resource = definitionResource(context);
	if (!resource || !context.store.get(definitions, `/${name}`)) return;
	const options = {manager, subresource: 'status', isDryRun: false} as const;
	const make = (live: KubernetesObject): KubernetesObject => {
		const after = {...live, status: change((live.status ?? {}) as Record<string, unknown>)};
		return trackChange(context, resource, live, after, options);
	};
	replaceObject(context, resource, '', name, make, options);
}
