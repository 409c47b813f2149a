import type {FieldsV1, KubernetesObject} from '../../model/object.ts';
import {childOf, emptyFields, hasChildren, isMember} from './fields.ts';

/** One entry of managedFields, with nothing left undefined. */
export interface Entry {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource: string;
	readonly apiVersion: string;
	/** RFC 3339, whole seconds; empty when the server recorded none (kubernetes #82046). */
	readonly time: string;
	readonly fields: FieldsV1;
}

/** The entries of an object, in its own order. Empty entries (`[{}]`, the request to wipe them) are left out. */
export function readEntries(object: KubernetesObject): Entry[] {
	const {managedFields} = object.metadata;
	if (!Array.isArray(managedFields)) return [];
	const entries: Entry[] = [];
	for (const raw of managedFields) {
		if (typeof raw !== 'object' || raw === null || !raw.manager || !raw.operation) continue;
		entries.push({
			manager: String(raw.manager),
			operation: raw.operation === 'Apply' ? 'Apply' : 'Update',
			subresource: raw.subresource ?? '',
			apiVersion: raw.apiVersion ?? '',
			time: raw.time ?? '',
			fields: typeof raw.fieldsV1 === 'object' && raw.fieldsV1 !== null ? raw.fieldsV1 : emptyFields,
		});
	}
	return entries;
}

/** Whether this is the entry that a manager's server-side applies to the object itself are recorded in. */
export function isApplyEntryOf(entry: Entry, manager: string): boolean {
	return entry.manager === manager && entry.operation === 'Apply' && entry.subresource === '';
}

/** How firmly an entry holds a path. */
export type Hold =
	/** The path itself is a member. */
	| 'exact'
	/** Something below the path is. */
	| 'inside'
	/** The path lies within something the entry owns as a whole. */
	| 'around';

/** Whether, and how, a set holds a path given as FieldsV1 keys. */
export function holdOf(fields: FieldsV1, elements: readonly string[]): Hold | null {
	let node: FieldsV1 = fields;
	for (const [index, element] of elements.entries()) {
		const child = childOf(node, element);
		if (!child) return index > 0 && !hasChildren(node) ? 'around' : null;
		node = child;
	}
	if (elements.length === 0) return hasChildren(node) ? 'inside' : null;
	return isMember(node) ? 'exact' : 'inside';
}
