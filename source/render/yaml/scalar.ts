/**
 * What a YAML scalar means to Kubernetes. kubectl, Argo CD and Flux read YAML with sigs.k8s.io/yaml, whose rules are
 * neither YAML 1.1 nor 1.2; they were measured against `kubectl label --local` and are repeated by a test.
 */

/** Longest spelling in {@link words} is `false`. */
const longestWord = 5;

const words = new Map<string, boolean | null>([
	...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
	...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map(word => [word, true] as const),
	...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map(word => [word, false] as const),
]);

/** Spellings that Kubernetes reads as infinity or not-a-number and then cannot write as JSON. */
const unrepresentable = new Set(
	['.inf', '.Inf', '.INF'].flatMap(word => [word, `+${word}`, `-${word}`]).concat('.nan', '.NaN', '.NAN'),
);

const binary = /^[-+]?0b[01]+$/;
const hexadecimal = /^[-+]?0x[0-9a-fA-F]+$/;
const octal = /^[-+]?0o?[0-7]+$/;
const decimal = /^[-+]?(?:0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const smallestInt64 = -(2n ** 63n);
const largestInt64 = 2n ** 63n - 1n;

/** The value of a plain scalar: null, boolean, number, `bigint` beyond the safe range but within int64, or the text itself. */
export function resolvePlain(source: string): unknown {
	if (source.length <= longestWord) {
		const word = words.get(source);
		if (word !== undefined) return word;
	}
	return startsLikeNumber(source) ? resolveNumber(source) : source;
}

/** Whether Kubernetes would refuse this plain scalar: JSON has no infinity and no not-a-number. */
export function isUnrepresentable(source: string): boolean {
	return source.length <= longestWord && unrepresentable.has(source);
}

/**
 * The value of a scalar with an explicit tag; undefined when the tag does not fit. Tags that are not of YAML's own are
 * ignored and leave the text, as kubectl does.
 */
export function resolveTagged(tag: string, source: string): unknown {
	const plain = resolvePlain(source);
	switch (tag) {
		case '!!null':
			return plain === null ? null : undefined;
		case '!!bool':
			return typeof plain === 'boolean' ? plain : undefined;
		case '!!int':
			return isInteger(source) ? plain : undefined;
		case '!!float':
			return typeof plain === 'number' || typeof plain === 'bigint' ? Number(plain) : undefined;
		case '!!binary':
			return decodeBase64(source);
		default:
			return source;
	}
}

/**
 * The text of a mapping key that is not a string, as kubectl prints it into JSON; undefined when it refuses the key.
 * Floats pass through 32 bits and Go's shortest `g` format: `1.20` becomes `1.2`. `source` is the key as written.
 */
export function keyText(key: unknown, source: string): string | undefined {
	switch (typeof key) {
		case 'string':
			return key;
		case 'boolean':
		case 'bigint':
			return String(key);
		case 'number':
			return isInteger(source) ? integerKeyText(key) : floatKeyText(key);
		default:
			return undefined;
	}
}

function startsLikeNumber(source: string): boolean {
	const code = source.charCodeAt(0);
	return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

function resolveNumber(source: string): unknown {
	const digits = source.includes('_') ? source.replaceAll('_', '') : source;
	if (decimal.test(digits)) return toInteger(digits, '', '');
	if (octal.test(digits)) return toInteger(digits, digits.includes('o') ? '0o' : '0', '0o');
	if (hexadecimal.test(digits)) return toInteger(digits, '0x', '0x');
	if (binary.test(digits)) return toInteger(digits, '0b', '0b');
	if (!float.test(digits)) return source;
	const value = Number(digits);
	// Out of a float's range it stays text, as in Go; a negative zero is written as 0.
	return Number.isFinite(value) ? value + 0 : source;
}

function isInteger(source: string): boolean {
	const digits = source.replaceAll('_', '');
	return [decimal, octal, hexadecimal, binary].some(pattern => pattern.test(digits));
}

/** `written` is the prefix in the text, `prefix` the one that JavaScript understands. */
function toInteger(text: string, written: string, prefix: string): number | bigint {
	const isNegative = text.startsWith('-');
	const digits = text.replace(/^[-+]/, '').slice(written.length);
	const small = digits.length <= 10 ? Number(prefix + digits) : Number.NaN;
	if (!Number.isNaN(small)) return isNegative && small !== 0 ? -small : small;
	const value = isNegative ? -BigInt(prefix + digits) : BigInt(prefix + digits);
	// Beyond int64 Kubernetes goes on with a float.
	const isExact = value >= smallestInt64 && value <= largestInt64;
	return isExact && !Number.isSafeInteger(Number(value)) ? value : Number(value);
}

function decodeBase64(source: string): string | undefined {
	const compact = source.replace(/\s/g, '');
	if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) return undefined;
	return Buffer.from(compact, 'base64').toString('utf8');
}

/** An integer that is not a bigint and not safe is beyond int64: kubectl knows no such key. */
function integerKeyText(value: number): string | undefined {
	return Number.isSafeInteger(value) ? String(value) : undefined;
}

function floatKeyText(value: number): string {
	const rounded = Math.fround(value);
	let shortest = rounded.toExponential(8);
	for (let digits = 0; digits < 8; digits++) {
		const candidate = rounded.toExponential(digits);
		if (Math.fround(Number(candidate)) === rounded) {
			shortest = candidate;
			break;
		}
	}
	const [mantissa = '', power = '0'] = shortest.split('e');
	const exponent = Number(power);
	// Go writes an exponent below -4 and from 6 on when it looks for the shortest form.
	if (exponent >= -4 && exponent < 6) return String(Number(shortest));
	return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
