import type {FieldsV1} from '../../model/object.ts';
import {childKeys, childOf, isMember, maximumDepth} from './fields.ts';
import {type Path, parseElement, type Step} from './step.ts';

/** One member of a set. */
export interface Member {
	readonly path: Path;
	/** A node without children: the value there is owned. Otherwise only its presence is (`.`). */
	readonly isLeaf: boolean;
}

/**
 * Visits every member in canonical order: a node before its children, children by their keys. A visitor that answers
 * `'skip'` is spared what lies below. Elements that cannot be read are passed over with all below them.
 */
export function walk(fields: FieldsV1, visit: (member: Member) => 'skip' | undefined): void {
	walkNode(fields, [], visit);
}

/** All members in canonical order. */
export function members(fields: FieldsV1): Member[] {
	const result: Member[] = [];
	walk(fields, member => {
		result.push(member);
		return undefined;
	});
	return result;
}

/** All leaves, those whose value is owned, in canonical order. */
export function leaves(fields: FieldsV1): Path[] {
	return members(fields)
		.filter(member => member.isLeaf)
		.map(member => member.path);
}

function walkNode(node: FieldsV1, path: readonly Step[], visit: (member: Member) => 'skip' | undefined): void {
	const keys = path.length < maximumDepth ? childKeys(node) : [];
	if (path.length > 0 && isMember(node) && visit({path, isLeaf: keys.length === 0}) === 'skip') return;
	for (const key of keys) {
		const step = parseElement(key);
		if (step) walkNode(childOf(node, key)!, [...path, step], visit);
	}
}
