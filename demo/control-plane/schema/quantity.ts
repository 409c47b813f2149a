/** Texts of quantities (resource.Quantity): what the server makes of `1000m`, `0.5` or `1024Mi`. */

const pattern = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** What the server says of a text that is no quantity. */
export const quantityProblem =
	"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Powers of ten; the format that they are written back in. */
const decimalSuffixes: Readonly<Record<string, number>> = {
	n: -9,
	u: -6,
	m: -3,
	'': 0,
	k: 3,
	M: 6,
	G: 9,
	T: 12,
	P: 15,
	E: 18,
};

/** Powers of two. */
const binarySuffixes: Readonly<Record<string, number>> = {Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60};

type Format = 'decimal' | 'binary' | 'exponent';

export interface Quantity {
	/** In units of 1e-9, the finest that the server keeps. */
	readonly nanos: bigint;
	readonly format: Format;
}

/** null when the text is no quantity. Finer than 1e-9 is rounded up, away from zero. */
export function parseQuantity(text: string): Quantity | null {
	const [, number, suffix] = pattern.exec(text.trim()) ?? [];
	const [, sign, whole, , fraction = ''] = /^([+-]?)([0-9]*)(\.([0-9]*))?$/.exec(number ?? '') ?? [];
	if (number === undefined || suffix === undefined || whole === undefined || whole + fraction === '') return null;
	const scale = scaleOf(suffix);
	if (!scale) return null;
	const digits = BigInt(whole + fraction) * 2n ** BigInt(scale.two);
	const power = scale.ten - fraction.length + 9;
	const magnitude = power >= 0 ? digits * 10n ** BigInt(power) : divideUp(digits, 10n ** BigInt(-power));
	return {nanos: sign === '-' ? -magnitude : magnitude, format: scale.format};
}

function scaleOf(suffix: string): {ten: number; two: number; format: Format} | null {
	if (Object.hasOwn(decimalSuffixes, suffix)) return {ten: decimalSuffixes[suffix]!, two: 0, format: 'decimal'};
	if (Object.hasOwn(binarySuffixes, suffix)) return {ten: 0, two: binarySuffixes[suffix]!, format: 'binary'};
	const [, exponent] = /^[eE]([+-]?[0-9]{1,3})$/.exec(suffix) ?? [];
	return exponent === undefined ? null : {ten: Number(exponent), two: 0, format: 'exponent'};
}

function divideUp(value: bigint, divisor: bigint): bigint {
	return (value + divisor - 1n) / divisor;
}

/** The one text of a quantity: `1000m` is `1`, `0.5` is `500m`, `1024Mi` is `1Gi`. */
export function printQuantity({nanos, format}: Quantity): string {
	const isWhole = nanos % 1_000_000_000n === 0n;
	const units = nanos / 1_000_000_000n;
	if (format === 'binary' && isWhole && (units >= 1024n || units <= -1024n)) return printBinary(units);
	if (nanos === 0n) return '0';
	let mantissa = nanos;
	let exponent = -9;
	while (mantissa % 1000n === 0n && exponent < 18) {
		mantissa /= 1000n;
		exponent += 3;
	}
	if (format === 'exponent') return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
	const suffix = Object.keys(decimalSuffixes).find(name => decimalSuffixes[name] === exponent) ?? '';
	return `${mantissa}${suffix}`;
}

function printBinary(units: bigint): string {
	let mantissa = units;
	let power = 0;
	while (mantissa % 1024n === 0n && power < 60) {
		mantissa /= 1024n;
		power += 10;
	}
	const suffix = Object.keys(binarySuffixes).find(name => binarySuffixes[name] === power) ?? '';
	return `${mantissa}${suffix}`;
}

/** The canonical text of a JSON string or number; null when it is no quantity. */
export function canonicalQuantity(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null;
	const quantity = parseQuantity(String(value));
	return quantity && printQuantity(quantity);
}
