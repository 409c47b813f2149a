import type {GlyphSet} from '../../theme/glyphs.ts';
import type {Span} from '../../theme/styles.ts';
import {widthOf} from '../fit/width.ts';
import type {TextFieldState} from './text-field-state.ts';

/**
 * The part of a text around its cursor that fits into `width`, exactly as wide. The cursor is a cell in reverse, or behind
 * the last character a block.
 */
export function textFieldLine(
	state: TextFieldState,
	width: number,
	{glyph}: GlyphSet,
	isActive = true,
): readonly Span[] {
	const {characters, cursor} = state;
	// One column stays for the cursor behind the text.
	let from = cursor;
	let used = widthOf(characters[cursor] ?? ' ');
	while (from > 0 && used + widthOf(characters[from - 1]!) <= width) used += widthOf(characters[--from]!);
	let to = cursor + 1;
	while (to < characters.length && used + widthOf(characters[to]!) <= width) used += widthOf(characters[to++]!);
	const padding = ' '.repeat(Math.max(0, width - used));
	const under = characters[cursor];
	const head = characters.slice(from, cursor).join('');
	const tail = characters.slice(cursor + 1, to).join('');
	if (!isActive) return [{text: `${head}${under ?? ' '}${tail}${padding}`}];
	const block: Span = under === undefined ? {text: glyph.cursor} : {text: under, style: 'selection'};
	return [{text: head}, block, {text: `${tail}${padding}`}];
}
