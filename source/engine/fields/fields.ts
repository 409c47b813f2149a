import type {FieldsV1} from '../../model/object.ts';
import {formatElement, isElement, isSameStep, type Path, parseElement, type Step} from './step.ts';

/**
 * FieldsV1 as an algebra of sets of paths (KEP-555). A node `{}` is a member; a node with children is a member only if it
 * has the key `.`; the root is never one. Nodes are never changed: results share what they can with their operands.
 */

/** Deeper nodes count as leaves: no real object comes near, and a hostile one must not exhaust the stack. */
export const maximumDepth = 200;

export const emptyFields: FieldsV1 = Object.freeze({});

/** Whether this node itself is in the set. Not for the root. */
export function isMember(node: FieldsV1): boolean {
	return '.' in node || !hasChildren(node);
}

export function hasChildren(node: FieldsV1): boolean {
	for (const key in node) if (isElement(key)) return true;
	return false;
}

/** The keys of a node's children in canonical order, which is that of their UTF-16 code units. */
export function childKeys(node: FieldsV1): string[] {
	const keys: string[] = [];
	let isSorted = true;
	for (const key in node) {
		if (!isElement(key)) continue;
		if (keys.length > 0 && key < keys[keys.length - 1]!) isSorted = false;
		keys.push(key);
	}
	return isSorted ? keys : keys.sort();
}

/** A child node, whatever the input: what is not an object counts as `{}`. */
export function childOf(node: FieldsV1, key: string): FieldsV1 | undefined {
	if (!Object.hasOwn(node, key)) return undefined;
	const child: unknown = node[key];
	return typeof child === 'object' && child !== null ? (child as FieldsV1) : emptyFields;
}

/** Reads anything as FieldsV1: unknown keys and nonsense are left out, depth is bounded. Never throws. */
export function parseFields(value: unknown): FieldsV1 {
	return typeof value === 'object' && value !== null ? cleanNode(value as FieldsV1, 0) : emptyFields;
}

function cleanNode(node: FieldsV1, depth: number): FieldsV1 {
	const result: FieldsV1 = {};
	if (depth >= maximumDepth) return result;
	const keys = childKeys(node).filter(key => parseElement(key) !== null);
	if (depth > 0 && keys.length > 0 && '.' in node) result['.'] = {};
	for (const key of keys) result[key] = cleanNode(childOf(node, key) ?? emptyFields, depth + 1);
	return result;
}

/** Whether the set has no member at all. */
export function isEmpty(fields: FieldsV1): boolean {
	return !hasChildren(fields);
}

/** Members of either. */
export function union(left: FieldsV1, right: FieldsV1): FieldsV1 {
	return uniteNodes(left, right, true, 0);
}

/** Members of `left` that are not members of `right`. A member of `right` does not remove what lies below it. */
export function difference(left: FieldsV1, right: FieldsV1): FieldsV1 {
	return subtractNode(left, right, true, 0) ?? emptyFields;
}

/** Members of both. */
export function intersection(left: FieldsV1, right: FieldsV1): FieldsV1 {
	return intersectNodes(left, right, true, 0) ?? emptyFields;
}

function uniteNodes(left: FieldsV1, right: FieldsV1, isRoot: boolean, depth: number): FieldsV1 {
	const result: FieldsV1 = {};
	const rightKeys = childKeys(right);
	const keys = [...childKeys(left), ...rightKeys.filter(key => !Object.hasOwn(left, key))];
	if (depth >= maximumDepth || keys.length === 0) return result;
	if (!isRoot && (isMember(left) || isMember(right))) result['.'] = {};
	for (const key of keys) {
		const inLeft = childOf(left, key);
		const inRight = childOf(right, key);
		result[key] = inLeft && inRight ? uniteNodes(inLeft, inRight, false, depth + 1) : (inLeft ?? inRight!);
	}
	return result;
}

function subtractNode(left: FieldsV1, right: FieldsV1, isRoot: boolean, depth: number): FieldsV1 | undefined {
	const isKept = !isRoot && isMember(left) && !isMember(right);
	const result: FieldsV1 = {};
	let hasAny = false;
	if (depth < maximumDepth) {
		for (const key of childKeys(left)) {
			const child = childOf(left, key)!;
			const other = childOf(right, key);
			const rest = other ? subtractNode(child, other, false, depth + 1) : child;
			if (!rest) continue;
			if (!hasAny && isKept) result['.'] = {};
			hasAny = true;
			result[key] = rest;
		}
	}
	return hasAny || isKept ? result : undefined;
}

function intersectNodes(left: FieldsV1, right: FieldsV1, isRoot: boolean, depth: number): FieldsV1 | undefined {
	const isKept = !isRoot && isMember(left) && isMember(right);
	const result: FieldsV1 = {};
	let hasAny = false;
	if (depth < maximumDepth) {
		for (const key of childKeys(left)) {
			const other = childOf(right, key);
			if (!other) continue;
			const both = intersectNodes(childOf(left, key)!, other, false, depth + 1);
			if (!both) continue;
			if (!hasAny && isKept) result['.'] = {};
			hasAny = true;
			result[key] = both;
		}
	}
	return hasAny || isKept ? result : undefined;
}

/** The node a path leads to, member or not; undefined when the set has nothing there or below. */
export function nodeAt(fields: FieldsV1, path: Path): FieldsV1 | undefined {
	let node: FieldsV1 | undefined = fields;
	for (const step of path) {
		if (!node) return undefined;
		const key = elementFor(node, step);
		node = key === undefined ? undefined : childOf(node, key);
	}
	return node;
}

/** Like {@link nodeAt}, for a path given as FieldsV1 keys. */
export function nodeAtElements(fields: FieldsV1, elements: readonly string[]): FieldsV1 | undefined {
	let node: FieldsV1 | undefined = fields;
	for (const element of elements) node = node && childOf(node, element);
	return node;
}

/** Whether the path itself is a member. */
export function has(fields: FieldsV1, path: Path): boolean {
	const node = path.length > 0 ? nodeAt(fields, path) : undefined;
	return node !== undefined && isMember(node);
}

/** The set of exactly these paths; the empty path cannot be a member and is skipped. */
export function fromPaths(paths: Iterable<Path>): FieldsV1 {
	let result: FieldsV1 = emptyFields;
	for (const path of paths) result = union(result, single(path));
	return result;
}

/** The part of the set at and below a path, still rooted at the object. */
export function below(fields: FieldsV1, path: Path): FieldsV1 {
	if (path.length === 0) return fields;
	const keys: string[] = [];
	let node: FieldsV1 = fields;
	for (const step of path) {
		const key = elementFor(node, step);
		if (key === undefined) return emptyFields;
		keys.push(key);
		node = childOf(node, key)!;
	}
	return keys.reduceRight<FieldsV1>((child, key) => ({[key]: child}), node);
}

function single(path: Path): FieldsV1 {
	return path.reduceRight<FieldsV1>((child, step) => ({[formatElement(step)]: child}), {});
}

/** The node's own spelling of a step: two servers may escape the JSON of a key differently. */
export function elementFor(node: FieldsV1, step: Step): string | undefined {
	const element = formatElement(step);
	if (Object.hasOwn(node, element)) return element;
	if (step.type !== 'key' && step.type !== 'value') return undefined;
	return childKeys(node).find(key => {
		const other = parseElement(key);
		return other !== null && isSameStep(other, step);
	});
}
