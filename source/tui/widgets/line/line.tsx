import {memo} from 'react';
import {useLook} from '../../theme/look-context.ts';
import {paintLine} from '../../theme/paint.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {fitLine} from '../fit/line.ts';
import {Text} from '../ink.ts';

export interface LineProps {
	readonly line: LineText;
	/** Columns; the line takes exactly as many. */
	readonly width: number;
	/** One style for all of it. */
	readonly base?: StyleName;
}

/** One line of the screen, cut and filled to its width: one node, whatever is in it. */
export const Line = memo(function Line({line, width, base}: LineProps) {
	const {theme, glyphs} = useLook();
	if (width <= 0) return null;
	return <Text wrap="truncate">{paintLine(theme, fitLine(line, width, glyphs.glyph.ellipsis), base)}</Text>;
});
