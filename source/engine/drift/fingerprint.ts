import type {Fingerprint, OtherManager} from '../../model/drift.ts';
import type {FieldsV1, KubernetesObject} from '../../model/object.ts';
import {canonicalFields} from '../fields/canonical.ts';
import {type Entry, isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {isMap} from '../fields/equal.ts';
import {childKeys, childOf, isMember, maximumDepth} from '../fields/fields.ts';
import {stepInto} from '../fields/lookup.ts';
import {parseElement} from '../fields/step.ts';
import {type Hash, leafSlot, presenceSlot} from './leaf-hash.ts';

/** @internal A status write says nothing about what was declared. */
export const statusSubresource = 'status';

export interface FingerprintInput {
	/** The answer to an apply, or a live object that was proven equal to one. */
	readonly object: KubernetesObject;
	/** Our field manager. */
	readonly manager: string;
	readonly desiredHash: string;
	/** Epoch milliseconds of the answer. */
	readonly appliedAt: number;
	/** To eleven characters of base64url; keyed, so that stored hashes of short secrets tell nothing. */
	readonly hash: Hash;
}

/**
 * What an object is right after our apply (engines.md f.6): from the server's own answer, so that defaults, rewritten
 * quantities and webhooks are already in it. null when the object has no Apply entry of ours: such an object (an API
 * without server-side apply) cannot be watched by fingerprint.
 */
export function takeFingerprint({object, manager, desiredHash, appliedAt, hash}: FingerprintInput): Fingerprint | null {
	const entries = readEntries(object);
	const own = entries.find(entry => isApplyEntryOf(entry, manager));
	if (!own) return null;
	const others = entries.filter(entry => entry !== own);
	const slots: string[] = [];
	collectSlots(
		own.fields,
		object,
		others.map(entry => entry.fields),
		{hash, slots, depth: 0},
	);
	const {metadata} = object;
	return {
		uid: metadata.uid ?? '',
		resourceVersion: metadata.resourceVersion ?? '',
		generation: metadata.generation ?? 0,
		appliedAt,
		manager,
		apiVersion: own.apiVersion,
		entryTime: own.time,
		owned: canonicalFields(own.fields),
		leafHashes: slots.join(''),
		desiredHash,
		others: summariseOthers(others),
	};
}

/** The entries that count for drift: all but those of status writes. */
export function summariseOthers(entries: readonly Entry[]): OtherManager[] {
	return entries
		.filter(entry => entry.subresource !== statusSubresource)
		.map(({fields, ...entry}) => ({...entry, fields: canonicalFields(fields)}));
}

interface Collector {
	readonly hash: Hash;
	readonly slots: string[];
	readonly depth: number;
}

/** One slot for every member, in canonical order; the order is what later ties a slot to its path. */
function collectSlots(node: FieldsV1, value: unknown, others: readonly FieldsV1[], collector: Collector): void {
	const {hash, slots, depth} = collector;
	const keys = depth < maximumDepth ? childKeys(node) : [];
	if (depth > 0) {
		if (keys.length === 0) slots.push(leafSlot(value, others, hash));
		else if (isMember(node)) slots.push(presenceSlot(value));
	}
	for (const key of keys) {
		const child = childOf(node, key);
		if (child) collectSlots(child, childValue(value, key), nodesBelow(others, key), {hash, slots, depth: depth + 1});
	}
}

/** The value that a FieldsV1 key leads to; undefined when there is none. */
export function childValue(value: unknown, key: string): unknown {
	if (value === undefined) return undefined;
	// Nearly all keys are plain fields; these need no step object.
	if (key.charCodeAt(0) === 0x66) {
		const name = key.slice(2);
		return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
	}
	const step = parseElement(key);
	return step ? stepInto(value, step) : undefined;
}

const none: readonly FieldsV1[] = [];

/** The nodes of other sets below the same key; usually none. */
export function nodesBelow(nodes: readonly FieldsV1[], key: string): readonly FieldsV1[] {
	if (nodes.length === 0) return none;
	const below: FieldsV1[] = [];
	for (const node of nodes) {
		const child = childOf(node, key);
		if (child) below.push(child);
	}
	return below;
}
