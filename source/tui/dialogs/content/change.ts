import {formatValue} from '../../../model/change-text.ts';
import type {FileChange} from '../../../model/commit.ts';
import {formatProblem} from '../../../model/errors.ts';
import type {Hold} from '../../../model/hold.ts';
import {nameOf} from '../../../model/object.ts';
import type {Plan} from '../../../model/plan.ts';
import {isEmptyPlan} from '../../../model/plan-text.ts';
import type {ApplicationEffect, ChangePreview} from '../../../protocol/messages/change.ts';
import type {FieldDiff, ObjectDiff} from '../../../protocol/messages/diff.ts';
import type {Frame} from '../../present/frame.ts';
import type {Content, Draw} from './content.ts';
import {planContents} from './plan.ts';
import type {FieldsOf} from './plan-table.ts';
import {type Row, rowLines} from './rows.ts';

export interface ChangeContent {
	readonly preview: ChangePreview;
	/** What the screen knows of an application's holds. */
	readonly holdsOf: (application: string) => readonly Hold[];
	/** Whether a context is marked as production. */
	readonly isProduction: (context: string) => boolean;
	/** Where it is pushed instead of the tracked branch; null: to the tracked one. */
	readonly branch: string | null;
	/** The verb's own, below what is said about Git. */
	readonly extra: Draw;
}

/** What Git will say and what the cluster will do, for every application that a change touches. */
export function changeContents(
	{preview, holdsOf, isProduction, branch: wished, extra}: ChangeContent,
	frame: Frame,
): Content[] {
	const {branch, author, isSigned, effects, untouched} = preview;
	const signed = isSigned ? ', signed' : '';
	const who = `as ${author}${signed}`;
	const push =
		wished === null
			? `to ${branch} ${who}; if it is refused, to a branch of its own`
			: `to ${wished} ${who}, to be merged into ${branch}`;
	const none =
		effects.length === 0 ? [{label: 'cluster', style: 'quiet', texts: ['no application changes']} as const] : [];
	const rest =
		untouched.length > 0 ? [{label: 'not touched', style: 'quiet', texts: [untouched.join(', ')]} as const] : [];
	return [
		...rowLines([{label: 'Git', style: 'strong', texts: filesOf(preview.files)}], frame),
		...extra(frame),
		...rowLines([{label: 'push', style: 'strong', texts: [push]}], frame),
		...effects.flatMap((effect): Content[] => [
			'',
			...effectContents(effect, holdsOf(effect.application), isProduction, frame),
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

function effectContents(
	effect: ApplicationEffect,
	holds: readonly Hold[],
	isProduction: (context: string) => boolean,
	frame: Frame,
): Content[] {
	const {application, context, namespace, plan, objects, problems, isAutomated} = effect;
	const place = `${application} on ${context}${isProduction(context) ? ' (PRODUCTION)' : ''}, namespace ${namespace}: ${countsText(plan)}`;
	const texts = objects.flatMap(object => object.fields.map(field => `${object.object} ${fieldText(field, frame)}`));
	const fields: Row[] = texts.length > 0 ? [{label: 'fields', style: 'changed', texts, limit: listedFields}] : [];
	const isBeside = frame.width >= columnsForFields && !isEmptyPlan(plan);
	const contents = planContents({plan, namespace, holds, warnings: []}, frame, {
		hasCounts: false,
		...(isBeside && {fieldsOf: fieldsIn(objects, frame), fields}),
	});
	// The worker says it with a problem of its own, where it does.
	const isSaid = isAutomated || problems.some(({code}) => code === 'NotAutomated');
	const notes = [
		...problems.map(formatProblem),
		...(isSaid ? [] : ['not automated: it stays as it is until s syncs it']),
	];
	return [
		...rowLines([{label: 'cluster', style: 'strong', texts: [place]}], frame),
		...(isEmptyPlan(plan) ? [] : contents),
		...(isBeside ? [] : rowLines(fields, frame)),
		...rowLines(
			notes.map(note => ({label: 'note', style: 'warning', texts: [note]})),
			frame,
		),
	];
}

/** Fields that are listed of a plan or, beside it, of each object. */
const listedFields = 12;

/** Narrower, fields stand below the table of their objects: paths and images are long. */
const columnsForFields = 90;

/** What changes in the objects of a plan, by object. */
function fieldsIn(objects: readonly ObjectDiff[], frame: Frame): FieldsOf {
	const texts = new Map(
		objects.map(({group, namespace, object, fields}) => [
			`${group}/${namespace}/${object}`,
			fields.map(field => fieldText(field, frame)),
		]),
	);
	return ref => {
		const all = texts.get(`${ref.group}/${ref.namespace}/${nameOf(ref)}`) ?? [];
		const rest = all.length - listedFields;
		// One more than the limit is named rather than counted.
		return rest > 1 ? [...all.slice(0, listedFields), `${frame.glyphs.glyph.ellipsis} and ${rest} more`] : all;
	};
}

function countsText({counts}: Plan): string {
	const objects = (count: number) => `${count} object${count === 1 ? '' : 's'}`;
	return `${objects(counts.change)} change, ${counts.create} created, ${counts.delete} deleted`;
}

function fieldText({path, live, desired}: FieldDiff, {glyphs}: Frame): string {
	return `${path} ${formatValue(live)} ${glyphs.glyph.arrow} ${formatValue(desired)}`;
}
