import {isMap} from '../../../source/engine/fields/equal.ts';
import {DecodeError} from './decode-error.ts';
import type {TypeSchema} from './type.ts';

/** Where a value stands: the definition it is a field of, and the way to it from the object, without list positions. */
export interface Place {
	readonly definition: string;
	readonly path: string;
}

/** A value of the wrong type, in the words of the server's JSON decoder. */
export function wrongType(value: unknown, type: TypeSchema, {definition, path}: Place): DecodeError {
	const field = `${definition.split('.').at(-1)}${path}`;
	return new DecodeError(
		`json: cannot unmarshal ${kindOf(value)} into Go struct field ${field} of type ${goType(type)}`,
	);
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	if (isMap(value)) return 'object';
	if (typeof value === 'boolean') return 'bool';
	return typeof value === 'bigint' ? 'number' : typeof value;
}

/** The server's own name of a type. */
function goType(type: TypeSchema): string {
	if (type.name) return type.name.split('.').slice(-2).join('.');
	if (type.list) return `[]${goType(type.list.element)}`;
	if (type.map) return `map[string]${type.map.element ? goType(type.map.element) : 'interface {}'}`;
	switch (type.scalar) {
		case 'numeric':
			return type.raw.format === 'double' ? 'float64' : (type.raw.format ?? 'int64');
		case 'boolean':
			return 'bool';
		default:
			return type.raw.format === 'byte' ? '[]uint8' : 'string';
	}
}
