import {canonicalJson} from '../../model/json.ts';
import type {FieldsV1} from '../../model/object.ts';
import {isMap} from '../fields/equal.ts';
import {childKeys, childOf, hasChildren, isMember, maximumDepth} from '../fields/fields.ts';
import {indexOf, stepInto} from '../fields/lookup.ts';
import {parseElement} from '../fields/step.ts';

/**
 * What a fingerprint keeps of every member of our set: eleven characters. A leaf has the hash of its value; a node that
 * is only present (`.`) and a member without a value have marks that no base64url hash can be equal to.
 */
export const slotLength = 11;
export const absentSlot = '~'.repeat(slotLength);
export const presentSlot = '.'.repeat(slotLength);

/** Hashes text to {@link slotLength} characters of base64url. */
export type Hash = (text: string) => string;

/** The slot of a leaf: its value without what other managers own inside it. */
export function leafSlot(value: unknown, foreign: readonly FieldsV1[], hash: Hash): string {
	if (value === undefined) return absentSlot;
	return hash(textOf(withoutForeign(value, foreign)));
}

/** The slot of a node that is a member and has children. */
export function presenceSlot(value: unknown): string {
	return value === undefined ? absentSlot : presentSlot;
}

/** Whether the slot is that of a leaf with nothing in it: absent, `{}` or `[]`. */
export function isBlankSlot(slot: string, hash: Hash): boolean {
	return slot === absentSlot || slot === hash('{}') || slot === hash('[]');
}

/**
 * The value minus the sub-paths that others own: `emptyDir: {}` of ours plus somebody's `sizeLimit` is their addition,
 * not a change of ours (engines.md f.6).
 */
export function withoutForeign(value: unknown, foreign: readonly FieldsV1[]): unknown {
	let result = value;
	for (const node of foreign) if (hasChildren(node)) result = removeNode(result, node);
	return result;
}

function removeNode(value: unknown, node: FieldsV1, depth = 0): unknown {
	if (typeof value !== 'object' || value === null || depth >= maximumDepth) return value;
	let result: unknown = value;
	for (const key of childKeys(node)) {
		const step = parseElement(key);
		const child = childOf(node, key);
		if (!step || !child) continue;
		const current = stepInto(result, step);
		if (current === undefined) continue;
		const rest = isMember(child) ? undefined : removeNode(current, child, depth + 1);
		if (step.type === 'field' && isMap(result)) {
			const {[step.name]: _taken, ...others} = result;
			result = rest === undefined ? others : {...result, [step.name]: rest};
		} else if (Array.isArray(result)) {
			const index = indexOf(result, step);
			result = rest === undefined ? result.toSpliced(index, 1) : result.with(index, rest);
		}
	}
	return result;
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return JSON.stringify(value);
	try {
		return canonicalJson(value);
	} catch {
		// Nested beyond the stack: a hostile value, for which "something is there" has to do.
		return 'too deep';
	}
}
