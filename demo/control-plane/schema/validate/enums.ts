import {isMap} from '../../../../source/engine/fields/equal.ts';
import {shapeOf, type TypeSchema, typeOfKey} from '../type.ts';
import {type FieldProblem, notSupported} from './problem.ts';

/** Enumerations that the server does not list in the order of the alphabet, by field. */
const orders: Readonly<Record<string, readonly string[]>> = {
	dnsPolicy: ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
	policyTypes: ['Ingress', 'Egress'],
	restartPolicy: ['Always', 'OnFailure', 'Never'],
};

/** Values outside the enumerations that the schema has. */
export function validateEnums(type: TypeSchema, value: unknown, field = ''): FieldProblem[] {
	if (value === null || value === undefined) return [];
	switch (shapeOf(type, value)) {
		case 'map':
			if (!isMap(value)) return [];
			return Object.entries(value).flatMap(([name, child]) => {
				const childType = typeOfKey(type.map!, name);
				return childType ? validateEnums(childType, child, field ? `${field}.${name}` : name) : [];
			});
		case 'list':
			if (!Array.isArray(value)) return [];
			return value.flatMap((item, index) => validateEnums(type.list!.element, item, `${field}[${index}]`));
		default: {
			const {enum: values} = type.raw;
			return values && value !== '' && !values.includes(value)
				? [
						notSupported(
							field,
							value,
							orders[field.slice(field.lastIndexOf('.') + 1).replace(/\[.*/, '')] ?? [...values].sort(),
						),
					]
				: [];
		}
	}
}
