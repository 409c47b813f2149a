import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import type {GlyphSet} from '../../theme/glyphs.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {lineWidth} from '../../widgets/fit/line.ts';
import type {Table, TableRow} from '../../widgets/table/index.ts';
import type {PlanEntry, PlanGroup, PlanVerb} from './plan-groups.ts';

/** What changes in an object of a plan, a line each. */
export type FieldsOf = (object: PlanEntry['object']) => readonly string[];

/** What can hurt stands first. */
const order: readonly PlanVerb[] = [
	'delete',
	'overwrites',
	'take over',
	'not deleted',
	'blocked',
	'change',
	'create',
	'hook',
	'left alone',
	'keep',
];

/** Narrower, a namespace that is not the application's own stands in front of the name. */
const columnsForNamespace = 90;

/** A row an object, with what is done to it in a word and a sign. The namespace is said where it is not always the same. */
export function planTable(
	groups: readonly PlanGroup[],
	namespace: string,
	fieldsOf: FieldsOf,
	{width, glyphs}: Pick<Frame, 'width' | 'glyphs'>,
): Table {
	const sorted = inOrder(groups);
	const isNamed = ({object}: PlanEntry) => object.namespace !== '' && object.namespace !== namespace;
	const hasColumn = width >= columnsForNamespace && sorted.some(({entries}) => entries.some(isNamed));
	const styles: Record<string, StyleName> = {};
	const rows = sorted.flatMap(({verb, style, entries}) => {
		const action = `${signOf(verb, glyphs)} ${verb}`;
		styles[action] = style;
		const hasFields = verb === 'change' || verb === 'create' || verb === 'delete';
		return entries.map((entry): TableRow => {
			const {object, note} = entry;
			const prefix = !hasColumn && isNamed(entry) ? `${object.namespace}/` : '';
			const notes = hasFields ? [note, ...fieldsOf(object)] : [note];
			return {
				ACTION: action,
				KIND: safeText(object.kind),
				NAME: safeText(`${prefix}${object.name}`),
				NAMESPACE: hasColumn ? safeText(object.namespace) : '',
				WHY: notes.map(safeText).join('\n'),
			};
		});
	});
	return {
		columns: [
			{name: 'ACTION', styles},
			{name: 'KIND', least: 14},
			{name: 'NAME', least: 16},
			{name: 'NAMESPACE', least: 12},
			{name: 'WHY', least: 20},
		],
		rows,
	};
}

/** `delete 2   change 1   create 0`: how much of everything, what can hurt first. */
export function countLines(groups: readonly PlanGroup[], {width}: Pick<Frame, 'width'>): LineText[] {
	const lines: Span[][] = [];
	for (const {verb, style, entries} of inOrder(groups)) {
		const isNone = entries.length === 0;
		const count: Span[] = [
			{text: `${verb} `, style: isNone ? 'quiet' : style},
			{text: String(entries.length), style: isNone ? 'quiet' : 'strong'},
		];
		const last = lines.at(-1);
		const longer = last && [...last, {text: '   '}, ...count];
		if (longer && lineWidth(longer) <= width) lines[lines.length - 1] = longer;
		else lines.push(count);
	}
	return lines;
}

function inOrder(groups: readonly PlanGroup[]): PlanGroup[] {
	return groups.toSorted((one, other) => order.indexOf(one.verb) - order.indexOf(other.verb));
}

function signOf(verb: PlanVerb, {glyph}: GlyphSet): string {
	const signs: Readonly<Record<PlanVerb, string>> = {
		delete: '-',
		change: '~',
		create: '+',
		overwrites: glyph.warning,
		'take over': glyph.warning,
		'not deleted': glyph.warning,
		blocked: glyph.bad,
		hook: glyph.busy,
		'left alone': glyph.held,
		keep: '=',
	};
	return signs[verb];
}
