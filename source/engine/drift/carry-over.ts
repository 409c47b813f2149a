import type {Fingerprint} from '../../model/drift.ts';
import type {FieldsV1} from '../../model/object.ts';
import {canonicalFields, parseCanonical} from '../fields/canonical.ts';
import {below, childKeys, childOf, difference, emptyFields, maximumDepth, union} from '../fields/fields.ts';
import {parsePath} from '../fields/path.ts';
import type {Path} from '../fields/step.ts';
import {slotLength} from './leaf-hash.ts';

/**
 * A heal that leaves some drifted paths alone gives an answer in which these are no longer ours: a fingerprint of it alone
 * would call the object synced. This one still holds us to them, with the values they had, so that the drift stands until
 * it is really over. `keepsAdditions` also keeps what others added since the former fingerprint from counting as known.
 */
export function carryOver(
	fresh: Fingerprint,
	former: Fingerprint,
	{paths, keepsAdditions = false}: {paths: readonly string[]; keepsAdditions?: boolean},
): Fingerprint {
	const formerOwned = parseCanonical(former.owned);
	const freshOwned = parseCanonical(fresh.owned);
	const kept = paths
		.map(path => parsePath(path))
		.filter((path): path is Path => path !== null && path.length > 0)
		.reduce((all, path) => union(all, below(formerOwned, path)), emptyFields);
	const carried = difference(kept, freshOwned);
	const owned = union(freshOwned, carried);
	const slots: string[] = [];
	mergeSlots(owned, slotReader(freshOwned, fresh.leafHashes), slotReader(formerOwned, former.leafHashes), slots);
	return {
		...fresh,
		owned: canonicalFields(owned),
		leafHashes: slots.join(''),
		others: keepsAdditions ? former.others : fresh.others,
	};
}

/** Slots by the path of their member. */
function slotReader(owned: FieldsV1, leafHashes: string): Map<string, string> {
	const slots = new Map<string, string>();
	let at = 0;
	visitMembers(owned, '', 0, path => {
		slots.set(path, leafHashes.slice(at, at + slotLength));
		at += slotLength;
	});
	return slots;
}

function mergeSlots(
	owned: FieldsV1,
	fresh: ReadonlyMap<string, string>,
	former: ReadonlyMap<string, string>,
	slots: string[],
): void {
	visitMembers(owned, '', 0, path => slots.push((fresh.get(path) ?? former.get(path))!));
}

function visitMembers(node: FieldsV1, path: string, depth: number, visit: (path: string) => void): void {
	const keys = depth < maximumDepth ? childKeys(node) : [];
	if (depth > 0 && (keys.length === 0 || '.' in node)) visit(path);
	for (const key of keys) visitMembers(childOf(node, key)!, `${path}\u0000${key}`, depth + 1, visit);
}
