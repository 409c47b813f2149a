import {shortRevision} from '../../../model/ages.ts';
import {formatValue} from '../../../model/change-text.ts';
import {formatProblem} from '../../../model/errors.ts';
import {safeText} from '../../../model/text.ts';
import type {DiffAnswer, FieldDiff, ObjectDiff} from '../../../protocol/messages/diff.ts';
import type {Frame} from '../../present/frame.ts';
import {sideBySideLines, unifiedLines} from '../../present/patch-lines.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';

/** From here on old and new stand beside each other. */
const columnsForTwoSides = 120;

const actions: Readonly<Record<ObjectDiff['action'], {readonly words: string; readonly style: StyleName}>> = {
	create: {words: 'would be created', style: 'added'},
	change: {words: 'would change', style: 'changed'},
	delete: {words: 'would be deleted', style: 'removed'},
};

/** What a sync would change: a summary, then object by object the fields with who set the live value, then the YAML. */
export function diffLines(answer: DiffAnswer, frame: Frame, only?: string): LineText[] {
	const objects = only === undefined ? answer.objects : answer.objects.filter(({object}) => object === only);
	const problems = answer.problems.map<LineText>(problem => [
		{text: `${frame.glyphs.glyph.bad} ${safeText(formatProblem(problem))}`, style: 'bad'},
	]);
	if (objects.length === 0) return [...problems, [{text: nothingText(answer, only), style: 'good'}]];
	return [summaryLine(objects, answer), ...problems, ...objects.flatMap(object => ['', ...objectLines(object, frame)])];
}

function nothingText({revision, problems}: DiffAnswer, only: string | undefined): string {
	const reservation = problems.length > 0 ? ' in what could be compared' : '';
	return `${only ? safeText(only) : 'The cluster'} is as Git says at ${shortRevision(revision)}${reservation}: a sync has nothing to do`;
}

function summaryLine(objects: readonly ObjectDiff[], {revision}: DiffAnswer): LineText {
	const count = (action: ObjectDiff['action']) => objects.filter(object => object.action === action).length;
	return [
		{text: `cluster against Git ${shortRevision(revision)}: `, style: 'strong'},
		`${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete`,
	];
}

function objectLines(object: ObjectDiff, frame: Frame): LineText[] {
	const {words, style} = actions[object.action];
	const place = object.namespace ? ` in ${safeText(object.namespace)}` : '';
	const isTwoSided = frame.width >= columnsForTwoSides && object.action === 'change';
	const pair = {old: object.live, new: object.desired};
	return [
		[
			{text: safeText(object.object), style: 'strong'},
			{text: `${place} ${words}`, style},
			...(isTwoSided ? [{text: '   left: cluster, right: Git', style: 'quiet'} as const] : []),
		],
		...object.fields.map(field => fieldLine(field, frame)),
		...(isTwoSided ? sideBySideLines(pair, frame) : unifiedLines(pair)),
	];
}

function fieldLine({path, live, desired, manager}: FieldDiff, {glyphs}: Frame): LineText {
	return [
		{text: `  ${safeText(path)}  `, style: 'changed'},
		{text: formatValue(live), style: 'removed'},
		{text: ` ${glyphs.glyph.arrow} `},
		{text: formatValue(desired), style: 'added'},
		...(manager ? [{text: `   set by ${safeText(manager)}`, style: 'warning'} as const] : []),
	];
}
