import {stringifyJson} from '../../model/json.ts';
import type {ObjectRef} from '../../model/object.ts';
import {isSecretKind, isSecretPath, redacted} from '../../model/redact.ts';
import {boundedText} from '../../model/text.ts';
import {isMap} from './equal.ts';
import {parsePath, printPath} from './path.ts';
import {fieldStep} from './step.ts';

/** Characters of a value in an event; enough for an image reference with its digest, or a short list. */
export const valueLimit = 200;

/**
 * A value as one line of bounded, safe text. Strings stand without quotes unless that would make them look like another
 * value (`"3"`, `"true"`, an empty string); maps and lists are compact JSON.
 */
export function printValue(value: unknown, limit = valueLimit): string {
	if (typeof value !== 'string') return boundedText(toJson(value), limit);
	return boundedText(needsQuotes(value) ? JSON.stringify(value) : value, limit);
}

/**
 * What an event may say of the value at a path: null when there is none, `(redacted)` when it is secret. Secrets inside
 * a larger value (a whole `metadata`, all of a Secret's `data`) are masked in it.
 */
export function printField(
	ref: Pick<ObjectRef, 'group' | 'kind'>,
	path: string,
	value: unknown,
	limit = valueLimit,
): string | null {
	if (value === undefined) return null;
	if (isSecretPath(ref, path)) return redacted;
	return printValue(mayHoldSecret(ref, path) ? maskBelow(ref, path, value) : value, limit);
}

const isNumberLike = /^[-+.]?[0-9]/;
const isWordLike = /^(true|false|null|~|yes|no|on|off)$/i;

function needsQuotes(text: string): boolean {
	return (
		text === '' ||
		text !== text.trim() ||
		/^["'{[]/.test(text) ||
		isWordLike.test(text) ||
		(isNumberLike.test(text) && !Number.isNaN(Number(text)))
	);
}

function toJson(value: unknown): string {
	try {
		return stringifyJson(value) ?? 'null';
	} catch {
		// Nested beyond what the engine's stack holds; nobody could read it anyway.
		return Array.isArray(value) ? '[…]' : '{…}';
	}
}

/** The root, `metadata`, and any `annotations` can hold kubectl's copy of the object; a Secret's root its data. */
function mayHoldSecret(ref: Pick<ObjectRef, 'group' | 'kind'>, path: string): boolean {
	return path === '' || /(^|\.)(metadata|annotations)$/.test(path) || (isSecretKind(ref) && !path.includes('.'));
}

function maskBelow(ref: Pick<ObjectRef, 'group' | 'kind'>, path: string, value: unknown, depth = 0): unknown {
	if (isSecretPath(ref, path)) return redacted;
	const steps = isMap(value) && depth < 3 ? parsePath(path) : null;
	if (!steps || !isMap(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, child]) => [
			name,
			maskBelow(ref, printPath([...steps, fieldStep(name)]), child, depth + 1),
		]),
	);
}
