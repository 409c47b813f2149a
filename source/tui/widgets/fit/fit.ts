import {headOf, tailOf, widthOf} from './width.ts';

export type Cut = 'end' | 'middle' | 'start';
export type Alignment = 'left' | 'right';

/**
 * A text of at most `columns`, with an ellipsis where something was taken out. Names are cut in the middle: their two
 * ends tell them apart.
 */
export function cutText(text: string, columns: number, cut: Cut, ellipsis: string): string {
	if (columns <= 0) return '';
	if (widthOf(text) <= columns) return text;
	const room = columns - widthOf(ellipsis);
	if (room <= 0) return headOf(ellipsis, columns);
	if (cut === 'end') return `${headOf(text, room)}${ellipsis}`;
	if (cut === 'start') return `${ellipsis}${tailOf(text, room)}`;
	const head = headOf(text, Math.ceil(room / 2));
	return `${head}${ellipsis}${tailOf(text, room - widthOf(head))}`;
}

/** A text of exactly `columns`. */
export function fitText(
	text: string,
	columns: number,
	options: {readonly ellipsis: string; readonly cut?: Cut; readonly align?: Alignment},
): string {
	const shown = cutText(text, columns, options.cut ?? 'end', options.ellipsis);
	const padding = ' '.repeat(Math.max(0, columns - widthOf(shown)));
	return options.align === 'right' ? `${padding}${shown}` : `${shown}${padding}`;
}
