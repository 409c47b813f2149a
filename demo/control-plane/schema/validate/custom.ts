import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import type {OpenAPISchema} from '../open-api.ts';
import type {TypeSchema} from '../type.ts';
import {typeOfKey} from '../type.ts';
import {duplicate, type FieldProblem, invalid, notSupported, required} from './problem.ts';

/**
 * A custom resource against its schema. Rules in CEL are not run: where a schema has some and the object is invalid without
 * them, the server says that they were not run.
 */
export function validateCustomResource(type: TypeSchema, value: unknown): FieldProblem[] {
	const problems = check(type, value, '');
	const hasSkipped = problems.some(
		problem =>
			problem.reason === 'FieldValueRequired' ||
			problem.reason === 'FieldValueNotSupported' ||
			problem.reason === 'FieldValueTypeInvalid',
	);
	return hasSkipped && hasRules(type, 0) ? [...problems, notChecked] : problems;
}

const notChecked: FieldProblem = {
	reason: 'FieldValueInvalid',
	message:
		'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
	field: '<nil>',
};

function hasRules(type: TypeSchema, depth: number): boolean {
	if (type.raw['x-kubernetes-validations']?.length) return true;
	if (depth > 20 || type.name) return false;
	const children = [...(type.map?.fields.values() ?? [])].map(field => field.type);
	return [...children, type.list?.element, type.map?.element].some(
		child => child !== undefined && child !== type && hasRules(child, depth + 1),
	);
}

function check(type: TypeSchema, value: unknown, field: string): FieldProblem[] {
	// Metadata is checked as every object's is.
	if (type.name || value === undefined) return [];
	const {raw} = type;
	if (value === null) return raw.nullable === true ? [] : [wrongType(field, value, raw)];
	const wrong = typeProblem(type, value, field);
	if (wrong) return [wrong];
	return [...checkValue(raw, value, field), ...checkInside(type, value, field)];
}

function typeProblem(type: TypeSchema, value: unknown, field: string): FieldProblem | null {
	const {raw} = type;
	if (raw['x-kubernetes-int-or-string']) {
		return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
			? null
			: wrongType(field, value, raw);
	}
	const isNumber = typeof value === 'number' || typeof value === 'bigint';
	const isRight: Readonly<Record<string, boolean>> = {
		object: isMap(value),
		array: Array.isArray(value),
		string: typeof value === 'string',
		boolean: typeof value === 'boolean',
		integer: isNumber && (typeof value === 'bigint' || Number.isInteger(value)),
		number: isNumber,
	};
	return raw.type === undefined || isRight[raw.type] ? null : wrongType(field, value, raw);
}

function wrongType(field: string, value: unknown, {type = ''}: OpenAPISchema): FieldProblem {
	const given =
		value === null
			? 'null'
			: Array.isArray(value)
				? 'array'
				: typeof value === 'number' || typeof value === 'bigint'
					? 'integer'
					: typeof value;
	const {message} = invalid(field, given, `${field} in body must be of type ${type}: ${JSON.stringify(given)}`);
	return {reason: 'FieldValueTypeInvalid', message, field};
}

function checkInside(type: TypeSchema, value: unknown, field: string): FieldProblem[] {
	if (Array.isArray(value)) {
		const element = type.list?.element;
		return element ? value.flatMap((item, index) => check(element, item, `${field}[${index}]`)) : [];
	}
	if (!isMap(value) || !type.map) return [];
	const missing = (type.raw.required ?? []).filter(name => value[name] === undefined);
	return [
		...missing.map(name => required(join(field, name))),
		...Object.entries(value).flatMap(([name, child]) => {
			const childType = typeOfKey(type.map!, name);
			return childType ? check(childType, child, join(field, name)) : [];
		}),
	];
}

function join(field: string, name: string): string {
	return field ? `${field}.${name}` : name;
}

/** One rule on a value: whether it is broken, and what to say. */
type Rule = (schema: OpenAPISchema, value: unknown, field: string) => FieldProblem | null;

const rules: readonly Rule[] = [
	({enum: values}, value, field) =>
		values && !values.some(other => isEqual(other, value)) ? notSupported(field, value, values) : null,
	({minimum, exclusiveMinimum}, value, field) =>
		minimum !== undefined && isNumber(value) && (exclusiveMinimum ? value <= minimum : value < minimum)
			? invalid(
					field,
					value,
					`${field} in body should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`,
				)
			: null,
	({maximum, exclusiveMaximum}, value, field) =>
		maximum !== undefined && isNumber(value) && (exclusiveMaximum ? value >= maximum : value > maximum)
			? invalid(
					field,
					value,
					`${field} in body should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`,
				)
			: null,
	({minLength}, value, field) =>
		minLength !== undefined && typeof value === 'string' && [...value].length < minLength
			? invalid(field, value, `${field} in body should be at least ${minLength} chars long`)
			: null,
	({maxLength}, value, field) =>
		maxLength !== undefined && typeof value === 'string' && [...value].length > maxLength
			? {reason: 'FieldValueTooLong', message: `Too long: may not be more than ${maxLength} bytes`, field}
			: null,
	({pattern}, value, field) =>
		pattern !== undefined && typeof value === 'string' && !isMatch(pattern, value)
			? invalid(field, value, `${field} in body should match '${pattern}'`)
			: null,
	({minItems}, value, field) =>
		minItems !== undefined && Array.isArray(value) && value.length < minItems
			? invalid(field, value.length, `${field} in body should have at least ${minItems} items`)
			: null,
	({maxItems}, value, field) =>
		maxItems !== undefined && Array.isArray(value) && value.length > maxItems
			? {reason: 'FieldValueInvalid', message: `Too many: ${value.length}: must have at most ${maxItems} items`, field}
			: null,
	(schema, value, field) => {
		if (!Array.isArray(value) || schema['x-kubernetes-list-type'] !== 'set') return null;
		const index = value.findIndex((item, at) => value.slice(0, at).some(other => isEqual(other, item)));
		return index < 0 ? null : duplicate(`${field}[${index}]`, value[index]);
	},
];

function isNumber(value: unknown): value is number | bigint {
	return typeof value === 'number' || typeof value === 'bigint';
}

/** A pattern that this language cannot read refuses nothing. */
function isMatch(pattern: string, value: string): boolean {
	try {
		return new RegExp(pattern, 'u').test(value);
	} catch {
		return true;
	}
}

function checkValue(schema: OpenAPISchema, value: unknown, field: string): FieldProblem[] {
	return rules.flatMap(rule => rule(schema, value, field) ?? []);
}
