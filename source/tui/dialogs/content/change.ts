import {formatValue} from '../../../model/change-text.ts';
import type {FileChange} from '../../../model/commit.ts';
import {formatProblem} from '../../../model/errors.ts';
import type {Hold} from '../../../model/hold.ts';
import type {Plan} from '../../../model/plan.ts';
import {isEmptyPlan} from '../../../model/plan-text.ts';
import type {ApplicationEffect, ChangePreview, FieldDiff} from '../../../protocol/messages.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import {planRows} from './plan.ts';
import {type Row, rowLines} from './rows.ts';

export interface ChangeContent {
	readonly preview: ChangePreview;
	/** What the screen knows of an application's holds. */
	readonly holdsOf: (application: string) => readonly Hold[];
	/** Whether a context is marked as production. */
	readonly isProduction: (context: string) => boolean;
	/** Where it is pushed instead of the tracked branch; null: to the tracked one. */
	readonly branch: string | null;
	/** Lines of the verb's own, below those about Git. */
	readonly extra: readonly Row[];
}

/** What Git will say and what the cluster will do, for every application that a change touches. */
export function changeLines(
	{preview, holdsOf, isProduction, branch: wished, extra}: ChangeContent,
	frame: Frame,
): LineText[] {
	const {branch, author, isSigned, effects, untouched} = preview;
	const signed = isSigned ? ', signed' : '';
	const who = `as ${author}${signed}`;
	const push =
		wished === null
			? `to ${branch} ${who}; if it is refused, to a branch of its own`
			: `to ${wished} ${who}, to be merged into ${branch}`;
	const git: Row[] = [
		{label: 'Git', style: 'strong', texts: filesOf(preview.files)},
		...extra,
		{
			label: 'push',
			style: 'strong',
			texts: [push],
		},
	];
	const none =
		effects.length === 0 ? [{label: 'cluster', style: 'quiet', texts: ['no application changes']} as const] : [];
	const rest =
		untouched.length > 0 ? [{label: 'not touched', style: 'quiet', texts: [untouched.join(', ')]} as const] : [];
	return [
		...rowLines(git, frame),
		...effects.flatMap((effect): LineText[] => [
			'',
			...effectLines(effect, holdsOf(effect.application), isProduction, frame),
		]),
		...rowLines([...none, ...rest], frame),
	];
}

const listedFiles = 8;

const marks: Readonly<Record<FileChange['status'], string>> = {added: 'A', modified: 'M', deleted: 'D', renamed: 'R'};

function filesOf(files: readonly FileChange[]): string[] {
	const total = (key: 'additions' | 'deletions') => files.reduce((sum, file) => sum + file[key], 0);
	const count = `${files.length} file${files.length === 1 ? '' : 's'}, +${total('additions')} -${total('deletions')}`;
	const shown = files.slice(0, listedFiles).map(({status, path}) => `${marks[status]} ${path}`);
	const rest = files.length - shown.length;
	return [count, ...shown, ...(rest > 0 ? [`and ${rest} more`] : [])];
}

function effectLines(
	effect: ApplicationEffect,
	holds: readonly Hold[],
	isProduction: (context: string) => boolean,
	frame: Frame,
): LineText[] {
	const {application, context, namespace, plan, objects, problems, isAutomated} = effect;
	const place = `${application} on ${context}${isProduction(context) ? ' (PRODUCTION)' : ''}, namespace ${namespace}: ${countsText(plan)}`;
	const rows: Row[] = isEmptyPlan(plan)
		? []
		: planRows({plan, namespace, holds, warnings: []}, frame.now).filter(
				({count, texts}) => count !== 0 || texts.length > 0,
			);
	// The worker says it with a problem of its own, where it does.
	const isSaid = isAutomated || problems.some(({code}) => code === 'NotAutomated');
	const fields = objects.flatMap(object => object.fields.map(field => `${object.object} ${fieldText(field, frame)}`));
	return [
		...rowLines([{label: 'cluster', style: 'strong', texts: [place]}], frame),
		...rowLines(
			[
				...rows,
				...(fields.length > 0 ? [{label: 'fields', style: 'changed', texts: fields, limit: 12} as const] : []),
				...problems.map((problem): Row => ({label: 'note', style: 'warning', texts: [formatProblem(problem)]})),
				...(isSaid
					? []
					: [{label: 'note', style: 'warning', texts: ['not automated: it stays as it is until s syncs it']} as const]),
			],
			frame,
		),
	];
}

function countsText({counts}: Plan): string {
	const objects = (count: number) => `${count} object${count === 1 ? '' : 's'}`;
	return `${objects(counts.change)} change, ${counts.create} created, ${counts.delete} deleted`;
}

function fieldText({path, live, desired}: FieldDiff, {glyphs}: Frame): string {
	return `${path} ${formatValue(live)} ${glyphs.glyph.arrow} ${formatValue(desired)}`;
}
