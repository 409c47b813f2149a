import type {FieldsV1} from '../../model/object.ts';
import type {Entry} from '../fields/entries.ts';
import {
	childKeys,
	childOf,
	difference,
	emptyFields,
	hasChildren,
	isMember,
	maximumDepth,
	nodeAtElements,
} from '../fields/fields.ts';
import {isKeyField, pathOf} from '../fields/step.ts';
import {isExpectedWriter} from './managers.ts';
import {ownedAlready, ownedByOthersBefore, type Scene} from './scene.ts';

/** Something that another manager put into our object since the fingerprint was taken. */
export interface Addition {
	/** FieldsV1 keys from the root. */
	readonly elements: readonly string[];
	readonly entry: Entry;
	/** Its paths are those of another API version than ours: whether they mean the same here is not certain. */
	readonly isOtherVersion: boolean;
}

/**
 * New paths of others inside our object: server-side apply leaves them for ever (engines.md f.6, rule 6). What is new as
 * a whole (a container, a probe) is one addition; labels, annotations, data and items of lists are one each.
 */
export function findAdditions(scene: Scene, owned: FieldsV1): Addition[] {
	const writers = scene.moved.filter(entry => !isExpectedWriter(entry) && !ownedAlready(scene, entry));
	if (writers.length === 0) return [];
	const before = ownedByOthersBefore(scene.fingerprint);
	const additions = writers.flatMap(entry => {
		const isOtherVersion = entry.apiVersion !== scene.fingerprint.apiVersion;
		const found: (readonly string[])[] = [];
		const news = difference(entry.fields, before);
		collectAdditions(news, owned, [], found);
		return found
			.filter(elements => hasChildrenAt(news, elements) || !isOnlyContainer(scene, elements))
			.map(elements => ({elements, entry, isOtherVersion: isOtherVersion && elements[0] !== 'f:metadata'}));
	});
	return additions.filter(one => !additions.some(other => isBelow(one.elements, other.elements)));
}

/**
 * Whether a path that is claimed anew is a map or list whose entries are other people's, or were known before: such a
 * claim says only that the container exists, and can outlive what its owner once put there.
 */
function isOnlyContainer(scene: Scene, elements: readonly string[]): boolean {
	return [...scene.foreign, ...(scene.own ? [scene.own] : [])].some(entry => hasChildrenAt(entry.fields, elements));
}

function hasChildrenAt(fields: FieldsV1, elements: readonly string[]): boolean {
	return hasChildren(nodeAtElements(fields, elements) ?? emptyFields);
}

function isBelow(elements: readonly string[], other: readonly string[]): boolean {
	return elements.length > other.length && other.every((element, index) => element === elements[index]);
}

/** Follows their set along ours, to where it leaves it. */
function collectAdditions(theirs: FieldsV1, ours: FieldsV1, at: readonly string[], found: (readonly string[])[]): void {
	for (const key of childKeys(theirs)) {
		const elements = [...at, key];
		if (key === 'f:status' && at.length === 0) continue;
		const their = childOf(theirs, key)!;
		const our = childOf(ours, key);
		if (!our) collectMembers(their, elements, found);
		else if (hasChildren(our) && elements.length < maximumDepth) collectAdditions(their, our, elements, found);
		else for (const inside of childKeys(their)) collectMembers(childOf(their, inside)!, [...elements, inside], found);
	}
}

/** The topmost members of a set, with labels, annotations and list items one by one. */
export function firstMembers(fields: FieldsV1): (readonly string[])[] {
	const found: (readonly string[])[] = [];
	for (const key of childKeys(fields)) collectMembers(childOf(fields, key)!, [key], found);
	return found;
}

function collectMembers(node: FieldsV1, elements: readonly string[], found: (readonly string[])[]): void {
	if (elements.length >= maximumDepth || (isMember(node) && !isOpened(node, elements))) {
		// Whoever mentions an item has to repeat its key.
		if (!isKeyField(pathOf(elements))) found.push(elements);
		return;
	}
	for (const key of childKeys(node)) collectMembers(childOf(node, key)!, [...elements, key], found);
}

const openMaps = new Set(['f:labels', 'f:annotations']);
const openRoots = new Set(['f:data', 'f:binaryData', 'f:stringData', 'f:spec']);

/** Whether it is the entries that count here, not the map or list as a whole. */
function isOpened(node: FieldsV1, elements: readonly string[]): boolean {
	const keys = childKeys(node);
	if (keys.length === 0) return false;
	if (keys.some(key => key.startsWith('k:') || key.startsWith('v:'))) return true;
	const last = elements.at(-1)!;
	return elements.length === 1 ? openRoots.has(last) : openMaps.has(last) && elements.at(-2) === 'f:metadata';
}
