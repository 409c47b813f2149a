import type {FrameGlyphs, GlyphSet} from '../../theme/glyphs.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {fitLine, lineWidth, toSpans} from '../fit/line.ts';

/** A horizontal edge of a frame with texts let into it, exactly `width` columns wide. */
export function edgeLine(
	edge: {readonly left: string; readonly right: string; readonly frame: FrameGlyphs; readonly style: StyleName},
	texts: {readonly start?: LineText; readonly end?: LineText},
	width: number,
	glyphs: GlyphSet,
): readonly Span[] {
	const {frame, style} = edge;
	const line = (count: number): Span => ({text: frame.horizontal.repeat(Math.max(0, count)), style});
	const room = width - 2;
	const end = texts.end && lineWidth(texts.end) + 2 <= room - 2 ? padded(texts.end) : [];
	const endWidth = end.length > 0 ? lineWidth(end) + 1 : 0;
	const startRoom = room - endWidth - 1;
	const start = texts.start && startRoom > 4 ? padded(shorten(texts.start, startRoom - 2, glyphs)) : [];
	const middle = room - lineWidth(start) - (endWidth > 0 ? endWidth : 0);
	return [
		{text: edge.left, style},
		...start,
		line(middle),
		...end,
		...(endWidth > 0 ? [line(1)] : []),
		{text: edge.right, style},
	];
}

function padded(line: LineText): readonly Span[] {
	return [{text: ' '}, ...toSpans(line), {text: ' '}];
}

function shorten(line: LineText, width: number, glyphs: GlyphSet): LineText {
	return lineWidth(line) <= width ? line : fitLine(line, width, glyphs.glyph.ellipsis);
}
