import type {ObjectOptions} from './types.ts';

/**
 * What the value of a known key means: options to set, and complaints about parts that were not understood or that have
 * no effect. A complaint is a sentence without its subject, which is the key.
 */
export interface Reading {
	readonly options: Partial<ObjectOptions>;
	readonly complaints: readonly string[];
}

export type Reader = (value: string) => Reading;

/** Understood, and nothing needs to be done for it. */
export const satisfied: Reading = {options: {}, complaints: []};

/** Understood or not: it has no effect, and the person is told. */
export function complaint(sentence: string): Reading {
	return {options: {}, complaints: [sentence]};
}

/** A reader for one value out of a small set. Case does not matter, as in Flux. */
export function oneOf(values: Readonly<Record<string, Partial<ObjectOptions>>>): Reader {
	const known = new Map(Object.entries(values));
	const names = [...known.keys()].join(', ');
	return value => {
		const options = known.get(value.trim().toLowerCase());
		return options ? {options, complaints: []} : complaint(`has a value that is not one of: ${names}`);
	};
}

/** A reader for a comma-separated list whose items are read one by one. */
export function listOf(readItem: Reader): Reader {
	return value => {
		const readings = splitList(value).map(readItem);
		return {
			options: Object.assign({}, ...readings.map(reading => reading.options)),
			complaints: readings.flatMap(reading => reading.complaints),
		};
	};
}

/** Items of a comma-separated list, trimmed; empty ones are left out. */
export function splitList(value: string): string[] {
	return value
		.split(',')
		.map(item => item.trim())
		.filter(item => item !== '');
}

/** A whole number, negatives allowed (Argo CD's sync waves and Helm's hook weights). */
export function readWave(value: string): Reading {
	if (!/^\s*[+-]?\d{1,9}\s*$/.test(value)) return complaint('is not a whole number; the object stays in wave 0');
	return {options: {wave: Number(value)}, complaints: []};
}
