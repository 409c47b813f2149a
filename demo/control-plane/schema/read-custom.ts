import {isMap} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {readStructureOf} from './object-meta.ts';
import type {KindSchema, TypeSchema} from './type.ts';

/**
 * A custom resource as the server holds it: fields outside its schema dropped, and the schema's defaults filled in.
 */
export function readCustomResource(schema: KindSchema, object: KubernetesObject, origin: Origin): KubernetesObject {
	const read = fill(schema.root, prune(schema.root, object), origin) as KubernetesObject;
	return {...read, metadata: readStructureOf(object.metadata)};
}

/** Whether the object was sent (or patched), or merged by an apply, which leaves nulls for validation to refuse. */
export type Origin = 'request' | 'apply';

/** A null that the schema does not allow stands for the default, where there is one, and else for nothing. */
function isNullDropped({raw, map}: TypeSchema, hasDefault: boolean, origin: Origin): boolean {
	if (raw.nullable === true || map?.preservesUnknown) return false;
	return hasDefault || origin === 'request';
}

/** Drops what the schema does not have. */
function prune(type: TypeSchema, value: unknown): unknown {
	if (Array.isArray(value)) {
		const element = type.list?.element;
		return element ? value.map(item => prune(element, item)) : value;
	}
	if (!isMap(value) || !type.map) return value;
	const {fields, element, preservesUnknown} = type.map;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, child]) => {
			const field = fields.get(name)?.type;
			if (field) return [[name, prune(field, child)]];
			if (preservesUnknown) return [[name, child]];
			return element ? [[name, prune(element, child)]] : [];
		}),
	);
}

/** Fills in defaults from above, so that a default's own content gets defaults too. */
function fill(type: TypeSchema, value: unknown, origin: Origin): unknown {
	if (Array.isArray(value)) {
		const element = type.list?.element;
		return element ? value.map(item => fill(element, item, origin)) : value;
	}
	if (!isMap(value) || !type.map) return value;
	const entries: [string, unknown][] = [];
	for (const [name, child] of Object.entries(value)) {
		const field = type.map.fields.get(name);
		const fieldType = field?.type ?? type.map.element;
		if (child === undefined) continue;
		if (child === null && fieldType && isNullDropped(fieldType, field?.default !== undefined, origin)) continue;
		entries.push([name, fieldType ? fill(fieldType, child, origin) : child]);
	}
	// Definitions of the server's own (metadata) fill in nothing here.
	if (type.name) return Object.fromEntries(entries);
	const present = new Set(entries.map(([name]) => name));
	for (const [name, field] of type.map.fields) {
		if (present.has(name) || field.default === undefined) continue;
		entries.push([name, fill(field.type, structuredClone(field.default), origin)]);
	}
	return Object.fromEntries(entries);
}
