import {safeText} from '../../../model/text.ts';
import type {ClusterEvent} from '../../../protocol/messages/inspect.ts';
import type {Frame} from '../../present/frame.ts';
import {formatAge} from '../../store/ages.ts';
import type {LineText} from '../../theme/styles.ts';
import {type Column, layOutRow, placeColumns} from '../../widgets/fit/columns.ts';

const columns: readonly Column[] = [
	{id: 'type', minimum: 1, priority: 10},
	{id: 'age', minimum: 4, priority: 8, align: 'right'},
	{id: 'count', minimum: 5, priority: 4, align: 'right'},
	{id: 'reason', minimum: 12, maximum: 24, grow: 1, priority: 9},
	{id: 'object', minimum: 18, maximum: 44, grow: 2, priority: 7, cut: 'middle'},
	{id: 'message', minimum: 20, grow: 6, priority: 9},
];

/** One Kubernetes Event: how long ago, how often, why, about what, in its own words. */
export function eventRow(event: ClusterEvent, {width, now, glyphs}: Frame): LineText {
	const isWarning = event.type === 'Warning';
	const cells = {
		type: {text: isWarning ? glyphs.glyph.warning : glyphs.glyph.separator, style: isWarning ? 'warning' : 'quiet'},
		age: {text: formatAge(now - event.lastSeen), style: 'quiet'},
		count: {text: event.count > 1 ? `${event.count}x` : '', style: 'quiet'},
		reason: {text: safeText(event.reason), style: isWarning ? 'warning' : 'plain'},
		object: safeText(event.object),
		message: safeText(event.message),
	} as const;
	return layOutRow(placeColumns(columns, width), cells, glyphs.glyph.ellipsis);
}

/** Equal events of one object are one event with a count: this names it. */
export function eventKey({object, reason, firstSeen, message}: ClusterEvent): string {
	return `${object} ${reason} ${firstSeen} ${message}`;
}
