import {isEqual, isMap} from '../../../source/engine/fields/equal.ts';
import {fromPaths} from '../../../source/engine/fields/fields.ts';
import {pathOf} from '../../../source/engine/fields/step.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import {type KindSchema, type ListType, type MapType, shapeOf, type TypeSchema, typeOfKey} from '../schema/type.ts';
import {fieldElement, itemElements} from './element.ts';

/** What changed from one object to another, as sets of paths. */
export interface Comparison {
	readonly added: FieldsV1;
	readonly modified: FieldsV1;
	readonly removed: FieldsV1;
}

/** Compares two objects of one kind by its schema: atomic values as wholes, list items by their keys. */
export function compareTyped(schema: KindSchema, before: unknown, after: unknown): Comparison {
	const changes: Changes = {added: {}, modified: {}, removed: {}};
	compare(schema.root, before ?? {}, after ?? {}, [], changes);
	return changes;
}

interface Changes {
	readonly added: FieldsV1;
	readonly modified: FieldsV1;
	readonly removed: FieldsV1;
}

type Elements = readonly string[];

/** Adds a member to a set that is being built. */
function insert(set: FieldsV1, path: Elements): void {
	let node = set;
	for (const [index, element] of path.entries()) {
		const isLast = index === path.length - 1;
		let child = node[element];
		if (!child) {
			child = {};
			node[element] = child;
		} else if (!isLast && Object.keys(child).length === 0) child['.'] = {};
		if (isLast && Object.keys(child).length > 0) child['.'] = {};
		node = child;
	}
}

function compare(type: TypeSchema, before: unknown, after: unknown, path: Elements, changes: Changes): void {
	const beforeShape = shapeOf(type, before ?? after);
	const afterShape = shapeOf(type, after ?? before);
	if (beforeShape !== afterShape) compareAs(beforeShape, type, before, after, path, changes);
	if (compareAs(afterShape, type, before, after, path, changes) || path.length === 0) return;
	if (before === undefined) insert(changes.added, path);
	else if (after === undefined) insert(changes.removed, path);
}

/** Whether the values were compared as wholes. */
function compareAs(
	shape: 'map' | 'list' | 'scalar' | null,
	type: TypeSchema,
	before: unknown,
	after: unknown,
	path: Elements,
	changes: Changes,
): boolean {
	if (shape === 'map') {
		const left = isMap(before) ? before : undefined;
		const right = isMap(after) ? after : undefined;
		if (type.map!.relationship === 'granular' && !(isBlank(left) && isBlank(right))) {
			compareMaps(type.map!, left ?? {}, right ?? {}, path, changes);
			return false;
		}
	} else if (shape === 'list') {
		const left = Array.isArray(before) ? before : [];
		const right = Array.isArray(after) ? after : [];
		if (type.list!.relationship === 'associative' && left.length + right.length > 0) {
			compareLists(type.list!, left, right, path, changes);
			return false;
		}
	}
	compareLeaves(before, after, path, changes);
	return true;
}

function isBlank(map: Readonly<Record<string, unknown>> | undefined): boolean {
	return map === undefined || Object.keys(map).length === 0;
}

function compareLeaves(before: unknown, after: unknown, path: Elements, changes: Changes): void {
	if (path.length === 0) return;
	if (before === undefined) insert(changes.added, path);
	else if (after === undefined) insert(changes.removed, path);
	else if (!isEqual(before, after)) insert(changes.modified, path);
}

type Values = Readonly<Record<string, unknown>>;

function compareMaps(map: MapType, before: Values, after: Values, path: Elements, changes: Changes): void {
	for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const left = Object.hasOwn(before, key) ? before[key] : undefined;
		const right = Object.hasOwn(after, key) ? after[key] : undefined;
		const type = typeOfKey(map, key);
		if (!type || (left === undefined && right === undefined)) continue;
		compare(type, left, right, [...path, fieldElement(key)], changes);
	}
}

function compareLists(
	list: ListType,
	before: readonly unknown[],
	after: readonly unknown[],
	path: Elements,
	changes: Changes,
): void {
	const left = groupByElement(list, before);
	const right = groupByElement(list, after);
	for (const element of new Set([...left.keys(), ...right.keys()])) {
		const leftItems = left.get(element) ?? [];
		const rightItems = right.get(element) ?? [];
		const itemPath = [...path, element];
		if (leftItems.length <= 1 && rightItems.length <= 1) {
			compare(list.element, leftItems[0], rightItems[0], itemPath, changes);
		} else if (leftItems.length > 1 && rightItems.length > 1) {
			if (!isEqual(leftItems, rightItems)) insert(changes.modified, itemPath);
		} else if (leftItems.length > 1) {
			if (rightItems.length > 0) compare(list.element, undefined, rightItems[0], itemPath, changes);
			insert(changes.removed, itemPath);
		} else {
			if (leftItems.length > 0) compare(list.element, leftItems[0], undefined, itemPath, changes);
			insert(changes.added, itemPath);
		}
	}
}

function groupByElement(list: ListType, items: readonly unknown[]): Map<string, unknown[]> {
	const groups = new Map<string, unknown[]>();
	for (const [index, element] of itemElements(list, items).entries()) {
		if (element === null) continue;
		const group = groups.get(element);
		if (group) group.push(items[index]);
		else groups.set(element, [items[index]]);
	}
	return groups;
}

/** The set of some paths of plain fields, given as `metadata.labels`. */
export function plainFields(...paths: readonly string[]): FieldsV1 {
	return fromPaths(paths.map(path => pathOf(path.split('.').map(fieldElement))));
}
