import {HoldfastError} from '../../model/errors.ts';
import {type KubernetesObject, nameOf, refOf} from '../../model/object.ts';
import {removeAt, setAt} from '../fields/edit.ts';
import {isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {emptyFields, nodeAt} from '../fields/fields.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath, printPath} from '../fields/path.ts';
import type {Path} from '../fields/step.ts';

export {foreignRemovals} from './removals.ts';

export interface HealBodyInput {
	readonly desired: KubernetesObject;
	/** The live object or its metadata; null when it is gone and is to come back. */
	readonly live: KubernetesObject | null;
	/** Printed paths that this apply must not change. */
	readonly leave: readonly string[];
	/** Our field manager. */
	readonly manager: string;
}

/**
 * The body of an apply that puts an object back but leaves some paths alone. A path that is no longer recorded as ours is
 * left out: whoever owns it keeps it. One that still is takes the live value, because leaving it out would give it up,
 * and the last owner's giving up resets or removes it.
 *
 * Carries the live uid: should the object vanish meanwhile the server answers 409 instead of making it anew
 * (engines.md f.4). Throws LiveObjectNeeded when a live value is wanted and only metadata was given.
 */
export function healBody({desired, live, leave, manager}: HealBodyInput): KubernetesObject {
	const {status: _status, ...declared} = desired;
	const {
		managedFields: _managedFields,
		resourceVersion: _resourceVersion,
		generation: _generation,
		creationTimestamp: _creationTimestamp,
		uid: _uid,
		...metadata
	} = desired.metadata;
	const uid = live?.metadata.uid;
	let body = {...declared, metadata: {...metadata, ...(uid ? {uid} : {})}} as KubernetesObject;
	if (!live) return body;
	const owned = readEntries(live).find(entry => isApplyEntryOf(entry, manager))?.fields ?? emptyFields;
	for (const text of leave) {
		const path = parsePath(text);
		if (!path || isIdentity(path)) continue;
		body = (
			nodeAt(owned, path) === undefined ? withoutPath(body, path) : withValue(body, path, liveValue(live, path))
		) as KubernetesObject;
	}
	return body;
}

/** A list item's key fields are its name: an item without them is refused. They go only with the whole item. */
function withoutPath(body: KubernetesObject, path: Path): unknown {
	const parent = path.at(-2);
	const last = path.at(-1);
	if (parent?.type === 'key' && last?.type === 'field' && parent.match.some(({name}) => name === last.name))
		return body;
	return removeAt(body, path, {prunes: true});
}

function withValue(body: KubernetesObject, path: Path, value: unknown): unknown {
	return value === undefined ? withoutPath(body, path) : setAt(body, path, value);
}

function liveValue(live: KubernetesObject, path: Path): unknown {
	const [first] = path;
	const isVisible = first?.type === 'field' && (first.name === 'metadata' || first.name in live);
	// Metadata-only objects have no other field at all; an object always has one more.
	if (!isVisible && isMetadataOnly(live)) {
		throw new HoldfastError({
			code: 'LiveObjectNeeded',
			message: `${nameOf(refOf(live))} was read without its values, and one of them is to be kept`,
			hint: 'read the object and build the body again',
		});
	}
	return lookup(live, path);
}

function isMetadataOnly(object: KubernetesObject): boolean {
	return Object.keys(object).every(field => field === 'apiVersion' || field === 'kind' || field === 'metadata');
}

const identity = new Set(['', 'apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.namespace']);

/** What names the object is never left out. */
function isIdentity(path: Path): boolean {
	return identity.has(printPath(path));
}
