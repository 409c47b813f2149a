import {isMap} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {readStructureOf} from './object-meta.ts';
import type {KindSchema, TypeSchema} from './type.ts';

/**
 * A custom resource as the server holds it: fields outside its schema dropped, defaults of the schema filled in, nulls
 * dropped where the schema does not allow them.
 */
export function readCustomResource(schema: KindSchema, object: KubernetesObject): KubernetesObject {
	const read = fill(schema.root, prune(schema.root, object)) as KubernetesObject;
	return {...read, metadata: readStructureOf(object.metadata)};
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
function fill(type: TypeSchema, value: unknown): unknown {
	if (Array.isArray(value)) {
		const element = type.list?.element;
		return element ? value.map(item => fill(element, item)) : value;
	}
	if (!isMap(value) || !type.map) return value;
	const entries: [string, unknown][] = [];
	for (const [name, child] of Object.entries(value)) {
		const field = type.map.fields.get(name);
		const fieldType = field?.type ?? type.map.element;
		if (child === undefined) continue;
		if (child === null && fieldType && fieldType.raw.nullable !== true && !fieldType.map?.preservesUnknown) {
			// Null means absent here: the default follows below, if there is one.
			continue;
		}
		entries.push([name, fieldType ? fill(fieldType, child) : child]);
	}
	// Definitions of the server's own (metadata) fill in nothing here.
	if (type.name) return Object.fromEntries(entries);
	const present = new Set(entries.map(([name]) => name));
	for (const [name, field] of type.map.fields) {
		if (present.has(name) || field.default === undefined) continue;
		entries.push([name, fill(field.type, structuredClone(field.default))]);
	}
	return Object.fromEntries(entries);
}
