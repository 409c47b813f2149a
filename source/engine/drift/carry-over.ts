import type {Fingerprint, OtherManager} from '../../model/drift.ts';
import {canonicalFields, parseCanonical} from '../fields/canonical.ts';
import {holdOf} from '../fields/entries.ts';
import {below, difference, emptyFields, union} from '../fields/fields.ts';
import {parsePath} from '../fields/path.ts';
import type {Path} from '../fields/step.ts';
import {firstMembers} from './additions.ts';
import {readSlots, writeSlots} from './slots.ts';

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
	const freshSlots = readSlots(freshOwned, fresh.leafHashes);
	const formerSlots = readSlots(formerOwned, former.leafHashes);
	const carriedPaths = firstMembers(carried);
	const others = keepsAdditions ? former.others : fresh.others;
	return {
		...fresh,
		owned: canonicalFields(owned),
		leafHashes: writeSlots(owned, path => (freshSlots.get(path) ?? formerSlots.get(path))!),
		others: others.map(other => (holdsAny(other, carriedPaths) ? {...other, time: unsettledTime} : other)),
	};
}

/**
 * Stands for the time of an entry that holds something with a value that is not ours: no real entry has it, so such a
 * holder never passes for one whose value was found to be right.
 */
const unsettledTime = 'unsettled';

function holdsAny(other: OtherManager, paths: readonly (readonly string[])[]): boolean {
	const fields = parseCanonical(other.fields);
	return paths.some(elements => holdOf(fields, elements) !== null);
}
