import {formatValue} from '../../../model/change-text.ts';
import {safeBlock, safeText} from '../../../model/text.ts';
import type {FieldDiff, ObjectDiff} from '../../../protocol/messages/diff.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {indentLines, sentenceLines} from './rows.ts';

const actionStyles: Readonly<Record<ObjectDiff['action'], StyleName>> = {
	create: 'added',
	change: 'changed',
	delete: 'removed',
};

/** Objects with their fields, now and after: `spec.replicas 10 → 3  (set by kubectl)`. */
export function objectDiffLines(objects: readonly ObjectDiff[], frame: Frame): LineText[] {
	return objects.flatMap((object, index): LineText[] => [
		...(index > 0 ? [''] : []),
		[
			{text: `${object.action} `, style: actionStyles[object.action]},
			{text: safeText(object.object), style: 'strong'},
			{text: object.namespace ? `  ${safeText(object.namespace)}` : '', style: 'quiet'},
		],
		...object.fields.flatMap(field => fieldLines(field, frame)),
	]);
}

function fieldLines({path, live, desired, manager}: FieldDiff, frame: Frame): LineText[] {
	const who = manager ? `  (set by ${manager})` : '';
	const change = `${formatValue(live)} ${frame.glyphs.glyph.arrow} ${formatValue(desired)}`;
	return indentLines(sentenceLines(`${path} ${change}${who}`, 'plain', {width: frame.width - 2}), 2);
}

/** A unified diff of files, a line each. Cut at the right edge by whoever draws it. */
export function patchLines(diff: string, isTruncated: boolean, {glyphs}: Pick<Frame, 'glyphs'>): LineText[] {
	const lines = safeBlock(diff)
		.replace(/\n$/, '')
		.split('\n')
		.map((line): LineText => [{text: line.replaceAll('\t', '    '), style: patchStyle(line)}]);
	if (!isTruncated) return lines;
	return [...lines, [{text: `${glyphs.glyph.ellipsis} the diff is longer; it is cut here`, style: 'quiet'}]];
}

function patchStyle(line: string): StyleName {
	if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return 'strong';
	if (line.startsWith('@@')) return 'busy';
	return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'plain';
}
