import {isMap} from '../../../source/engine/fields/equal.ts';
import {childKeys, childOf} from '../../../source/engine/fields/fields.ts';
import {parseElement} from '../../../source/engine/fields/step.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import {type KindSchema, shapeOf, type TypeSchema, typeOfKey} from '../schema/type.ts';
import {fieldElement, itemElements} from './element.ts';

/** The set of all paths that an object names: its leaves, list items, keys of free-form maps, empty maps and nulls. */
export function fieldSetOf(schema: KindSchema, object: unknown): FieldsV1 {
	return setOf(schema.root, object).fields;
}

interface NodeSet {
	readonly fields: FieldsV1;
	/** Whether the value itself is a member: a leaf. */
	readonly isMember: boolean;
}

const leaf: NodeSet = {fields: {}, isMember: true};

function setOf(type: TypeSchema, value: unknown): NodeSet {
	switch (shapeOf(type, value)) {
		case 'map':
			return mapSet(type, value);
		case 'list':
			return listSet(type, value);
		default:
			return leaf;
	}
}

function mapSet(type: TypeSchema, value: unknown): NodeSet {
	const map = type.map!;
	if (map.relationship === 'atomic') return leaf;
	const fields: FieldsV1 = {};
	if (!isMap(value)) return {fields, isMember: false};
	for (const [key, child] of Object.entries(value)) {
		if (child === undefined) continue;
		const childType = typeOfKey(map, key);
		if (!childType) continue;
		const set = setOf(childType, child);
		const isBlank = child === null || (isMap(child) && Object.keys(child).length === 0);
		addChild(fields, fieldElement(key), set, isBlank || !map.fields.has(key));
	}
	return {fields, isMember: false};
}

function listSet(type: TypeSchema, value: unknown): NodeSet {
	const list = type.list!;
	if (list.relationship === 'atomic') return leaf;
	const fields: FieldsV1 = {};
	if (!Array.isArray(value)) return {fields, isMember: false};
	const elements = itemElements(list, value);
	const counts = new Map<string, number>();
	for (const element of elements) if (element !== null) counts.set(element, (counts.get(element) ?? 0) + 1);
	for (const [index, element] of elements.entries()) {
		if (element === null) continue;
		// Items that share a key are one member, without what is in them.
		addChild(fields, element, counts.get(element) === 1 ? setOf(list.element, value[index]) : leaf, true);
	}
	return {fields, isMember: false};
}

function addChild(parent: FieldsV1, element: string, {fields, isMember}: NodeSet, isMemberToo: boolean): void {
	const hasChildren = Object.keys(fields).length > 0;
	if (!hasChildren && !isMember && !isMemberToo) return;
	parent[element] = hasChildren && (isMember || isMemberToo) ? {'.': {}, ...fields} : fields;
}

/** The set with every named field on the way made a member too, as pruning needs it: a struct field is there or not. */
export function withNamedFields(fields: FieldsV1, type: TypeSchema | undefined): FieldsV1 {
	const result: FieldsV1 = {};
	if ('.' in fields) result['.'] = {};
	for (const key of childKeys(fields)) {
		const step = parseElement(key);
		const child = childOf(fields, key)!;
		if (Object.keys(child).length === 0) {
			result[key] = child;
			continue;
		}
		const isNamed = step?.type === 'field' && type?.map?.fields.has(step.name);
		const childType =
			step?.type === 'field'
				? type?.map && typeOfKey(type.map, step.name)
				: step?.type === 'key'
					? type?.list?.element
					: undefined;
		const filled = withNamedFields(child, childType);
		result[key] = isNamed && !('.' in filled) ? {'.': {}, ...filled} : filled;
	}
	return result;
}
