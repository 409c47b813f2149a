import {HoldfastError} from '../../model/errors.ts';
import {type KubernetesObject, nameOf, refOf} from '../../model/object.ts';
import {removeAt, setAt} from '../fields/edit.ts';
import {isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {emptyFields, nodeAt} from '../fields/fields.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath, printPath} from '../fields/path.ts';
import {isKeyField, type Path} from '../fields/step.ts';

export {foreignRemovals} from './removals.ts';

export interface HealBodyInput {
	readonly desired: KubernetesObject;
	/** The live object or its metadata; null when it is gone and is to come back. */
	readonly live: KubernetesObject | null;
	/** What `live` holds. Absent: an object with nothing but metadata is taken for its metadata. */
	readonly view?: 'metadata' | 'object';
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
export function healBody({desired, live, view, leave, manager}: HealBodyInput): KubernetesObject {
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
			nodeAt(owned, path) === undefined
				? withoutPath(body, path)
				: withValue(body, path, liveValue(live, view ?? guessView(live), path))
		) as KubernetesObject;
	}
	return body;
}

/** An item without its key fields is refused: they go only with the whole item. */
function withoutPath(body: KubernetesObject, path: Path): unknown {
	return isKeyField(path) ? body : removeAt(body, path, {prunes: true});
}

function withValue(body: KubernetesObject, path: Path, value: unknown): unknown {
	return value === undefined ? withoutPath(body, path) : setAt(body, path, value);
}

function liveValue(live: KubernetesObject, view: 'metadata' | 'object', path: Path): unknown {
	const [first] = path;
	const isInMetadata = first?.type === 'field' && first.name === 'metadata';
	if (!isInMetadata && view === 'metadata') {
		throw new HoldfastError({
			code: 'LiveObjectNeeded',
			message: `${nameOf(refOf(live))} was read without its values, and one of them is to be kept`,
			hint: 'read the object and build the body again',
		});
	}
	return lookup(live, path);
}

function guessView(object: KubernetesObject): 'metadata' | 'object' {
	const known = new Set(['apiVersion', 'kind', 'metadata']);
	return Object.keys(object).every(field => known.has(field)) ? 'metadata' : 'object';
}

const identity = new Set(['', 'apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.namespace']);

/** What names the object is never left out. */
function isIdentity(path: Path): boolean {
	return identity.has(printPath(path));
}
