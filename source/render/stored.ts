import {parseJson, stringifyJson} from '../model/json.ts';

/**
 * A JSON value at rest, as bytes outside the JavaScript heap. What is cached lives for days and is several times smaller
 * this way; and everybody who takes it out gets a copy of their own, so nobody can change it for the others.
 */
export type Stored<Value> = Buffer & {readonly stored?: Value};

export function store<Value>(value: Value): Stored<Value> {
	return Buffer.from(toJson(value), 'utf8');
}

export function take<Value>(stored: Stored<Value>): Value {
	return parseJson(stored.toString('utf8')) as Value;
}

function toJson(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		// A 64-bit integer, which JSON.stringify refuses; the replacer that writes it is much slower.
		return stringifyJson(value);
	}
}
