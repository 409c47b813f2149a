import {canonicalJson} from '../../../source/model/json.ts';
import {ApiError} from '../types.ts';
import type {KindSchema} from './type.ts';
import {unknownFields} from './unknown-fields.ts';

/** `unknown field "spec.typo"`, once for each: what strict validation refuses, and what the Warning headers say otherwise. */
export function decodingWarnings(schema: KindSchema, object: unknown): string[] {
	return unknownFields(schema, object).map(field => `unknown field "${field}"`);
}

/** The 400 for a body with unknown fields under strict field validation; null when it has none. */
export function strictDecodingError(schema: KindSchema, object: unknown): ApiError | null {
	const warnings = decodingWarnings(schema, object);
	if (warnings.length === 0) return null;
	return new ApiError({
		code: 400,
		reason: 'BadRequest',
		message: `${schema.kind} in version "${schema.version}" cannot be handled as a ${schema.kind}: strict decoding error: ${warnings.join(', ')}`,
	});
}

/**
 * The 422 for a JSON or merge patch of which the outcome has unknown fields under strict field validation; null when it has
 * none. It shows the whole object as it would be.
 */
export function strictPatchError(schema: KindSchema, patched: unknown): ApiError | null {
	const warnings = decodingWarnings(schema, patched);
	return warnings.length === 0 ? null : unreadablePatchError(patched, `strict decoding error: ${warnings.join(', ')}`);
}

/** The 422 for a JSON or merge patch of which the outcome cannot be read into its kind; `problem` is a DecodeError's. */
export function unreadablePatchError(patched: unknown, problem: string): ApiError {
	const message = `Invalid value: ${JSON.stringify(canonicalJson(patched))}: ${problem}`;
	return new ApiError({
		code: 422,
		reason: 'Invalid',
		message: ` "" is invalid: patch: ${message}`,
		details: {causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}]},
	});
}

/** The 400 for a body that cannot be read into its kind, as POST and PUT answer a DecodeError. */
export function unreadableError(schema: KindSchema, message: string): ApiError {
	return new ApiError({
		code: 400,
		reason: 'BadRequest',
		message: `${schema.kind} in version "${schema.version}" cannot be handled as a ${schema.kind}: ${message}`,
	});
}
