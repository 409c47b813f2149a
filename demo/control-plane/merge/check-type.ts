import {isMap} from '../../../source/engine/fields/equal.ts';
import {type KindSchema, type ListType, type MapType, shapeOf, type TypeSchema, typeOfKey} from '../schema/type.ts';
import {fieldElement, itemElement, printElement} from './element.ts';
import {goTypeOf, printGoValue, type TypedError} from './typed-error.ts';

/**
 * Where an object is not of its type: unknown fields, wrong types, items that share a key. A map reports its first unknown
 * field only, as the server does; which one that is, is not stable there.
 */
export function checkType(schema: KindSchema, object: unknown): TypedError[] {
	return check(schema.root, object, '');
}

function check(type: TypeSchema, value: unknown, path: string): TypedError[] {
	if (value === null || value === undefined) return [];
	switch (shapeOf(type, value)) {
		case 'map':
			return isMap(value)
				? checkMap(type.map!, value, path)
				: [{path, message: `expected map, got ${printWrapped(value)}`}];
		case 'list':
			return Array.isArray(value)
				? checkList(type.list!, value, path)
				: [{path, message: `expected list, got ${printWrapped(value)}`}];
		case 'scalar':
			return checkScalar(type.scalar!, value, path);
		default:
			return [{path, message: `schema error: invalid atom: ${type.name ? `named type: ${type.name}` : 'inlined'}`}];
	}
}

function printWrapped(value: unknown): string {
	return `&{${printGoValue(value, false)}}`;
}

function checkScalar(scalar: NonNullable<TypeSchema['scalar']>, value: unknown, path: string): TypedError[] {
	const type = typeof value;
	const isNumber = type === 'number' || type === 'bigint';
	switch (scalar) {
		case 'numeric':
			return isNumber ? [] : [{path, message: `expected numeric (int or float), got ${goTypeOf(value)}`}];
		case 'string':
			return type === 'string'
				? []
				: [{path, message: `expected string, got &value.valueUnstructured{Value:${printGoValue(value, true)}}`}];
		case 'boolean':
			return type === 'boolean' ? [] : [{path, message: `expected boolean, got ${printWrapped(value)}`}];
		case 'untyped':
			return isNumber || type === 'string' || type === 'boolean'
				? []
				: [{path, message: `expected any scalar, got ${printWrapped(value)}`}];
	}
}

function checkMap(map: MapType, value: Readonly<Record<string, unknown>>, path: string): TypedError[] {
	const errors: TypedError[] = [];
	// In the order of the keys, so that the answer is the same every time.
	for (const key of Object.keys(value).sort()) {
		const child = value[key];
		const childPath = path + printElement(fieldElement(key));
		const type = typeOfKey(map, key);
		if (!type) {
			errors.push({path: childPath, message: 'field not declared in schema'});
			break;
		}
		errors.push(...check(type, child, childPath));
	}
	return errors;
}

function checkList(list: ListType, value: readonly unknown[], path: string): TypedError[] {
	const errors: TypedError[] = [];
	const seen = new Set<string>();
	for (const [index, item] of value.entries()) {
		let step = `[${index}]`;
		if (list.relationship === 'associative') {
			let element: string;
			try {
				element = itemElement(list, item);
			} catch (error) {
				return [...errors, {path, message: `element ${index}: ${(error as Error).message}`}];
			}
			step = printElement(element);
			if (seen.has(element)) errors.push({path, message: `duplicate entries for key ${step}`});
			seen.add(element);
		}
		errors.push(...check(list.element, item, path + step));
	}
	return errors;
}
