import stringWidth from 'string-width';
import {safeText} from '../../model/text.ts';
import type {Surface, Tone} from './surface.ts';

/** One cell; text from outside is made safe here, whatever it went through before. */
export interface Cell {
	readonly text: string;
	readonly tone?: Tone;
}

const gap = '   ';

/**
 * Lays rows out in columns as kubectl does: three spaces between, nothing after the last. The last column is cut at the
 * surface's width, and where that leaves it no room those that may be (`flexible`, by index) are too; the others never
 * are, because they are names and states.
 */
export function layOut(
	rows: readonly (readonly (Cell | string)[])[],
	surface: Surface,
	indent = '',
	flexible: readonly number[] = [],
): string[] {
	const cells = rows.map(row => row.map(cell => toCell(cell)));
	const widths: number[] = [];
	for (const row of cells) {
		for (const [index, cell] of row.entries()) {
			widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell.text));
		}
	}
	shrink(widths, flexible, surface.columns - indent.length);
	return cells.map(row => {
		let line = indent;
		let used = indent.length;
		for (const [index, cell] of row.entries()) {
			const isLast = index === row.length - 1;
			const room = isLast
				? surface.columns - used
				: flexible.includes(index)
					? widths[index]!
					: Number.POSITIVE_INFINITY;
			const text = cut(cell.text, room, surface);
			line += surface.paint(text, cell.tone ?? 'plain');
			if (isLast) continue;
			const padding = ' '.repeat(widths[index]! - stringWidth(text));
			const space = index === 0 && widths[0] === 1 ? ' ' : gap;
			line += padding + space;
			used += widths[index]! + space.length;
		}
		return line.trimEnd();
	});
}

/** Columns that the last one keeps where others can be cut instead. */
const lastColumns = 20;
const narrowest = 10;

/** Takes columns from the widest of the flexible ones until the last one has room, or nothing can be taken any more. */
function shrink(widths: number[], flexible: readonly number[], columns: number): void {
	const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, 0);
	let excess = before + Math.min(widths.at(-1) ?? 0, lastColumns) - columns;
	while (excess > 0) {
		const widest = flexible.reduce(
			(best, index) => ((widths[index] ?? 0) > (widths[best] ?? 0) ? index : best),
			flexible[0] ?? -1,
		);
		const width = widths[widest];
		if (width === undefined || width <= narrowest) return;
		widths[widest] = width - 1;
		excess--;
	}
}

function toCell(cell: Cell | string): Cell {
	return typeof cell === 'string' ? {text: safeText(cell)} : {...cell, text: safeText(cell.text)};
}

/** Cuts at a column, between characters as a reader sees them; says so with an ellipsis. */
export function cut(text: string, columns: number, surface: Surface): string {
	if (columns === Number.POSITIVE_INFINITY || stringWidth(text) <= columns) return text;
	const ellipsis = surface.glyph('ellipsis');
	const room = columns - stringWidth(ellipsis);
	let kept = '';
	let width = 0;
	for (const {segment} of new Intl.Segmenter().segment(text)) {
		width += stringWidth(segment);
		if (width > room) break;
		kept += segment;
	}
	// Too narrow for anything useful: rather a line too long than a message that says nothing.
	return room < 8 ? text : `${kept.trimEnd()}${ellipsis}`;
}
