import {formatChange, formatManager, formatValue} from '../../../model/change-text.ts';
import type {HeldField} from '../../../model/held-drift.ts';
import {type Hold, printScope} from '../../../model/hold.ts';
import {describeHold, formatEnd} from '../../../model/hold-text.ts';
import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import type {Table} from '../../widgets/table/index.ts';
import type {TableContent} from './content.ts';
import {sentenceLines} from './rows.ts';

/** Something of an application. */
export type Owned<Thing> = Thing & {readonly application: string};

/** What is held, by whom, until when and why. The application is named where there are several. */
export function holdsTable(holds: readonly Owned<{readonly hold: Hold}>[], now: number): Table {
	const isOne = hasOneApplication(holds);
	return {
		columns: [
			{name: 'APPLICATION', least: 12},
			{name: 'WHAT', least: 16},
			{name: 'HELD BY', least: 10},
			{name: 'UNTIL', least: 12},
			{name: 'REASON', least: 12},
		],
		rows: holds.map(({application, hold}) => ({
			APPLICATION: isOne ? '' : safeText(application),
			WHAT: safeText(printScope(hold.scope)),
			'HELD BY': safeText(hold.owner),
			UNTIL: formatEnd(hold, now),
			REASON: safeText(hold.reason),
		})),
	};
}

export function holdsContent(holds: readonly Owned<{readonly hold: Hold}>[], frame: Frame): TableContent {
	const isOne = hasOneApplication(holds);
	return {
		type: 'table',
		table: holdsTable(holds, frame.now),
		above: [],
		instead: holds.flatMap(({application, hold}) =>
			sentenceLines(
				`${isOne ? '' : `${application}: `}${printScope(hold.scope)} ${describeHold(hold, frame.now)}`,
				'held',
				frame,
			),
		),
	};
}

/** What healing puts back, from what to what, and who set it. */
export function putBackContent(fields: readonly Owned<HeldField>[], frame: Frame): TableContent {
	const {glyph} = frame.glyphs;
	const isOne = hasOneApplication(fields);
	return {
		type: 'table',
		table: {
			columns: [
				{name: 'APPLICATION', least: 12},
				{name: 'OBJECT', least: 16},
				{name: 'FIELD', least: 16},
				{name: 'NOW', least: 8},
				{name: 'BACK TO', least: 8},
				{name: 'SET BY', least: 10},
			],
			rows: fields.map(({application, object, field}) => ({
				APPLICATION: isOne ? '' : safeText(application),
				OBJECT: safeText(object),
				FIELD: safeText(field.path),
				...valuesOf(field),
				'SET BY': formatManager(field),
			})),
		},
		above: [[{text: `${glyph.drift} put back by healing`, style: 'drift'}]],
		instead: fields.flatMap(({object, field}) => {
			const change = formatChange({...field, was: field.now, now: field.was}, glyph.arrow);
			return sentenceLines(
				`${glyph.drift} put back: ${object} ${change}, set by ${formatManager(field)}`,
				'drift',
				frame,
			);
		}),
	};
}

/** Where values are not known, what happened stands for them. */
function valuesOf({path, class: kind, was, now}: HeldField['field']): {NOW: string; 'BACK TO': string} {
	if (path === '' || (was === undefined && now === undefined)) return {NOW: kind, 'BACK TO': ''};
	return {NOW: formatValue(now), 'BACK TO': formatValue(was)};
}

function hasOneApplication(owned: readonly {readonly application: string}[]): boolean {
	return new Set(owned.map(({application}) => application)).size <= 1;
}
