import {structuredPatch} from 'diff';
import {safeBlock} from '../../model/text.ts';
import type {LineText, Span, StyleName} from '../theme/styles.ts';
import {cutText} from '../widgets/fit/fit.ts';
import {widthOf} from '../widgets/fit/width.ts';
import type {Frame} from './frame.ts';

const contextLines = 3;

/** Two texts, in hunks as `diff -u` makes them. An absent side does not exist. */
export interface TextPair {
	readonly old: string | undefined;
	readonly new: string | undefined;
}

type Side = {readonly type: 'same' | 'removed' | 'added'; readonly text: string; readonly number: number} | null;

interface Hunk {
	readonly title: string;
	readonly rows: readonly {readonly left: Side; readonly right: Side}[];
}

const marks = {same: ' ', removed: '-', added: '+'} as const;
const styles: Readonly<Record<'same' | 'removed' | 'added', StyleName>> = {
	same: 'quiet',
	removed: 'removed',
	added: 'added',
};

/** Old above new. */
export function unifiedLines(pair: TextPair): LineText[] {
	return hunksOf(pair).flatMap(hunk => {
		const lines: LineText[] = [[{text: hunk.title, style: 'busy'}]];
		let added: LineText[] = [];
		for (const {left, right} of hunk.rows) {
			if (left?.type === 'same') {
				lines.push(...added, unifiedLine(left));
				added = [];
				continue;
			}
			if (left) lines.push(unifiedLine(left));
			if (right) added.push(unifiedLine(right));
		}
		return [...lines, ...added];
	});
}

function unifiedLine(side: NonNullable<Side>): LineText {
	return [{text: `${marks[side.type]}${side.text}`, style: styles[side.type]}];
}

/** Old on the left, new on the right, with their line numbers. */
export function sideBySideLines(pair: TextPair, {width, glyphs}: Pick<Frame, 'width' | 'glyphs'>): LineText[] {
	const half = Math.floor((width - 3) / 2);
	return hunksOf(pair).flatMap(hunk => [
		[{text: hunk.title, style: 'busy'} as const],
		...hunk.rows.map(({left, right}) => [
			...sideSpans(left, half, glyphs),
			{text: ` ${glyphs.glyph.treeLine} `, style: 'frame'} as const,
			...sideSpans(right, half, glyphs),
		]),
	]);
}

function sideSpans(side: Side, columns: number, glyphs: Frame['glyphs']): Span[] {
	if (!side) return [{text: ' '.repeat(columns)}];
	const number = String(side.number).padStart(4);
	const text = cutText(`${marks[side.type]} ${side.text}`, columns - 5, 'end', glyphs.glyph.ellipsis);
	return [
		{text: `${number} `, style: 'quiet'},
		{text: text + ' '.repeat(Math.max(0, columns - 5 - widthOf(text))), style: styles[side.type]},
	];
}

function hunksOf(pair: TextPair): Hunk[] {
	const patch = structuredPatch('', '', normalise(pair.old), normalise(pair.new), undefined, undefined, {
		context: contextLines,
	});
	return patch.hunks.map(hunk => ({
		title: `@@ line ${hunk.newLines === 0 ? hunk.oldStart : hunk.newStart} @@`,
		rows: pairRows(hunk.lines, hunk.oldStart, hunk.newStart),
	}));
}

/** Removed lines stand beside the added ones that came in their place. */
function pairRows(lines: readonly string[], oldStart: number, newStart: number): {left: Side; right: Side}[] {
	const rows: {left: Side; right: Side}[] = [];
	let removed: Side[] = [];
	let added: Side[] = [];
	let oldNumber = oldStart;
	let newNumber = newStart;
	const flush = () => {
		for (let index = 0; index < Math.max(removed.length, added.length); index++) {
			rows.push({left: removed[index] ?? null, right: added[index] ?? null});
		}
		removed = [];
		added = [];
	};
	for (const line of lines) {
		const text = line.slice(1).replaceAll('\t', '  ');
		if (line.startsWith('-')) removed.push({type: 'removed', text, number: oldNumber++});
		else if (line.startsWith('+')) added.push({type: 'added', text, number: newNumber++});
		else if (line.startsWith(' ')) {
			flush();
			rows.push({left: {type: 'same', text, number: oldNumber++}, right: {type: 'same', text, number: newNumber++}});
		}
	}
	flush();
	return rows;
}

function normalise(text: string | undefined): string {
	if (text === undefined || text === '') return '';
	const safe = safeBlock(text);
	return safe.endsWith('\n') ? safe : `${safe}\n`;
}

/** A unified diff that somebody else made (git), line by line. */
export function foreignPatchLines(diff: string): LineText[] {
	return safeBlock(diff)
		.replace(/\n$/, '')
		.split('\n')
		.map(line => [{text: line.replaceAll('\t', '  '), style: foreignStyle(line)}]);
}

function foreignStyle(line: string): StyleName {
	if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')) return 'strong';
	if (line.startsWith('@@')) return 'busy';
	if (line.startsWith('+')) return 'added';
	return line.startsWith('-') ? 'removed' : 'plain';
}
