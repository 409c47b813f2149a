import {isEqual, isMap} from '../../../source/engine/fields/equal.ts';
import {difference, isEmpty, union} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1, KubernetesObject, ManagedFieldsEntry} from '../../../source/model/object.ts';

/**
 * A small model of what an API server records about ownership (engines.md f.3), for one kind with every list and map type.
 * It was compared with a real API server on thousands of random histories; the tests lean on it where a thousand
 * histories a second are wanted.
 */
export type Schema =
	| {readonly type: 'scalar'}
	| {readonly type: 'atomic'}
	| {readonly type: 'struct'; readonly fields: Readonly<Record<string, Schema>>}
	| {readonly type: 'map'; readonly item: Schema}
	| {readonly type: 'list'; readonly item: Schema}
	| {readonly type: 'set'};

const scalar: Schema = {type: 'scalar'};
const textMap: Schema = {type: 'map', item: scalar};

/** `spec.containers` and `env` are keyed by name. */
export const widgetSchema: Schema = {
	type: 'struct',
	fields: {
		metadata: {type: 'struct', fields: {labels: textMap, annotations: textMap}},
		spec: {
			type: 'struct',
			fields: {
				replicas: scalar,
				args: {type: 'atomic'},
				selector: {type: 'atomic'},
				tags: {type: 'set'},
				options: textMap,
				containers: {
					type: 'list',
					item: {
						type: 'struct',
						fields: {
							name: scalar,
							image: scalar,
							env: {type: 'list', item: {type: 'struct', fields: {name: scalar, value: scalar}}},
							limits: textMap,
						},
					},
				},
			},
		},
	},
};

type Value = unknown;
type Values = Record<string, Value>;

/** A child of a value by its FieldsV1 key. */
interface Child {
	readonly key: string;
	readonly schema: Schema;
	readonly value: Value;
}

export interface Entry {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource: string;
	readonly time: number;
	readonly fields: FieldsV1;
}

export interface Server {
	readonly object: Values;
	readonly entries: readonly Entry[];
	readonly generation: number;
	readonly version: number;
	/** Seconds. */
	readonly clock: number;
	/** Who last gave the path at this key its value; see {@link leafPaths}. */
	readonly writers: ReadonlyMap<string, string>;
}

export interface Change {
	readonly modified: FieldsV1;
	readonly added: FieldsV1;
	readonly removed: FieldsV1;
}

export const emptyServer: Server = {
	object: {metadata: {}, spec: {}},
	entries: [],
	generation: 0,
	version: 1,
	clock: 1_800_000_000,
	writers: new Map(),
};

/** Any write but an apply: whoever wrote takes what changed, everybody else loses it. */
export function update(server: Server, manager: string, change: (object: Values) => Values): Server {
	const after = withoutBlanks(change(structuredClone(server.object)), widgetSchema) as Values;
	const changes = compare(server.object, after);
	const taken = union(changes.modified, changes.added);
	const lost = union(taken, changes.removed);
	if (isEmpty(lost)) return server;
	const former = server.entries.find(entry => isEntry(entry, manager, 'Update'));
	const entries = server.entries
		.filter(entry => entry !== former)
		.map(entry => ({...entry, fields: difference(entry.fields, lost)}));
	const fields = union(difference(former?.fields ?? {}, lost), taken);
	// A pure removal leaves the remover's time as it was.
	const time = isEmpty(taken) ? (former?.time ?? 0) : server.clock;
	const own: Entry = {manager, operation: 'Update', subresource: '', time, fields};
	return commit(server, after, [...entries, own], changes, manager);
}

/** A forced server-side apply. */
export function apply(server: Server, manager: string, config: Values): Server {
	const declared = fieldsOf(config, widgetSchema);
	const former = server.entries.find(entry => isEntry(entry, manager, 'Apply'));
	const others = server.entries.filter(entry => entry !== former);
	const merged = merge(server.object, config, widgetSchema);
	const kept = prune(
		merged,
		widgetSchema,
		former?.fields ?? {},
		declared,
		others.map(entry => entry.fields),
	);
	const after = {metadata: {}, spec: {}, ...(withoutBlanks(kept, widgetSchema) as Values)};
	const changes = compare(server.object, after);
	const lost = union(union(changes.modified, changes.added), changes.removed);
	const isChanged = !isEmpty(lost) || !isEqual(former?.fields ?? {}, declared);
	if (!isChanged) return server;
	const entries = others.map(entry => ({...entry, fields: difference(entry.fields, lost)}));
	const own: Entry = {manager, operation: 'Apply', subresource: '', time: server.clock, fields: declared};
	return commit(server, after, [...entries, own], changes, manager);
}

