/**
 * JSON that keeps 64-bit integers. JavaScript numbers round beyond 2^53; Kubernetes has int64 fields, so integers outside
 * the safe range are read as `bigint` and written back digit by digit.
 */

const longInteger = /[0-9]{16,}/;
const integer = /^-?[0-9]+$/;

type RawJson = {rawJSON: string};
const rawJson = (JSON as unknown as {rawJSON(text: string): RawJson}).rawJSON;

/** Parses JSON; integers that a number cannot hold exactly become `bigint`. */
export function parseJson(text: string): unknown {
	// A reviver makes parsing many times slower, and almost no document holds such a number.
	if (!longInteger.test(text)) return JSON.parse(text);
	return JSON.parse(text, ((_key: string, value: unknown, context: {source?: string}) => {
		if (typeof value === 'number' && !Number.isSafeInteger(value) && integer.test(context.source ?? '')) {
			return BigInt(context.source ?? '');
		}
		return value;
	}) as (key: string, value: unknown) => unknown);
}

/** Writes JSON; `bigint` is written as its digits. */
export function stringifyJson(value: unknown): string {
	return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? rawJson(item.toString()) : item));
}

/** JSON with sorted keys: equal values give equal text, whatever order their maps were written in. */
export function canonicalJson(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	switch (typeof value) {
		case 'object': {
			if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
			const map = value as Record<string, unknown>;
			const parts: string[] = [];
			for (const key of Object.keys(map).sort()) {
				if (map[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(map[key])}`);
			}
			return `{${parts.join(',')}}`;
		}
		case 'bigint':
			return value.toString();
		default:
			return JSON.stringify(value) ?? 'null';
	}
}
