import {formatDuration} from '../../../model/ages.ts';
import {formatManager, shortenChange} from '../../../model/change-text.ts';
import type {DriftAction} from '../../../model/drift.ts';
import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import {formatTimeOfDay} from '../../store/ages.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {type Column, layOutRow, placeColumns} from '../../widgets/fit/columns.ts';
import {cutText} from '../../widgets/fit/fit.ts';
import {fitLine} from '../../widgets/fit/line.ts';
import {widthOf} from '../../widgets/fit/width.ts';
import type {ShownDrift} from './drifts.ts';

/** From here on everything about a drift stands in one line. */
const columnsForOneLine = 110;

const columns: readonly Column[] = [
	{id: 'mark', minimum: 1, priority: 10},
	{id: 'time', minimum: 8, priority: 5},
	{id: 'application', minimum: 10, maximum: 24, grow: 1, priority: 6, cut: 'middle'},
	{id: 'object', minimum: 20, maximum: 44, grow: 2, priority: 8, cut: 'middle'},
	{id: 'change', minimum: 28, grow: 4, priority: 9, cut: 'start'},
	{id: 'manager', minimum: 14, maximum: 28, grow: 1, priority: 7},
	{id: 'action', minimum: 14, maximum: 28, grow: 1, priority: 7},
];

const actionStyles: Readonly<Record<DriftAction, StyleName>> = {
	healed: 'good',
	healing: 'busy',
	reported: 'warning',
	asked: 'warning',
	ignored: 'quiet',
	contested: 'bad',
	'backing-off': 'busy',
	held: 'held',
	failed: 'bad',
};

/** Columns that are kept for who and for what was done, however long the change is. */
const leastManager = 14;
const leastAction = 15;

/** Lines that one drift takes at this width. */
export function driftRowHeight(width: number): 1 | 2 {
	return width >= columnsForOneLine ? 1 : 2;
}

/** One drift: when, whose, which object; the field, was and now, who, and what was done. As many lines as said above. */
export function driftRow(drift: ShownDrift, isNew: boolean, frame: Frame): readonly LineText[] {
	const {width, glyphs} = frame;
	const {glyph} = glyphs;
	const mark: Span = {
		text: isNew ? glyph.live : drift.standing === 'open' ? glyph.drift : ' ',
		style: isNew ? 'mark' : 'drift',
	};
	const manager = managersText(drift);
	const action = actionText(drift);
	const style = actionStyles[drift.action];
	if (driftRowHeight(width) === 1) {
		const placed = placeColumns(columns, width);
		const room = placed.find(({id}) => id === 'change')?.width ?? 0;
		const cells = {
			mark,
			time: {text: formatTimeOfDay(drift.time), style: 'quiet'},
			application: {text: safeText(drift.application), style: 'strong'},
			object: safeText(drift.object),
			change: {text: changeText(drift, room, frame), style: 'drift'},
			manager,
			action: {text: action, style},
		} as const;
		return [layOutRow(placed, cells, glyph.ellipsis)];
	}
	const head = [
		mark,
		{text: ` ${formatTimeOfDay(drift.time)} `, style: 'quiet'},
		{text: safeText(drift.application), style: 'strong'},
		{text: `  ${safeText(drift.object)}`},
	] as const;
	return [fitLine(head, width, glyph.ellipsis), secondLine(drift, {manager, action, style}, frame)];
}

/** What changed comes before who, and who before what was done; the change is cut at its beginning, where it tells least. */
function secondLine(
	drift: ShownDrift,
	parts: {readonly manager: string; readonly action: string; readonly style: StyleName},
	frame: Frame,
): LineText {
	const {width} = frame;
	const {ellipsis} = frame.glyphs.glyph;
	const room = width - 6;
	const keptForAction = Math.min(widthOf(parts.action), leastAction);
	const keptForManager = Math.min(widthOf(parts.manager), leastManager);
	const changeRoom = Math.max(8, room - keptForManager - keptForAction);
	const change = cutText(changeText(drift, changeRoom, frame), changeRoom, 'start', ellipsis);
	const manager = cutText(parts.manager, Math.max(4, room - widthOf(change) - keptForAction), 'end', ellipsis);
	return fitLine(
		[
			{text: `  ${change}  `, style: 'drift'},
			{text: `${manager}  `, style: 'plain'},
			{text: parts.action, style: parts.style},
		],
		width,
		ellipsis,
	);
}

function changeText({fields, type}: ShownDrift, room: number, {glyphs}: Frame): string {
	const [first, ...others] = fields;
	if (!first) return type;
	const more = others.length === 0 ? '' : ` (+${others.length} more)`;
	const {arrow, ellipsis} = glyphs.glyph;
	const fits = (text: string): boolean => widthOf(text) + widthOf(more) <= room;
	return `${shortenChange(first, ` ${arrow} `, {fits, ellipsis})}${more}`;
}

/** Who, as far as the cluster says; each once. */
function managersText({fields}: ShownDrift): string {
	const managers = [...new Set(fields.map(formatManager))];
	return managers.length === 0 ? 'unknown' : managers.join(', ');
}

/** What was done about it, and where nothing was, why; what ended without us (adopted, put back by hand) is over. */
export function actionText(drift: ShownDrift): string {
	const text = decisionText(drift);
	const isDone = drift.action === 'healed' || drift.action === 'healing' || drift.action === 'ignored';
	return drift.standing === 'over' && !isDone ? `${text}, over now` : text;
}

function decisionText({action, duration, reason}: ShownDrift): string {
	switch (action) {
		case 'healed':
			return duration === undefined ? 'healed' : `healed in ${formatDuration(duration)}`;
		case 'reported':
			return `not healed${reason ? `: ${safeText(reason)}` : ''}`;
		case 'asked':
			return 'waits for you';
		case 'backing-off':
			return reason ? safeText(reason) : 'backing off';
		default:
			return action;
	}
}
