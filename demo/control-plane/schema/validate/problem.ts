import {canonicalJson, stringifyJson} from '../../../../source/model/json.ts';
import {ApiError} from '../../types.ts';
import type {GroupVersionKind} from '../open-api.ts';

/** A value that a message shows under the names of the server's own structure, in their order. */
export class Shown {
	readonly text: string;

	constructor(value: unknown) {
		this.text = stringifyJson(value);
	}
}

function printValue(value: unknown): string {
	return value instanceof Shown ? value.text : canonicalJson(value);
}

/** One field that is not as it must be, in the server's words (`field.Error`). */
export interface FieldProblem {
	readonly reason:
		| 'FieldValueRequired'
		| 'FieldValueInvalid'
		| 'FieldValueForbidden'
		| 'FieldValueNotSupported'
		| 'FieldValueDuplicate'
		| 'FieldValueNotFound'
		| 'FieldValueTooLong'
		| 'FieldValueTypeInvalid';
	readonly message: string;
	/** Like `spec.template.spec.containers[0].image`. */
	readonly field: string;
}

export function required(field: string, detail = ''): FieldProblem {
	return {reason: 'FieldValueRequired', message: detail ? `Required value: ${detail}` : 'Required value', field};
}

export function invalid(field: string, value: unknown, detail: string): FieldProblem {
	return {reason: 'FieldValueInvalid', message: `Invalid value: ${printValue(value)}: ${detail}`, field};
}

export function forbidden(field: string, detail: string): FieldProblem {
	return {reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field};
}

export function notSupported(field: string, value: unknown, supported: readonly unknown[]): FieldProblem {
	const values = supported.map(canonicalJson).join(', ');
	return {
		reason: 'FieldValueNotSupported',
		message: `Unsupported value: ${printValue(value)}: supported values: ${values}`,
		field,
	};
}

export function duplicate(field: string, value: unknown): FieldProblem {
	return {reason: 'FieldValueDuplicate', message: `Duplicate value: ${printValue(value)}`, field};
}

export function notFound(field: string, value: unknown): FieldProblem {
	return {reason: 'FieldValueNotFound', message: `Not found: ${canonicalJson(value)}`, field};
}

export function tooLong(field: string, maximum: number): FieldProblem {
	return {reason: 'FieldValueTooLong', message: `Too long: may not be more than ${maximum} bytes`, field};
}

/** The 422 that says what is wrong with an object. */
export function invalidError(kind: GroupVersionKind, name: string, problems: readonly FieldProblem[]): ApiError {
	const texts = [...new Set(problems.map(({field, message}) => `${field}: ${message}`))];
	const subject = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
	return new ApiError({
		code: 422,
		reason: 'Invalid',
		message: `${subject} "${name}" is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
		details: {
			...(name ? {name} : {}),
			...(kind.group ? {group: kind.group} : {}),
			kind: kind.kind,
			causes: problems.map(({reason, message, field}) => ({reason, message, field})),
		},
	});
}
