import type {DriftClass, FieldChange, Fingerprint} from '../../model/drift.ts';

/** What one look at a live object says. */
export type Inspection =
	| {
			/** Everything that we own has the value that we gave it. */
			readonly type: 'ours';
			/**
			 * Printed paths that others own now although their value is still ours: the next change there is theirs to make
			 * without our seeing whose it was. Applying again takes them back. Absent when there are none.
			 */
			readonly disowned?: readonly string[];
			/**
			 * The fingerprint to keep from now on: others, or the generation, moved on without touching what is ours. Absent
			 * when nothing moved.
			 */
			readonly fingerprint?: Fingerprint;
	  }
	/** Somebody asked for its deletion; finalizers hold it. */
	| {readonly type: 'terminating'}
	/** Metadata alone cannot tell: inspect again with the object. */
	| {readonly type: 'needs-object'; readonly why: string}
	/** Not even the object can tell: a dry run of our apply decides. */
	| {readonly type: 'needs-dry-run'; readonly why: string}
	| DriftVerdict;

export interface DriftVerdict {
	readonly type: 'drift';
	/** The gravest class among the fields. */
	readonly class: DriftClass;
	/** In canonical order of their paths; never empty. */
	readonly fields: FieldChange[];
	/** Whether applying again undoes any of it; false when all are additions of others, which server-side apply leaves. */
	readonly isWorthHealing: boolean;
}

const gravestFirst: readonly DriftClass[] = [
	'deleted',
	'recreated',
	'metadata-stripped',
	'imposter',
	'modified',
	'removed',
	'reset',
	'foreign-addition',
];

/** Sums up changes; there must be at least one. */
export function driftOf(fields: FieldChange[]): DriftVerdict {
	const classes = new Set(fields.map(field => field.class));
	return {
		type: 'drift',
		class: gravestFirst.find(candidate => classes.has(candidate)) ?? 'modified',
		fields,
		isWorthHealing: fields.some(field => field.class !== 'foreign-addition'),
	};
}
