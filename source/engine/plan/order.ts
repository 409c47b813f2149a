import type {ObjectRef} from '../../model/object.ts';
import {kindPlace, type Slot, slots} from './kinds.ts';

/** Where an object comes in a sync. */
export interface Place {
	readonly slot: Slot;
	/** 0 for the two stages that precede all waves. */
	readonly wave: number;
	readonly rank: number;
}

export interface Placed {
	readonly ref: ObjectRef;
	readonly place: Place;
}

const stageSlots: ReadonlySet<Slot> = new Set<Slot>(['definitions', 'cluster']);

/** Stage before wave before kind (engines.md b.9). */
export function placeInOrder(ref: Pick<ObjectRef, 'group' | 'kind'>, wave: number): Place {
	const {slot, rank} = kindPlace(ref);
	return {slot, rank, wave: stageSlots.has(slot) ? 0 : wave};
}

/** Whether this comes before all waves. */
export function isStage(place: Place): boolean {
	return stageSlots.has(place.slot);
}

/**
 * Sorts for writing; deletions are the exact reverse. Ties are broken by name so that a plan is always the same plan.
 */
export function compareForApply(a: Placed, b: Placed): number {
	return (
		Number(isStage(b.place)) - Number(isStage(a.place)) ||
		a.place.wave - b.place.wave ||
		slotIndex(a.place.slot) - slotIndex(b.place.slot) ||
		a.place.rank - b.place.rank ||
		compareText(a.ref.group, b.ref.group) ||
		compareText(a.ref.kind, b.ref.kind) ||
		compareText(a.ref.namespace, b.ref.namespace) ||
		compareText(a.ref.name, b.ref.name)
	);
}

export function compareForDelete(a: Placed, b: Placed): number {
	return compareForApply(b, a);
}

export function slotIndex(slot: Slot): number {
	return slots.indexOf(slot);
}

/** By code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** Cuts a sorted list where the step changes: same wave and same slot go in parallel. */
export function groupBySlot<T extends Placed>(sorted: readonly T[]): T[][] {
	const groups: T[][] = [];
	for (const item of sorted) {
		const last = groups.at(-1);
		const [head] = last ?? [];
		if (last && head?.place.slot === item.place.slot && head.place.wave === item.place.wave) last.push(item);
		else groups.push([item]);
	}
	return groups;
}
