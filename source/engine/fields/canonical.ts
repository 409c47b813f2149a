import type {FieldsV1} from '../../model/object.ts';
import {childKeys, childOf, emptyFields, hasChildren, maximumDepth} from './fields.ts';
import {isElement} from './step.ts';

/**
 * The canonical text of a set: JSON with `.` first and the children in code-unit order, a member without children
 * written `{}`. Equal sets have equal texts, whichever server wrote them.
 */
export function canonicalFields(fields: FieldsV1): string {
	// API servers nearly always answer in this very form; checking that is far cheaper than building the text.
	return isCanonical(fields, 0) ? JSON.stringify(fields) : writeNode(fields, 0);
}

/** Reads a canonical text back; anything broken is the empty set. */
export function parseCanonical(text: string): FieldsV1 {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as FieldsV1) : emptyFields;
	} catch {
		return emptyFields;
	}
}

function isCanonical(node: FieldsV1, depth: number): boolean {
	let previous = '';
	let hasDot = false;
	let hasChild = false;
	for (const key in node) {
		const child: unknown = node[key];
		if (typeof child !== 'object' || child === null || key < previous || depth >= maximumDepth) return false;
		previous = key;
		if (key === '.') {
			hasDot = true;
			if (depth === 0 || hasChildren(child as FieldsV1)) return false;
		} else {
			if (!isElement(key) || !isCanonical(child as FieldsV1, depth + 1)) return false;
			hasChild = true;
		}
	}
	return hasChild || !hasDot;
}

function writeNode(node: FieldsV1, depth: number): string {
	const keys = depth < maximumDepth ? childKeys(node) : [];
	if (keys.length === 0) return '{}';
	const parts = keys.map(key => `${JSON.stringify(key)}:${writeNode(childOf(node, key) ?? emptyFields, depth + 1)}`);
	return `{${depth > 0 && '.' in node ? '".":{},' : ''}${parts.join(',')}}`;
}
