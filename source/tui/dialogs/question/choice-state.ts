import type {Frame} from '../../present/frame.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {type Room, type Slot, slotsOf} from '../box/slots.ts';
import {indentLines, sentenceLines} from '../content/rows.ts';
import type {Choice, Option} from '../questions.ts';

export type ChoiceStep =
	| {readonly type: 'move'; readonly index: number}
	| {readonly type: 'answer'; readonly id: string | null};

export function pressChoice({options}: Choice, index: number, chord: string): ChoiceStep {
	const byKey = options.find(({key}) => key === chord);
	if (byKey) return {type: 'answer', id: byKey.id};
	const move = (by: number): ChoiceStep => ({
		type: 'move',
		index: Math.max(0, Math.min(options.length - 1, index + by)),
	});
	switch (chord) {
		case 'escape':
		case 'q':
			return {type: 'answer', id: null};
		case 'enter':
			return {type: 'answer', id: options[index]?.id ?? null};
		case 'down':
		case 'j':
		case 'tab':
			return move(1);
		case 'up':
		case 'k':
		case 'shift+tab':
			return move(-1);
		default:
			return move(0);
	}
}

/**
 * The text above, then an option a line. What stands behind an option is in the table, or below it where there is no room
 * for one. `focus`: the line of the option that the cursor is on.
 */
export function choiceSlots(
	{body, table, options}: Choice,
	index: number,
	frame: Frame,
	room: Room,
): {readonly slots: readonly Slot[]; readonly focus: number} {
	const drawn = table ? slotsOf([{type: 'table', table, above: [], instead: []}], room) : [];
	const hasHints = drawn.length === 0;
	const above = [...slotsOf(body?.(frame) ?? [], room), ...drawn];
	const lines = options.map((option, position) => optionLines(option, position === index, hasHints, frame));
	const before = above.length > 0 ? [...above, ...slotsOf([''], room)] : above;
	return {
		slots: [...before, ...slotsOf(lines.flat(), room)],
		focus: before.length + lines.slice(0, index).flat().length,
	};
}

function optionLines({label, key, hint}: Option, isFocused: boolean, hasHints: boolean, frame: Frame): LineText[] {
	const head: Span[] = [
		{text: isFocused ? frame.glyphs.glyph.selection : ' ', style: 'selectionGlyph'},
		{text: key === undefined ? '  ' : `${key} `, style: 'key'},
		{text: label, style: isFocused ? 'selection' : 'plain'},
	];
	if (hint === undefined || !hasHints) return [head];
	return [head, ...indentLines(sentenceLines(hint, 'quiet', {width: frame.width - 5}), 5)];
}
