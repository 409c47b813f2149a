import type {Frame} from '../../present/frame.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {indentLines, sentenceLines} from '../content/rows.ts';
import type {Choice} from '../questions.ts';

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

/** The text above, then an option a line, with what stands behind it below where there is no room beside. */
export function choiceLines(
	{body, options}: Choice,
	index: number,
	frame: Frame,
): {readonly lines: readonly LineText[]; readonly focus: number} {
	const {selection} = frame.glyphs.glyph;
	const lines: LineText[] = body ? [...body(frame), ''] : [];
	let focus = 0;
	for (const [position, {label, key, hint}] of options.entries()) {
		const isFocused = position === index;
		if (isFocused) focus = lines.length;
		const head: Span[] = [
			{text: isFocused ? selection : ' ', style: 'selectionGlyph'},
			{text: key === undefined ? '  ' : `${key} `, style: 'key'},
			{text: label, style: isFocused ? 'selection' : 'plain'},
		];
		lines.push(head);
		if (hint !== undefined) {
			lines.push(...indentLines(sentenceLines(hint, 'quiet', {width: frame.width - 5}), 5));
		}
	}
	return {lines, focus};
}
