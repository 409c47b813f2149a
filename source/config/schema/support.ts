import {z} from 'zod';

/**
 * Marks in a schema for fields of Argo CD and Flux that holdfast understands but does not carry out. They make each schema
 * file the table of what is supported: a field without a mark is, or its description says why nothing has to be done.
 */
export interface Support {
	/** `ignored`: a notice on the application. `refused`: a problem that leaves the application out. */
	readonly support: 'ignored' | 'refused';
	/** What it means for the operator; follows `spec.wait is not supported: `. */
	readonly meaning: string;
}

/** A field that would not change what is applied: read on, and say so. */
export function ignored(meaning: string) {
	return z
		.unknown()
		.optional()
		.meta({support: 'ignored', meaning} satisfies Support);
}

/** A field that would change what is applied, where, or with whose rights: better no application than another one. */
export function refused(meaning: string) {
	return z
		.unknown()
		.optional()
		.meta({support: 'refused', meaning} satisfies Support);
}

/** A field that says nothing about what to apply, or whose effect holdfast has anyway. */
export function covered(why: string) {
	return z.unknown().optional().describe(why);
}

/** Whether a value is a field's "off": such a field is as good as absent and needs no word. */
export function isOff(value: unknown): boolean {
	if (value === undefined || value === null || value === false || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}
