import type {FieldsV1} from '../../model/object.ts';
import {childKeys, childOf, maximumDepth} from '../fields/fields.ts';
import {slotLength} from './leaf-hash.ts';

/** The slots of a fingerprint by the path of their member, as {@link pathKey} writes it. */
export function readSlots(owned: FieldsV1, leafHashes: string): Map<string, string> {
	const slots = new Map<string, string>();
	let at = 0;
	visitMembers(owned, [], path => {
		slots.set(path, leafHashes.slice(at, at + slotLength));
		at += slotLength;
	});
	return slots;
}

/** All slots of a set in canonical order, each looked up by the path of its member. */
export function writeSlots(owned: FieldsV1, slotOf: (path: string) => string): string {
	let text = '';
	visitMembers(owned, [], path => {
		text += slotOf(path);
	});
	return text;
}

export function pathKey(elements: readonly string[]): string {
	return elements.join('\u0000');
}

function visitMembers(node: FieldsV1, elements: readonly string[], visit: (path: string) => void): void {
	const keys = elements.length < maximumDepth ? childKeys(node) : [];
	if (elements.length > 0 && (keys.length === 0 || '.' in node)) visit(pathKey(elements));
	for (const key of keys) visitMembers(childOf(node, key)!, [...elements, key], visit);
}
