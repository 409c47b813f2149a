import type {ObjectKey} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import type {DesiredObject} from '../desired/types.ts';
import {hasHealth} from '../health/has-health.ts';
import type {DeletionCandidate} from './deletions.ts';
import {compareForApply, compareForDelete, groupBySlot, isStage, type Placed, placeInOrder} from './order.ts';
import type {SyncStep} from './types.ts';

/** A desired object with what is to be done to it; null: nothing. */
export interface PlannedObject {
	readonly object: DesiredObject;
	readonly item: PlanItem | null;
}

interface PlacedObject extends Placed, PlannedObject {}

/**
 * Steps that create and change. Few on purpose: kinds that do not need one another go in parallel. With more than one
 * wave, a wave starts when everything in the waves before it is healthy, also what this sync does not write (argo-cd
 * #4577).
 */
export function applySteps(objects: readonly PlannedObject[]): SyncStep[] {
	const placed = objects
		.filter(({object}) => object.options.apply !== 'ignore')
		.map(planned => ({
			...planned,
			ref: planned.object.ref,
			place: placeInOrder(planned.object.ref, planned.object.options.wave),
		}))
		.sort(compareForApply);
	const waves = Map.groupBy(
		placed.filter(({place}) => !isStage(place)),
		({place}) => place.wave,
	);
	const lastBusyWave = [...waves].findLastIndex(([, members]) => members.some(({item}) => item));
	const steps = stageSteps(placed.filter(({place}) => isStage(place)));
	for (const [index, [wave, members]] of [...waves].entries()) {
		if (index > lastBusyWave) break;
		const written = groupBySlot(members.filter(({item}) => item)).map(group => {
			const items = itemsOf(group);
			return step(waves.size > 1 ? `wave ${wave}: ${kindList(items)}` : kindList(items), items);
		});
		const awaits = index < lastBusyWave ? members.filter(canBeAwaited).map(({object}) => object.key) : [];
		if (awaits.length > 0) {
			const last = written.pop() ?? step(`wave ${wave}: wait until healthy`, []);
			written.push({...last, awaits, waitsForReady: true});
		}
		steps.push(...written);
	}
	return steps;
}

/** Namespaces must be active and definitions established before anything can be written into them. */
function stageSteps(placed: readonly PlacedObject[]): SyncStep[] {
	return groupBySlot(placed.filter(({item}) => item)).map(group => {
		const items = itemsOf(group);
		if (group[0]?.place.slot !== 'definitions') return step('cluster definitions', items);
		return step(
			'namespaces and definitions',
			items,
			items.map(item => item.key),
		);
	});
}

function canBeAwaited({object}: PlannedObject): boolean {
	return hasHealth(object.ref.group, object.ref.kind);
}

function itemsOf(group: readonly PlacedObject[]): PlanItem[] {
	return group.flatMap(({item}) => item ?? []);
}

/** Steps that delete, in exact reverse order. Custom resources are waited for: their operator may be next. */
export function deleteSteps(candidates: readonly DeletionCandidate[]): SyncStep[] {
	const placed = candidates.map(({item, wave}) => ({item, ref: item.ref, place: placeInOrder(item.ref, wave)}));
	const groups = groupBySlot(placed.sort(compareForDelete));
	return groups.map((group, index) => {
		const items = group.map(({item}) => item);
		const isAwaited = group[0]?.place.slot === 'custom' && index < groups.length - 1;
		return step(`delete ${kindList(items)}`, items, isAwaited ? items.map(item => item.key) : []);
	});
}

function step(title: string, items: readonly PlanItem[], awaits: readonly ObjectKey[] = []): SyncStep {
	return {title, phase: 'Sync', wave: 0, items, awaits, waitsForReady: awaits.length > 0};
}

const shownKinds = 3;

function kindList(items: readonly PlanItem[]): string {
	const kinds = [...new Set(items.map(item => item.ref.kind))];
	const more = kinds.length - shownKinds;
	return more > 0 ? `${kinds.slice(0, shownKinds).join(', ')} and ${more} more` : kinds.join(', ');
}
