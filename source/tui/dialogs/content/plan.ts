import {formatProblem, type Problem} from '../../../model/errors.ts';
import type {Hold} from '../../../model/hold.ts';
import {describeHolder} from '../../../model/hold-text.ts';
import type {HeldItem, Plan, PlanItem} from '../../../model/plan.ts';
import {describeBlocked, hookMoments, hooksOf, keptObjects, objectName, takeOversOf} from '../../../model/plan-text.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {type Row, rowLines} from './rows.ts';

/** Names listed of a kind; deletions are always listed to the last. */
const listedItems = 20;

const actions = [
	{action: 'change', style: 'changed'},
	{action: 'create', style: 'added'},
	{action: 'delete', style: 'removed'},
] as const satisfies readonly {action: PlanItem['action']; style: StyleName}[];

export interface PlanContent {
	readonly plan: Plan;
	readonly namespace: string;
	readonly holds: readonly Hold[];
	/** What an automatic sync would have waited for. */
	readonly warnings: readonly Problem[];
}

/** What a sync will do to which objects, what it takes over from whom, and what it leaves alone and why. */
export function planLines(content: PlanContent, frame: Frame): LineText[] {
	return rowLines(planRows(content, frame.now), frame);
}

export function planRows({plan, namespace, holds, warnings}: PlanContent, now: number): Row[] {
	const items = plan.steps.flatMap(step => step.items);
	const place = {namespace};
	const having = (outcome: HeldItem['outcome']) =>
		plan.held.filter(item => item.outcome === outcome).map(item => heldText(item, {place, holds, now}));
	return [
		...actions.map(({action, style}): Row => {
			const chosen = items.filter(item => item.action === action);
			const texts = chosen.map(({ref, reason}) => `${objectName(ref, place)} (${reason})`);
			return {
				label: action,
				style,
				count: chosen.length,
				texts,
				limit: action === 'delete' ? chosen.length : listedItems,
			};
		}),
		...listed(
			'hook',
			'busy',
			hooksOf(plan).map(({ref, phase}) => `${objectName(ref, place)} (${hookMoments[phase]})`),
		),
		...listed(
			'take over',
			'warning',
			takeOversOf(plan).map(({item, path, manager}) => `${objectName(item.ref, place)} ${path} from ${manager}`),
		),
		...listed('left alone', 'held', having('left')),
		...listed('overwrites', 'bad', having('overwritten')),
		...listed(
			'blocked',
			'bad',
			plan.blocked.map(blocked => describeBlocked(blocked, place)),
		),
		...listed(
			'keep',
			'quiet',
			keptObjects(plan).map(kept => describeBlocked(kept, place)),
		),
		...deletionRows(plan),
		...listed('waits', 'held', warnings.map(formatProblem)),
	];
}

function listed(label: string, style: StyleName, texts: readonly string[]): Row[] {
	return texts.length === 0 ? [] : [{label, style, count: texts.length, texts, limit: listedItems}];
}

function heldText(
	{ref, paths, holdId}: HeldItem,
	{place, holds, now}: {place: {namespace: string}; holds: readonly Hold[]; now: number},
) {
	const what = [objectName(ref, place), paths.join(', ')].filter(Boolean).join(' ');
	return `${what}, ${describeHolder(
		holds.find(({id}) => id === holdId),
		now,
	)}`;
}

/** Deletions that are not part of the plan, and why not. */
function deletionRows({deletion}: Plan): Row[] {
	switch (deletion.type) {
		case 'none':
		case 'allowed':
			return [];
		case 'needs-confirmation':
			return [
				{label: 'not deleted', style: 'bad', count: deletion.objects.length, texts: [...deletion.objects]},
				{label: '', style: 'bad', texts: [`deletions wait for a person: ${deletion.reason}`]},
			];
		case 'refused':
			return [{label: 'not deleted', style: 'bad', texts: [`deletions are refused: ${deletion.reason}`]}];
	}
}
