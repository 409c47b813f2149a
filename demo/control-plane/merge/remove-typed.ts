import {isMap} from '../../../source/engine/fields/equal.ts';
import {childOf, hasChildren, isMember} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import {type KindSchema, shapeOf, type TypeSchema, typeOfKey} from '../schema/type.ts';
import {fieldElement, itemElements} from './element.ts';

/**
 * An object without the map keys and list items that are members of a set. A container that loses its last one becomes
 * null, as structured-merge-diff leaves it.
 */
export function removeTyped<T>(schema: KindSchema, object: T, fields: FieldsV1): T {
	return remove(schema.root, object, fields) as T;
}

function remove(type: TypeSchema, value: unknown, fields: FieldsV1): unknown {
	switch (shapeOf(type, value)) {
		case 'map': {
			if (!isMap(value) || Object.keys(value).length === 0 || type.map!.relationship === 'atomic') return null;
			const entries: [string, unknown][] = [];
			for (const [key, child] of Object.entries(value)) {
				const node = childOf(fields, fieldElement(key));
				if (node && isMember(node)) continue;
				const childType = typeOfKey(type.map!, key);
				entries.push([key, node && hasChildren(node) && childType ? remove(childType, child, node) : child]);
			}
			return entries.length > 0 ? Object.fromEntries(entries) : null;
		}
		case 'list': {
			if (!Array.isArray(value) || value.length === 0 || type.list!.relationship === 'atomic') return null;
			const items: unknown[] = [];
			for (const [index, element] of itemElements(type.list!, value).entries()) {
				const node = element === null ? undefined : childOf(fields, element);
				if (node && isMember(node)) continue;
				items.push(node && hasChildren(node) ? remove(type.list!.element, value[index], node) : value[index]);
			}
			return items.length > 0 ? items : null;
		}
		default:
			return value;
	}
}
