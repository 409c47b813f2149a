import type {PlanItem, PlanPhase} from '../../model/plan.ts';
import type {DesiredObject, HookPhase} from '../desired/types.ts';
import {hooksOf} from '../hooks/due.ts';
import {kindPlace} from './kinds.ts';
import {compareText, slotIndex} from './order.ts';
import {kindList} from './titles.ts';
import type {SyncStep} from './types.ts';

/** Steps of one phase's hooks: by wave, then by kind. A step is over when its hooks are done. */
export function hookSteps(hooks: readonly DesiredObject[], phase: HookPhase & PlanPhase): SyncStep[] {
	const waves = wavesOf(hooksOf(hooks, phase));
	return [...waves].flatMap(([wave, members]) => {
		const title = waves.size > 1 ? `${phase} hooks, wave ${wave}` : `${phase} hooks`;
		return stepsOfWave(members, {phase, wave, title});
	});
}

/** Steps of the hooks of one wave; cluster definitions and accounts come before what needs them. */
export function stepsOfWave(
	hooks: readonly DesiredObject[],
	{phase, wave, title}: {phase: HookPhase & PlanPhase; wave: number; title: string},
): SyncStep[] {
	const slots = Map.groupBy([...hooks].sort(compareHooks), ({ref}) => kindPlace(ref).slot);
	return [...slots.values()].map(members => {
		const items = members.map(({ref, key}): PlanItem => ({action: 'hook', ref, key, reason: `${phase} hook`}));
		return {
			title: `${title}: ${kindList(items)}`,
			phase,
			wave,
			items,
			awaits: [],
			waitsForReady: true,
			hooks: members.map(({desiredHash}) => desiredHash),
		};
	});
}

/** By wave, smallest first. */
export function wavesOf(hooks: readonly DesiredObject[]): Map<number, DesiredObject[]> {
	return Map.groupBy(
		[...hooks].sort((a, b) => a.options.wave - b.options.wave),
		({options}) => options.wave,
	);
}

function compareHooks(a: DesiredObject, b: DesiredObject): number {
	const [left, right] = [kindPlace(a.ref), kindPlace(b.ref)];
	return slotIndex(left.slot) - slotIndex(right.slot) || left.rank - right.rank || compareText(a.key, b.key);
}
