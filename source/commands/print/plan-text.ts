import {formatProblem} from '../../model/errors.ts';
import {nameOf, type ObjectRef} from '../../model/object.ts';
import type {BlockedObject, Plan, PlanItem} from '../../model/plan.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
import {shortRevision} from './ages.ts';
import {confirmationLines} from './status-details.ts';

/** Names listed a kind of action; deletions are always listed to the last. */
const listedItems = 20;

const actions = [
	{action: 'create', tone: 'good'},
	{action: 'change', tone: 'warning'},
	{action: 'delete', tone: 'bad'},
] as const satisfies readonly {action: PlanItem['action']; tone: Tone}[];

/** Whether a sync of this plan would write anything. */
export function isEmptyPlan(plan: Plan): boolean {
	return plan.counts.create + plan.counts.change + plan.counts.delete === 0;
}

/**
 * What a sync will do, before it does it: where, how much, to which objects, taken over from whom, and what cannot or
 * will not be touched.
 */
export function planText(
	plan: Plan,
	application: ApplicationStatus,
	{surface, where}: {readonly surface: Surface; readonly where: string},
): string[] {
	const items = plan.steps.flatMap(step => step.items);
	const place = `on ${application.context}, namespace ${application.namespace}`;
	const title = safeText(`${plan.application} to ${shortRevision(plan.revision)} ${place}`);
	return [
		surface.paint(title, 'strong'),
		...actions.flatMap(({action, tone}) => {
			const chosen = items.filter(item => item.action === action);
			return listLines(action, tone, chosen, item => describeItem(item, application), surface);
		}),
		...takeOverLines(items, application, surface),
		...listLines('blocked', 'bad', plan.blocked, blocked => describeBlocked(blocked, application), surface),
		...keptLines(plan, application, surface),
		`  ${'unchanged'.padEnd(10)} ${plan.counts.unchanged}`,
		...deletionLines(plan, surface, where),
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

function describeItem(item: PlanItem, application: ApplicationStatus): string {
	return `${objectName(item.ref, application)}  (${item.reason})`;
}

function describeBlocked({ref, problem}: BlockedObject, application: ApplicationStatus): string {
	return `${objectName(ref, application)}: ${formatProblem({...problem, object: undefined})}`;
}

/** Listed with the verdict already, together with the command that lets them go. */
function isWaiting({problem}: BlockedObject): boolean {
	return problem.code === 'DeletionNeedsConfirmation';
}

/** The namespace is named where it is not the application's own. */
function objectName(ref: ObjectRef, application: ApplicationStatus): string {
	const isElsewhere = ref.namespace !== '' && ref.namespace !== application.namespace;
	return isElsewhere ? `${ref.kind}/${ref.namespace}/${ref.name}` : nameOf(ref);
}

function takeOverLines(items: readonly PlanItem[], application: ApplicationStatus, surface: Surface): string[] {
	const takeOvers = items.flatMap(item => (item.takeOver ?? []).map(taken => ({item, ...taken})));
	return listLines(
		'take over',
		'warning',
		takeOvers,
		({item, path, manager}) => `${objectName(item.ref, application)} ${path} from ${manager}`,
		surface,
	);
}

function deletionLines(plan: Plan, surface: Surface, where: string): string[] {
	switch (plan.deletion.type) {
		case 'none':
		case 'allowed':
			return [];
		case 'needs-confirmation': {
			const {token, objects, reason} = plan.deletion;
			const waiting = {application: plan.application, token, deletions: objects, where};
			return [
				`  ${surface.paint('deletions wait for a person', 'bad')}: ${safeText(reason)}`,
				...confirmationLines(waiting, surface).map(line => `  ${line}`),
			];
		}
		case 'refused':
			return [`  ${surface.paint('deletions are refused', 'bad')}: ${safeText(plan.deletion.reason)}`];
	}
}

/** Why there is nothing to do, and what stays although Git does not have it any more. A no-op says so. */
export function nothingToDo(plan: Plan, application: ApplicationStatus, surface: Surface): string[] {
	const objects = `${plan.counts.unchanged} object${plan.counts.unchanged === 1 ? '' : 's'}`;
	return [
		safeText(`${plan.application}: nothing to do, ${objects} already as in Git at ${shortRevision(plan.revision)}`),
		...keptLines(plan, application, surface),
	];
}

function keptLines(plan: Plan, application: ApplicationStatus, surface: Surface): string[] {
	const kept = plan.kept.filter(item => !isWaiting(item));
	return listLines('keep', 'quiet', kept, item => describeBlocked(item, application), surface);
}
