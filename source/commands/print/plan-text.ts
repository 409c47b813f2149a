import {shortRevision} from '../../model/ages.ts';
import {describeHolder} from '../../model/hold-text.ts';
import type {HeldItem, Plan, PlanItem} from '../../model/plan.ts';
import {describeBlocked, hookMoments, hooksOf, keptObjects, objectName, takeOversOf} from '../../model/plan-text.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
import {confirmationLines} from './status-details.ts';

/** Names listed a kind of action; deletions are always listed to the last. */
const listedItems = 20;

const actions = [
	{action: 'create', tone: 'good'},
	{action: 'change', tone: 'warning'},
	{action: 'delete', tone: 'bad'},
] as const satisfies readonly {action: PlanItem['action']; tone: Tone}[];

/** Where a plan is carried out: as much of an application's status as its printing needs. */
export type PlanPlace = Pick<ApplicationStatus, 'context' | 'namespace' | 'holds'>;

export interface PlanOptions {
	readonly surface: Surface;
	/** Flags for the commands that are printed; see Line.where. */
	readonly where: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Of a commit that is not pushed yet: no command can approve its deletions now. */
	readonly isAhead?: boolean;
}

/**
 * What a sync will do, before it does it: where, how much, to which objects, taken over from whom, and what cannot or
 * will not be touched.
 */
export function planText(plan: Plan, application: PlanPlace, options: PlanOptions): string[] {
	const {surface, now} = options;
	const items = plan.steps.flatMap(step => step.items);
	const place = `on ${application.context}, namespace ${application.namespace}`;
	const title = safeText(`${plan.application} to ${shortRevision(plan.revision)} ${place}`);
	return [
		surface.paint(title, 'strong'),
		...actions.flatMap(({action, tone}) => {
			const chosen = items.filter(item => item.action === action);
			return listLines(action, tone, chosen, item => describeItem(item, application), surface);
		}),
		...hookLines(plan, application, surface),
		...takeOverLines(plan, application, surface),
		...heldLines(plan, application, {surface, now}),
		...listLines('blocked', 'bad', plan.blocked, blocked => describeBlocked(blocked, application), surface),
		...keptLines(plan, application, surface),
		`  ${'unchanged'.padEnd(10)} ${plan.counts.unchanged}`,
		...orderLines(plan, surface),
		...deletionLines(plan, options),
	];
}

function listLines<Item>(
	name: string,
	tone: Tone,
	list: readonly Item[],
	describe: (item: Item) => string,
	surface: Surface,
): string[] {
	if (list.length === 0) return [];
	const limit = name === 'delete' || list.length <= listedItems + 1 ? list.length : listedItems;
	const rest = list.length - limit;
	return [
		`  ${surface.paint(name.padEnd(10), tone)} ${list.length}`,
		...list.slice(0, limit).map(item => `    ${safeText(describe(item))}`),
		...(rest > 0 ? [`    ${surface.glyph('ellipsis')} and ${rest} more`] : []),
	];
}

function describeItem(item: PlanItem, application: PlanPlace): string {
	return `${objectName(item.ref, application)}  (${item.reason})`;
}

function takeOverLines(plan: Plan, application: PlanPlace, surface: Surface): string[] {
	return listLines(
		'take over',
		'warning',
		takeOversOf(plan),
		({item, path, manager}) => `${objectName(item.ref, application)} ${path} from ${manager}`,
		surface,
	);
}

function hookLines(plan: Plan, application: PlanPlace, surface: Surface): string[] {
	return listLines(
		'hook',
		'busy',
		hooksOf(plan),
		({ref, phase}) => `${objectName(ref, application)}  (${hookMoments[phase]})`,
		surface,
	);
}

/**
 * What a hold keeps from being written, or what is written in spite of it (`overwrites`: in the words of the case); whose
 * hold it is and until when.
 */
export function heldLines(
	plan: Plan,
	application: PlanPlace,
	{surface, now}: Pick<PlanOptions, 'surface' | 'now'>,
	overwrites = 'overwrites',
): string[] {
	const describe = ({ref, paths, holdId}: HeldItem) => {
		const hold = application.holds.find(({id}) => id === holdId);
		const what = [objectName(ref, application), paths.join(', ')].filter(Boolean).join(' ');
		return `${what}, ${describeHolder(hold, now)}`;
	};
	const having = (outcome: HeldItem['outcome']) => plan.held.filter(item => item.outcome === outcome);
	return [
		...listLines('left alone', 'warning', having('left'), describe, surface),
		...listLines(overwrites, 'bad', having('overwritten'), describe, surface),
	];
}

/** The steps one after the other, where there is more than one. What runs only after a failure is no step of the way. */
function orderLines({steps}: Plan, surface: Surface): string[] {
	const way = steps.filter(step => step.phase !== 'SyncFail' && (step.items.length > 0 || step.waitsForReady));
	if (way.length < 2) return [];
	const rows = way.map(({title, items, waitsForReady}, index) => {
		const wait = waitsForReady ? ', waited for' : '';
		// A step without items is the wait itself.
		return `${index + 1}. ${title}${items.length > 0 ? `  (${items.length}${wait})` : ''}`;
	});
	return [
		`  ${surface.paint('order'.padEnd(10), 'quiet')} ${way.length} steps`,
		...rows.map(row => `    ${safeText(row)}`),
	];
}

function deletionLines(plan: Plan, {surface, where, isAhead}: PlanOptions): string[] {
	switch (plan.deletion.type) {
		case 'none':
		case 'allowed':
			return [];
		case 'needs-confirmation': {
			const {token, objects, reason} = plan.deletion;
			const waiting = {application: plan.application, token, deletions: objects, where};
			const lines = confirmationLines(waiting, surface);
			return [
				`  ${surface.paint('deletions wait for a person', 'bad')}: ${safeText(reason)}`,
				// The last one is the command.
				...(isAhead ? lines.slice(0, -1) : lines).map(line => `  ${line}`),
			];
		}
		case 'refused':
			return [`  ${surface.paint('deletions are refused', 'bad')}: ${safeText(plan.deletion.reason)}`];
	}
}

/** Why there is nothing to do, what is held, and what stays although Git does not have it any more. A no-op says so. */
export function nothingToDo(
	plan: Plan,
	application: PlanPlace,
	{surface, now}: Pick<PlanOptions, 'surface' | 'now'>,
): string[] {
	const objects = `${plan.counts.unchanged} object${plan.counts.unchanged === 1 ? '' : 's'}`;
	const inGit = `${objects} already as in Git at ${shortRevision(plan.revision)}`;
	const held = plan.held.length > 0 ? '; what is held is left alone' : '';
	return [
		safeText(`${plan.application}: nothing to do, ${inGit}${held}`),
		...heldLines(plan, application, {surface, now}),
		...keptLines(plan, application, surface),
	];
}

function keptLines(plan: Plan, application: PlanPlace, surface: Surface): string[] {
	return listLines('keep', 'quiet', keptObjects(plan), item => describeBlocked(item, application), surface);
}
