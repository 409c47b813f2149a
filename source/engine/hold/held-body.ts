import type {KubernetesObject} from '../../model/object.ts';
import {removeAt, setAt} from '../fields/edit.ts';
import {isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {isEqual} from '../fields/equal.ts';
import {below, emptyFields} from '../fields/fields.ts';
import {leaves} from '../fields/leaves.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath} from '../fields/path.ts';
import {isKeyField, type Path} from '../fields/step.ts';

export interface HeldBodyInput {
	/** What would be applied without the hold. */
	readonly body: KubernetesObject;
	readonly live: KubernetesObject;
	/** Held paths, printed; each with everything below it. */
	readonly paths: readonly string[];
	/** Our field manager. */
	readonly manager: string;
}

/**
 * The body of an apply that leaves held fields exactly as they are: what is recorded as ours below a held path is sent
 * with its live value (leaving it out would give it up, and reset or remove it), and nothing else is sent there, neither
 * what others took nor what Git adds.
 */
export function heldBody({body, live, paths, manager}: HeldBodyInput): KubernetesObject {
	const owned = readEntries(live).find(entry => isApplyEntryOf(entry, manager))?.fields ?? emptyFields;
	let result: unknown = body;
	for (const path of readPaths(paths)) {
		result = removeAt(result, path, {prunes: true});
		for (const leaf of leaves(below(owned, path))) {
			const value = lookup(live, leaf);
			if (value !== undefined && !isKeyField(leaf)) result = setAt(result, leaf, value);
		}
	}
	return result as KubernetesObject;
}

/** Whether Git wants anything else at a held path than there is: then the object is not wholly applied yet. */
export function isHeldBack(desired: KubernetesObject, live: KubernetesObject, paths: readonly string[]): boolean {
	return readPaths(paths).some(path => {
		const wanted = lookup(desired, path);
		return wanted !== undefined && !agrees(wanted, lookup(live, path));
	});
}

/** Stands in a fingerprint for the desired hash of an object that was applied but for its held fields. */
export function heldBackHash(desiredHash: string): string {
	return `${desiredHash} held`;
}

function readPaths(paths: readonly string[]): Path[] {
	return paths
		.map(path => parsePath(path))
		.filter((path): path is Path => path !== null && path.length > 0 && !isKeyField(path));
}

/** Everything that is wanted is there with that value; what the server or others added beside it does not matter. */
function agrees(wanted: unknown, live: unknown): boolean {
	if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return isEqual(wanted, live);
	return Object.entries(wanted).every(([name, value]) => agrees(value, lookup(live, [{type: 'field', name}])));
}
