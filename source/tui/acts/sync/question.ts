import {shortRevision} from '../../../model/ages.ts';
import {formatProblem} from '../../../model/errors.ts';
import type {WorkerStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import type {Content} from '../../dialogs/content/content.ts';
import {describePlace} from '../../dialogs/content/place.ts';
import {planContents} from '../../dialogs/content/plan.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {More, Question} from '../../dialogs/questions.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import {type Guard, productionAmong} from '../access.ts';
import {approvalOf, readOnlyNote} from '../approval.ts';
import type {Planned, Prepared} from './prepare.ts';
import type {SyncWish} from './wish.ts';

export interface SyncQuestion {
	readonly prepared: readonly Prepared[];
	readonly wish: SyncWish;
	/** Why it is asked again: Git moved meanwhile. */
	readonly note: string | null;
	readonly guard: Guard;
	readonly worker: WorkerStatus | null;
	readonly now: number;
}

/** The plan is the question: where, what, how much; and there is only something to say yes to where something is done. */
export function syncQuestion(input: SyncQuestion): Question {
	const {prepared, wish, guard, worker, now} = input;
	const planned = plannedOf(prepared);
	const contexts = prepared.map(({application}) => application.context);
	const deletions = planned.reduce((sum, {plan}) => sum + plan.counts.delete, 0);
	const access = {guard, worker, now};
	const approval = approvalOf({contexts, deletions, label: 'Sync', word: null}, access);
	const isAsked = planned.length > 0 && !wish.isDryRun;
	return {
		title: titleOf(prepared, worker),
		tone: productionAmong(contexts, worker).length > 0 || deletions > 0 ? 'danger' : 'plain',
		approval: isAsked ? approval : {type: 'none'},
		more: moreOf(prepared, wish),
		body: frame => [
			...(input.note === null ? [] : [...sentenceLines(input.note, 'warning', frame), '']),
			...prepared.flatMap((item, index) => [
				...(index > 0 ? [''] : []),
				...preparedContents(item, prepared.length, frame),
			]),
			...lastLines(isAsked ? readOnlyNote(contexts, access) : null, wish, frame),
		],
	};
}

export function plannedOf(prepared: readonly Prepared[]): Planned[] {
	return prepared.filter((item): item is Planned => item.type === 'planned');
}

function titleOf(prepared: readonly Prepared[], worker: WorkerStatus | null): string {
	const [first] = prepared;
	if (!first) return 'Sync';
	if (prepared.length > 1) {
		const contexts = [...new Set(prepared.map(({application}) => application.context))];
		const production = productionAmong(contexts, worker);
		const names = contexts.map(context => (production.includes(context) ? `${context} (PRODUCTION)` : context));
		return safeText(`Sync ${prepared.length} applications on ${names.join(', ')}`);
	}
	return `Sync ${safeText(first.application.name)} to ${revisionOf(first)} on ${placeOf(first, worker)}`;
}

function placeOf({application}: Prepared, worker: WorkerStatus | null): string {
	const isProduction = productionAmong([application.context], worker).length > 0;
	return describePlace({...application, isProduction});
}

function revisionOf({application, plan}: Prepared): string {
	return safeText(shortRevision(plan?.revision ?? application.revision));
}

/** Keys that change the plan, where there is something to change. */
function moreOf(prepared: readonly Prepared[], {overrideHold, tokens}: SyncWish): More[] {
	const waiting = prepared.reduce(
		(sum, {application, plan}) =>
			plan?.deletion.type === 'needs-confirmation' && !tokens[application.name]
				? sum + plan.deletion.objects.length
				: sum,
		0,
	);
	const isHeld = prepared.some(item => item.type === 'failed' && item.problem.code === 'Held');
	return [
		{id: 'diff', key: 'd', title: 'see the diff'},
		...(waiting > 0 ? [{id: 'deletions', key: 'x', title: `delete the ${waiting} too`}] : []),
		...(isHeld && !overrideHold ? [{id: 'hold', key: 'v', title: 'overwrite what is held'}] : []),
		{id: 'options', key: 'o', title: 'options'},
	];
}

function preparedContents(item: Prepared, of: number, frame: Frame): Content[] {
	const {application, plan} = item;
	const name = safeText(application.name);
	const head: LineText[] =
		of > 1
			? [[{text: `${name} to ${revisionOf(item)}, namespace ${safeText(application.namespace)}`, style: 'strong'}]]
			: [];
	const warnings = item.type === 'failed' ? [] : item.warnings;
	const content = plan && {plan, namespace: application.namespace, holds: application.holds, warnings};
	// A no-op says in a sentence that there is nothing to change, create or delete.
	const hasCounts = item.type !== 'nothing-to-do';
	const contents = content ? planContents(content, frame, {hasCounts}) : [];
	switch (item.type) {
		case 'planned':
			return [...head, ...contents];
		case 'nothing-to-do':
			return [...head, ...sentenceLines(nothingToDo(item), 'good', frame), ...contents];
		case 'failed': {
			const why = formatProblem(item.problem);
			const sentence = why.startsWith(`${application.name} `) ? why : `${application.name}: ${why}`;
			return [...head, ...sentenceLines(sentence, item.problem.code === 'Held' ? 'held' : 'bad', frame), ...contents];
		}
	}
}

/** A no-op says so, and why. */
function nothingToDo({application, plan}: Planned): string {
	const objects = `${plan.counts.unchanged} object${plan.counts.unchanged === 1 ? '' : 's'}`;
	const held = plan.held.length > 0 ? '; what is held is left alone' : '';
	return `${application.name}: nothing to do, ${objects} already as in Git at ${shortRevision(plan.revision)}${held}`;
}

function lastLines(note: string | null, {isDryRun, only}: SyncWish, frame: Frame): LineText[] {
	return [
		...(only.length > 0 ? ['', ...sentenceLines(`only ${only.join(', ')}; no hooks run`, 'warning', frame)] : []),
		...(note === null ? [] : ['', ...sentenceLines(note, 'readOnly', frame)]),
		...(isDryRun ? ['', ...sentenceLines('dry run: nothing will be written', 'readOnly', frame)] : []),
	];
}
