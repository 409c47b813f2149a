/**
 * How a plain (unquoted) YAML scalar becomes a value. Kubernetes reads YAML through Go's library, which follows neither
 * YAML 1.1 nor 1.2: `0777` is octal, `1_000` is a number, `12:30` is a string, and `yes` is a boolean.
 */

/**
 * - `kubernetes`: `yes`, `on`, `y`, `off` … are booleans, as kubectl and helm read them. For values that are handed on.
 * - `strict`: only spellings of true and false are; the rest stays text, so that a schema can say what is wrong with it.
 */
export type BooleanSpelling = 'kubernetes' | 'strict';

const nothing = new Set(['', '~', 'null', 'Null', 'NULL']);
const strictBooleans = new Map([
	...['true', 'True', 'TRUE'].map(text => [text, true] as const),
	...['false', 'False', 'FALSE'].map(text => [text, false] as const),
]);
const looseBooleans = new Map([
	...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map(text => [text, true] as const),
	...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map(text => [text, false] as const),
]);

/** Spellings with a sign, a base prefix and underscores; the base follows from the prefix. */
const integers: readonly {readonly pattern: RegExp; readonly prefix: string}[] = [
	{pattern: /^([-+]?)0b([01]+)$/, prefix: '0b'},
	{pattern: /^([-+]?)0x([0-9a-fA-F]+)$/, prefix: '0x'},
	{pattern: /^([-+]?)0o([0-7]+)$/, prefix: '0o'},
	{pattern: /^([-+]?)0([0-7]+)$/, prefix: '0o'},
	{pattern: /^([-+]?)(0|[1-9][0-9]*)$/, prefix: ''},
];
const decimal = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const startsLikeNumber = /^[-+.0-9]/;
/** Longer digit runs are no 64-bit numbers; turning them into a bigint would only cost time. */
const longestNumber = 400;

/** The value of a plain scalar: null, boolean, number, bigint (64-bit integers a number cannot hold) or the text itself. */
export function resolvePlainScalar(source: string, spelling: BooleanSpelling): unknown {
	if (nothing.has(source)) return null;
	const isTrue = strictBooleans.get(source) ?? (spelling === 'kubernetes' ? looseBooleans.get(source) : undefined);
	if (isTrue !== undefined) return isTrue;
	if (!startsLikeNumber.test(source) || source.length > longestNumber) return source;
	const digits = source.replaceAll('_', '');
	for (const {pattern, prefix} of integers) {
		const match = pattern.exec(digits);
		if (match) return integerOf(match[1] === '-', BigInt(`${prefix}${match[2]}`));
	}
	return decimal.test(digits) ? Number(digits) : source;
}

/** What kubectl would make of `yes`, `on`, `n` …; undefined for every other text. */
export function looseBoolean(text: string): boolean | undefined {
	return looseBooleans.get(text);
}

function integerOf(isNegative: boolean, magnitude: bigint): number | bigint {
	const value = isNegative ? -magnitude : magnitude;
	if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
	return value >= -(2n ** 63n) && value < 2n ** 64n ? value : Number(value);
}
