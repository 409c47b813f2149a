import type {ObjectKey} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import type {DesiredObject} from '../desired/types.ts';
import {hasHealth} from '../health/has-health.ts';
import {hooksOf} from '../hooks/due.ts';
import {beforeHooks} from './before-hooks.ts';
import type {DeletionCandidate} from './deletions.ts';
import {hookSteps, stepsOfWave, wavesOf} from './hook-steps.ts';
import {compareForApply, compareForDelete, groupBySlot, isStage, type Placed, placeInOrder} from './order.ts';
import {kindList} from './titles.ts';
import type {SyncStep} from './types.ts';

/** A desired object with what is to be done to it; null: nothing. */
export interface PlannedObject {
	readonly object: DesiredObject;
	readonly item: PlanItem | null;
}

interface PlacedObject extends Placed, PlannedObject {}

export interface SyncOrder {
	readonly objects: readonly PlannedObject[];
	/** Those that are due. */
	readonly hooks: readonly DesiredObject[];
	/** The last wave is waited for too. */
	readonly waitsAtEnd: boolean;
}

/**
 * Steps that create, change and run hooks, in Argo CD's phases. Few on purpose: kinds that do not need one another go in
 * parallel. With something after it (a wave, a hook), a wave is waited for until everything in it is healthy, also what
 * this sync does not write (argo-cd #4577).
 */
export function applySteps({objects, hooks, waitsAtEnd}: SyncOrder): SyncStep[] {
	const placed = objects
		.filter(({object}) => object.options.apply !== 'ignore')
		.map(planned => ({
			...planned,
			ref: planned.object.ref,
			place: placeInOrder(planned.object.ref, planned.object.options.wave),
		}))
		.sort(compareForApply);
	const stages = stageSteps(placed.filter(({place}) => isStage(place)));
	const preSync = hookSteps(hooks, 'PreSync');
	const {first, rest} = beforeHooks(stages, hooksOf(hooks, 'PreSync'));
	return [
		...first,
		...preSync,
		...rest,
		...waveSteps(
			placed.filter(({place}) => !isStage(place)),
			hooksOf(hooks, 'Sync'),
			waitsAtEnd,
		),
		...hookSteps(hooks, 'PostSync'),
	];
}

/** Waves of objects and of Sync hooks; in a wave the objects come first. */
function waveSteps(placed: readonly PlacedObject[], hooks: readonly DesiredObject[], waitsAtEnd: boolean): SyncStep[] {
	const objectWaves = Map.groupBy(placed, ({place}) => place.wave);
	const hookWaves = wavesOf(hooks);
	const waves = [...new Set([...objectWaves.keys(), ...hookWaves.keys()])].sort((a, b) => a - b);
	const isBusy = (wave: number): boolean =>
		hookWaves.has(wave) || (objectWaves.get(wave)?.some(({item}) => item !== null) ?? false);
	const lastBusy = waves.findLastIndex(isBusy);
	const last = waitsAtEnd ? waves.length - 1 : lastBusy;
	return waves.slice(0, last + 1).flatMap((wave, index) => {
		const members = objectWaves.get(wave) ?? [];
		const title = waves.length > 1 ? `wave ${wave}: ` : '';
		const steps = groupBySlot(members.filter(({item}) => item)).map(group => {
			const items = itemsOf(group);
			return step(title + kindList(items), wave, items);
		});
		steps.push(...stepsOfWave(hookWaves.get(wave) ?? [], {phase: 'Sync', wave, title: `${title}Sync hooks`}));
		const isAwaited = index < lastBusy || waitsAtEnd;
		const awaits = isAwaited ? members.filter(canBeAwaited).map(({object}) => object.key) : [];
		if (awaits.length === 0) return steps;
		const end = steps.pop() ?? step(`${title}wait until healthy`, wave, []);
		return [...steps, {...end, awaits, waitsForReady: true}];
	});
}

/** Namespaces must be active and definitions established before anything can be written into them. */
function stageSteps(placed: readonly PlacedObject[]): SyncStep[] {
	return groupBySlot(placed.filter(({item}) => item)).map(group => {
		const items = itemsOf(group);
		if (group[0]?.place.slot !== 'definitions') return step('cluster definitions', 0, items);
		return step(
			'namespaces and definitions',
			0,
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
		const [head] = group;
		const isAwaited = head?.place.slot === 'custom' && index < groups.length - 1;
		const awaits = isAwaited ? items.map(item => item.key) : [];
		return {...step(`delete ${kindList(items)}`, head?.place.wave ?? 0, items, awaits), phase: 'Delete'};
	});
}

function step(title: string, wave: number, items: readonly PlanItem[], awaits: readonly ObjectKey[] = []): SyncStep {
	return {title, phase: 'Sync', wave, items, awaits, waitsForReady: awaits.length > 0, hooks: []};
}
