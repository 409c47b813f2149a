import type {Fingerprint, OtherManager} from '../../model/drift.ts';
import type {FieldsV1, KubernetesObject, ObjectRef} from '../../model/object.ts';
import {isSecretKind} from '../../model/redact.ts';
import {canonicalFields, parseCanonical} from '../fields/canonical.ts';
import {type Entry, holdOf, isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {emptyFields, union} from '../fields/fields.ts';
import {statusSubresource} from './fingerprint.ts';
import type {Hash} from './leaf-hash.ts';

/** Everything that one inspection looks at, read once. */
export interface Scene {
	readonly ref: ObjectRef;
	readonly observed: KubernetesObject;
	/** With `metadata`, spec and data are not there to be seen. */
	readonly view: 'metadata' | 'object';
	readonly fingerprint: Fingerprint;
	readonly hash: Hash;
	readonly isSecret: boolean;
	/** Our Apply entry; null when it is gone. */
	readonly own: Entry | null;
	/** Everybody else's entries. */
	readonly foreign: readonly Entry[];
	/** Those that are not of status writes. */
	readonly declared: readonly Entry[];
	/** Objects that count their generation do so for every change outside metadata and status. */
	readonly hasGeneration: boolean;
	readonly isSameGeneration: boolean;
	/** Whether our entry's time is that of our own apply. */
	readonly isSameTime: boolean;
	/** Declared entries that are not exactly as they were when the fingerprint was taken. */
	readonly moved: readonly Entry[];
	/** Whether the others' entries are all as they were then: none moved, none went. */
	readonly areOthersSame: boolean;
}

export function makeScene(input: {
	ref: ObjectRef;
	observed: KubernetesObject;
	view: 'metadata' | 'object';
	fingerprint: Fingerprint;
	hash: Hash;
}): Scene {
	const {ref, observed, view, fingerprint, hash} = input;
	const entries = readEntries(observed);
	const own = entries.find(entry => isApplyEntryOf(entry, fingerprint.manager)) ?? null;
	const foreign = entries.filter(entry => entry !== own);
	const declared = foreign.filter(entry => entry.subresource !== statusSubresource);
	const {others} = fingerprint;
	const moved = declared.filter(
		entry => !others.some(other => isSameWriter(entry, other) && entry.time === other.time && ownsSame(entry, other)),
	);
	const generation = observed.metadata.generation ?? 0;
	return {
		ref,
		observed,
		view,
		fingerprint,
		hash,
		isSecret: isSecretKind(ref),
		own,
		foreign,
		declared,
		hasGeneration: generation > 0,
		isSameGeneration: generation === fingerprint.generation,
		isSameTime: own !== null && own.time === fingerprint.entryTime,
		moved,
		areOthersSame: moved.length === 0 && declared.length === others.length,
	};
}

/** The same writer through the same door: the identity of an entry. */
export function isSameWriter(entry: Entry, other: OtherManager): boolean {
	return (
		entry.manager === other.manager &&
		entry.operation === other.operation &&
		entry.subresource === other.subresource &&
		entry.apiVersion === other.apiVersion
	);
}

/** Whether an entry owned exactly this already; its time may have moved since. */
export function ownedAlready({fingerprint}: Scene, entry: Entry): boolean {
	return fingerprint.others.some(other => isSameWriter(entry, other) && ownsSame(entry, other));
}

function ownsSame(entry: Entry, other: OtherManager): boolean {
	return canonicalFields(entry.fields) === other.fields;
}

/** Everything that others owned when the fingerprint was taken. */
export function ownedByOthersBefore(fingerprint: Fingerprint): FieldsV1 {
	return fingerprint.others.reduce<FieldsV1>((all, other) => union(all, parseCanonical(other.fields)), emptyFields);
}

/** Whether somebody held the path when the fingerprint was taken. */
export function wasHeldBefore(fingerprint: Fingerprint, elements: readonly string[]): boolean {
	return fingerprint.others.some(other => holdOf(parseCanonical(other.fields), elements) !== null);
}