/** A status write: only its own entry's time moves. */
export function writeStatus(server: Server, manager: string): Server {
	const isOld = (entry: Entry) => entry.manager === manager && entry.subresource === 'status';
	const own: Entry = {
		manager,
		operation: 'Update',
		subresource: 'status',
		time: server.clock,
		fields: {'f:status': {'f:seen': {}}},
	};
	return {...server, version: server.version + 1, entries: [...server.entries.filter(entry => !isOld(entry)), own]};
}

export function pass(server: Server, seconds: number): Server {
	return {...server, clock: server.clock + seconds};
}

/** The object as it would be read. */
export function read(server: Server, view: 'metadata' | 'object' = 'object'): KubernetesObject {
	const {metadata, ...rest} = structuredClone(server.object) as {metadata: Values};
	return {
		apiVersion: 'example.com/v1',
		kind: 'Widget',
		...(view === 'object' ? rest : {}),
		metadata: {
			name: 'w',
			namespace: 'n',
			uid: 'u',
			resourceVersion: String(server.version),
			generation: server.generation,
			...metadata,
			managedFields: server.entries.map(toManagedFields),
		},
	};
}

function toManagedFields({time, subresource, fields, ...entry}: Entry): ManagedFieldsEntry {
	return {
		...entry,
		apiVersion: 'example.com/v1',
		time: `${new Date(time * 1000).toISOString().slice(0, 19)}Z`,
		fieldsType: 'FieldsV1',
		fieldsV1: fields,
		...(subresource ? {subresource} : {}),
	};
}

function isEntry(entry: Entry, manager: string, operation: Entry['operation']): boolean {
	return entry.manager === manager && entry.operation === operation && entry.subresource === '';
}

function commit(server: Server, after: Values, entries: Entry[], changes: Change, manager: string): Server {
	const writers = new Map(server.writers);
	for (const path of leafPaths(changes.removed)) writers.delete(path);
	for (const path of leafPaths(union(changes.modified, changes.added))) writers.set(path, manager);
	const isSpecChanged = !isEqual(server.object.spec, after.spec);
	return {
		...server,
		object: after,
		entries: entries.filter(entry => !isEmpty(entry.fields)),
		generation: server.generation + (isSpecChanged ? 1 : 0),
		version: server.version + 1,
		writers,
	};
}

/** Keys of all leaves of a set: FieldsV1 keys joined with NUL. */
export function leafPaths(fields: FieldsV1, at = ''): string[] {
	return Object.keys(fields)
		.filter(key => key !== '.')
		.flatMap(key => {
			const below = fields[key]!;
			const path = at === '' ? key : `${at}\u0000${key}`;
			return Object.keys(below).some(inner => inner !== '.') ? leafPaths(below, path) : [path];
		});
}

function childrenOf(value: Value, schema: Schema): Child[] {
	switch (schema.type) {
		case 'struct':
			return Object.keys(schema.fields).flatMap(name =>
				isMap(value) && value[name] !== undefined
					? [{key: `f:${name}`, schema: schema.fields[name]!, value: value[name]}]
					: [],
			);
		case 'map':
			return Object.entries(isMap(value) ? value : {}).map(([name, item]) => ({
				key: `f:${name}`,
				schema: schema.item,
				value: item,
			}));
		case 'list':
			return ((value ?? []) as Values[]).map(item => ({
				key: `k:{"name":${JSON.stringify(item.name)}}`,
				schema: schema.item,
				value: item,
			}));
		case 'set':
			return ((value ?? []) as string[]).map(item => ({key: `v:${JSON.stringify(item)}`, schema: scalar, value: item}));
		default:
			return [];
	}
}

/** What an applied configuration claims. */
function fieldsOf(value: Value, schema: Schema): FieldsV1 {
	const fields: FieldsV1 = {};
	for (const child of childrenOf(value, schema)) {
		const below = fieldsOf(child.value, child.schema);
		const isItem = schema.type === 'list' || schema.type === 'map';
		// The object's own name is in there, and never owned.
		if (child.key === 'f:metadata' && Object.keys(below).length === 0) continue;
		fields[child.key] = isItem && Object.keys(below).length > 0 ? {'.': {}, ...below} : below;
	}
	return fields;
}

