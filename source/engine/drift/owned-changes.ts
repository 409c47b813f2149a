import type {FieldsV1} from '../../model/object.ts';
import {
	childKeys,
	childOf,
	emptyFields,
	hasChildren,
	isMember,
	maximumDepth,
	nodeAtElements,
} from '../fields/fields.ts';
import {childValue, nodesBelow} from './fingerprint.ts';
import {absentSlot, isBlankSlot, leafSlot, presentSlot, slotLength} from './leaf-hash.ts';
import {type Scene, wasHeldBefore} from './scene.ts';

/** Stands for a value that the metadata view does not show. */
export const unseen = Symbol('unseen');

/** One path of ours that is no longer as we left it. */
export interface OwnedChange {
	/** FieldsV1 keys from the root. */
	readonly elements: readonly string[];
	/** Whether our entry lost the path. Otherwise the value changed although it is still recorded as ours. */
	readonly isLost: boolean;
	/** The value now: undefined when there is none, {@link unseen} when the view does not show it. */
	readonly value: unknown;
}

export interface OwnedChanges {
	readonly changes: readonly OwnedChange[];
	/** Paths that our entry lost while their value stayed what we applied. */
	readonly disowned: readonly (readonly string[])[];
	/** A path whose fate only the object itself can tell; null when there is none. */
	readonly unread: readonly string[] | null;
}

/**
 * What became of everything we own, by walking our recorded set, our present set and the object side by side. What is
 * gone as a whole (a container, an environment variable) is one change, not one for each of its fields.
 * `isSameSet` says that the two sets are known to be equal.
 */
export function findOwnedChanges(scene: Scene, owned: FieldsV1, isSameSet = false): OwnedChanges {
	const walker: Walker = {scene, slot: 0, changes: [], disowned: [], unread: null};
	const {observed, foreign, own} = scene;
	const root = scene.view === 'object' ? observed : unseen;
	const nodes = foreign.map(entry => entry.fields);
	for (const key of childKeys(owned)) {
		const child = childOf(owned, key);
		if (!child) continue;
		const value =
			root !== unseen ? childValue(root, key) : key === 'f:metadata' ? (observed.metadata as unknown) : unseen;
		if (value === unseen && isSameSet) {
			// Nothing was lost and nothing can be seen: most of an object, in most events.
			walker.slot += countMembers(child, 1);
			continue;
		}
		visit(walker, child, childOf(own?.fields ?? emptyFields, key), value, nodesBelow(nodes, key), [key]);
	}
	return walker;
}

interface Walker {
	readonly scene: Scene;
	slot: number;
	readonly changes: OwnedChange[];
	readonly disowned: (readonly string[])[];
	unread: readonly string[] | null;
}

/** `covers`: the node's fate is said, with that of everything below it. */
type Fate = 'same' | 'covers';

function visit(
	walker: Walker,
	node: FieldsV1,
	live: FieldsV1 | undefined,
	value: unknown,
	foreign: readonly FieldsV1[],
	elements: readonly string[],
): void {
	const keys = elements.length < maximumDepth ? childKeys(node) : [];
	if (keys.length === 0 || '.' in node) {
		const before = takeSlot(walker);
		const isLost = live === undefined || !isMember(live);
		const point: Point = {elements, isLost, value, before, foreign};
		const fate = keys.length === 0 ? judgeLeaf(walker, point) : judgePresence(walker, point);
		if (fate === 'covers') {
			walker.slot += countMembers(node, elements.length) - 1;
			return;
		}
	}
	for (const key of keys) {
		const child = childOf(node, key);
		if (!child) continue;
		const below = value === unseen ? unseen : childValue(value, key);
		visit(walker, child, live && childOf(live, key), below, nodesBelow(foreign, key), [...elements, key]);
	}
}

interface Point {
	readonly elements: readonly string[];
	readonly isLost: boolean;
	readonly value: unknown;
	/** What the fingerprint kept of it. */
	readonly before: string;
	readonly foreign: readonly FieldsV1[];
}

function judgeLeaf(walker: Walker, point: Point): Fate {
	const {value, before, foreign, isLost, elements} = point;
	if (value === unseen) return isLost ? judgeUnseen(walker, point) : 'same';
	const {hash} = walker.scene;
	const now = leafSlot(value, foreign, hash);
	// An empty map that we applied may only have come to be when others filled it.
	if (now !== before && !(before === absentSlot && isBlankSlot(now, hash))) {
		walker.changes.push({elements, isLost, value});
		return 'covers';
	}
	if (isLost) walker.disowned.push(elements);
	return 'same';
}

function judgePresence(walker: Walker, point: Point): Fate {
	const {value, before, isLost, elements} = point;
	if (value === unseen) return isLost ? judgeUnseen(walker, point) : 'same';
	if (before === presentSlot && value === undefined) {
		walker.changes.push({elements, isLost, value});
		return 'covers';
	}
	if (isLost) walker.disowned.push(elements);
	return 'same';
}

/** We lost the path and cannot see its value: the others' entries may still tell. */
function judgeUnseen(walker: Walker, {elements, before}: Point): Fate {
	const {scene} = walker;
	const nodes = scene.foreign.flatMap(entry => nodeAtElements(entry.fields, elements) ?? []);
	// Whoever owns something in an item does not therefore own that it is there.
	const holders = before === presentSlot ? nodes.filter(isMember) : nodes;
	if (holders.length > 0) {
		// An empty map of ours that others filled is theirs in part, but it was not changed.
		const isFilled = isBlankSlot(before, scene.hash) && holders.every(hasChildren);
		if (isFilled || isKnownToBeSame(scene, elements)) {
			walker.disowned.push(elements);
			return 'same';
		}
	} else if (!scene.isSecret) {
		// Nobody has it: removed, or reset to a default. Only the value tells.
		walker.unread ??= elements;
		return 'covers';
	}
	walker.changes.push({elements, isLost: true, value: unseen});
	return 'covers';
}

/**
 * A path that somebody holds since the fingerprint was last checked against the object, and nothing has moved since:
 * the value was the one we applied, so it still is.
 */
function isKnownToBeSame(scene: Scene, elements: readonly string[]): boolean {
	return (
		scene.hasGeneration &&
		scene.isSameGeneration &&
		scene.isSameTime &&
		scene.areOthersSame &&
		wasHeldBefore(scene.fingerprint, elements)
	);
}

function takeSlot(walker: Walker): string {
	const start = walker.slot++ * slotLength;
	return walker.scene.fingerprint.leafHashes.slice(start, start + slotLength);
}

function countMembers(node: FieldsV1, depth: number): number {
	const keys = depth < maximumDepth ? childKeys(node) : [];
	let count = keys.length === 0 || '.' in node ? 1 : 0;
	for (const key of keys) count += countMembers(childOf(node, key) ?? emptyFields, depth + 1);
	return count;
}
