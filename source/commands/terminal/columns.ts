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
 * surface's width; the others never are, because they are names and states.
 */
export function layOut(rows: readonly (readonly (Cell | string)[])[], surface: Surface, indent = ''): string[] {
	const cells = rows.map(row => row.map(cell => toCell(cell)));
	const widths: number[] = [];
	for (const row of cells) {
		for (const [index, cell] of row.entries()) {
			widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell.text));
		}
	}
	return cells.map(row => {
		let line = indent;
		let used = indent.length;
		for (const [index, cell] of row.entries()) {
			const isLast = index === row.length - 1;
			const text = isLast ? cut(cell.text, surface.columns - used, surface) : cell.text;
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