function allOf(value: Value, schema: Schema): FieldsV1 {
	const fields: FieldsV1 = {};
	const children = childrenOf(value, schema);
	for (const child of children) fields[child.key] = allOf(child.value, child.schema);
	return children.length > 0 ? {'.': {}, ...fields} : fields;
}

export function compare(before: Values, after: Values): Change {
	const change = compareNodes(before, after, widgetSchema);
	return {modified: change.modified ?? {}, added: change.added ?? {}, removed: change.removed ?? {}};
}

function compareNodes(before: Value, after: Value, schema: Schema): Partial<Change> {
	if (schema.type === 'scalar' || schema.type === 'atomic') return isEqual(before, after) ? {} : {modified: {}};
	const result: {modified?: FieldsV1; added?: FieldsV1; removed?: FieldsV1} = {};
	const put = (part: keyof Change, key: string, fields: FieldsV1 | undefined) => {
		if (!fields) return;
		result[part] ??= {};
		result[part][key] = fields;
	};
	const old = new Map(childrenOf(before, schema).map(child => [child.key, child]));
	const fresh = new Map(childrenOf(after, schema).map(child => [child.key, child]));
	for (const [key, child] of old) {
		const partner = fresh.get(key);
		if (!partner) put('removed', key, allOf(child.value, child.schema));
		else {
			const inner = compareNodes(child.value, partner.value, child.schema);
			for (const part of ['modified', 'added', 'removed'] as const) put(part, key, inner[part]);
		}
	}
	for (const [key, child] of fresh) if (!old.has(key)) put('added', key, allOf(child.value, child.schema));
	return result;
}

function merge(live: Value, config: Value, schema: Schema): Value {
	if (live === undefined) return structuredClone(config);
	switch (schema.type) {
		case 'struct':
		case 'map': {
			const result: Values = {...(live as Values)};
			for (const {key, schema: inner, value} of childrenOf(config, schema)) {
				const name = key.slice(2);
				result[name] = merge((live as Values)[name], value, inner);
			}
			return result;
		}
		case 'list': {
			const items = [...(live as Values[])];
			for (const item of config as Values[]) {
				const index = items.findIndex(other => other.name === item.name);
				if (index < 0) items.push(structuredClone(item));
				else items[index] = merge(items[index], item, schema.item) as Values;
			}
			return items;
		}
		case 'set':
			return [...new Set([...(live as string[]), ...(config as string[])])];
		default:
			return structuredClone(config);
	}
}

/** Takes out what the applier declared before and does not any more, unless others own it. */
function prune(value: Value, schema: Schema, last: FieldsV1, now: FieldsV1, others: readonly FieldsV1[]): Value {
	let result = value;
	for (const child of childrenOf(value, schema)) {
		const before = last[child.key];
		if (!before) continue;
		const theirs = others.flatMap(fields => fields[child.key] ?? []);
		const still = now[child.key];
		if (!still && theirs.length === 0) result = without(result, schema, child.key);
		else result = replace(result, schema, child, prune(child.value, child.schema, before, still ?? {}, theirs));
	}
	return result;
}

function without(value: Value, schema: Schema, key: string): Value {
	if (Array.isArray(value)) return value.filter(item => keyOf(item, schema) !== key);
	const {[key.slice(2)]: _gone, ...rest} = value as Values;
	return rest;
}

function replace(value: Value, schema: Schema, child: Child, replacement: Value): Value {
	if (Array.isArray(value)) return value.map(item => (keyOf(item, schema) === child.key ? replacement : item));
	return {...(value as Values), [child.key.slice(2)]: replacement};
}

function keyOf(item: unknown, schema: Schema): string {
	return schema.type === 'set' ? `v:${JSON.stringify(item)}` : `k:{"name":${JSON.stringify((item as Values).name)}}`;
}

/** Empty maps and lists are not stored. */
function withoutBlanks(value: Value, schema: Schema): Value {
	if (schema.type === 'scalar' || schema.type === 'atomic' || schema.type === 'set') return value;
	if (Array.isArray(value)) return value.map(item => withoutBlanks(item, (schema as {item: Schema}).item));
	const result: Values = {};
	for (const child of childrenOf(value, schema)) {
		const inner = withoutBlanks(child.value, child.schema);
		const isBlank = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
		if (!isBlank || child.key === 'f:metadata' || child.key === 'f:spec') result[child.key.slice(2)] = inner;
	}
	return result;
}
