import {isMap} from '../../../source/engine/fields/equal.ts';
import {type KindSchema, shapeOf, type TypeSchema} from './type.ts';

/**
 * Paths of fields that the schema does not have, as `spec.template.spec.containers[0].imagee`, in the order of the object.
 * The server drops such fields; strict field validation refuses them.
 */
export function unknownFields(schema: KindSchema, object: unknown): string[] {
	const paths: string[] = [];
	collect(schema.root, object, '', paths);
	return paths;
}

function collect(type: TypeSchema, value: unknown, path: string, paths: string[]): void {
	if (value === null || value === undefined) return;
	const shape = shapeOf(type, value);
	if (shape === 'list' && Array.isArray(value)) {
		for (const [index, item] of value.entries()) collect(type.list!.element, item, `${path}[${index}]`, paths);
		return;
	}
	if (shape !== 'map' || !isMap(value)) return;
	const {fields, element, preservesUnknown} = type.map!;
	for (const [name, child] of Object.entries(value)) {
		const childPath = path ? `${path}.${name}` : name;
		const childType = fields.get(name)?.type ?? element;
		if (childType) collect(childType, child, childPath, paths);
		else if (!preservesUnknown) paths.push(childPath);
	}
}
