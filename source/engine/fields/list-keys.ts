import type {FieldsV1} from '../../model/object.ts';
import {isMap} from './equal.ts';
import {childKeys, hasChildren} from './fields.ts';
import {formatElement, keyStep, parseElement, type Step} from './step.ts';

/** How the items of a list are told apart: by key fields, or by their whole value. */
export type ListIdentity = {readonly type: 'keys'; readonly names: readonly string[]} | {readonly type: 'set'};

/** The key fields of Kubernetes' own lists, the more specific first: two ports may share a name of `null`. */
const commonKeys: readonly (readonly string[])[] = [
	['containerPort', 'protocol'],
	['port', 'protocol'],
	['topologyKey', 'whenUnsatisfiable'],
	['name'],
	['mountPath'],
	['devicePath'],
	['uid'],
	['ip'],
	['type'],
	['key'],
	['id'],
];

/**
 * What managedFields say of the list at these nodes, one of each manager's set: its `k:` and `v:` entries are the
 * cluster's own word. null when they do not say.
 */
export function recordedIdentity(nodes: readonly FieldsV1[]): ListIdentity | null {
	for (const node of nodes) {
		for (const key of childKeys(node)) {
			const step = parseElement(key);
			if (step?.type === 'value') return {type: 'set'};
			if (step?.type === 'key') return {type: 'keys', names: step.match.map(field => field.name)};
		}
	}
	return null;
}

/** Whether the value at these nodes is owned as a whole: an atomic list or map. */
export function isAtomic(nodes: readonly FieldsV1[]): boolean {
	return nodes.length > 0 && !nodes.some(hasChildren);
}

/** The first common key that every item of all lists has and that is unique in each; null when there is none. */
export function guessedIdentity(lists: readonly (readonly unknown[])[]): ListIdentity | null {
	const items = lists.flat();
	if (items.length === 0 || !items.every(isMap)) return null;
	const names = commonKeys.find(candidate => lists.every(list => identify(list, {type: 'keys', names: candidate})));
	return names ? {type: 'keys', names} : null;
}

/** The step of every item, in order; null when an item has none or two items share one. */
export function identify(list: readonly unknown[], identity: ListIdentity): Step[] | null {
	const seen = new Set<string>();
	const steps: Step[] = [];
	for (const item of list) {
		const step: Step | null = identity.type === 'set' ? {type: 'value', value: item} : keyOfItem(item, identity.names);
		if (!step) return null;
		seen.add(formatElement(step));
		steps.push(step);
	}
	return seen.size === list.length ? steps : null;
}

/** The server fills in a port's protocol, also where it is part of the key (structured-merge-diff #130). */
const keyDefaults: Readonly<Record<string, string>> = {protocol: 'TCP'};

function keyOfItem(item: unknown, names: readonly string[]): Step | null {
	if (!isMap(item)) return null;
	const match: [string, unknown][] = [];
	for (const name of names) {
		const value = Object.hasOwn(item, name) ? item[name] : Object.hasOwn(keyDefaults, name) ? keyDefaults[name] : null;
		if (value === undefined || value === null || typeof value === 'object') return null;
		match.push([name, value]);
	}
	return keyStep(Object.fromEntries(match));
}
