import {memo} from 'react';
import {useLook} from '../../theme/look-context.ts';
import {paintLine} from '../../theme/paint.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {fitLine} from '../fit/line.ts';
import {Text} from '../ink.ts';

export interface ListRowProps {
	/** Without the selection's own column. */
	readonly line: LineText;
	/** Of the whole row, that column included. */
	readonly width: number;
	readonly isSelected: boolean;
	readonly isFocused: boolean;
	readonly isMarked: boolean;
	/** Something new: drawn in reverse for a moment. */
	readonly isFlashing?: boolean;
}

/** Columns that the selection or the mark take in front of every row. */
export const rowGutter = 1;

/** One row of a list. The selection is a glyph and a bar, never colour alone. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
	const {line, width, isSelected, isFocused, isMarked, isFlashing = false} = props;
	const {theme, glyphs} = useLook();
	const gutter: Span = isSelected
		? {text: glyphs.glyph.selection, style: 'selectionGlyph'}
		: isMarked
			? {text: glyphs.glyph.mark, style: 'mark'}
			: {text: ' '};
	const base: StyleName | undefined = isFlashing ? 'flash' : isSelected && isFocused ? 'selection' : undefined;
	const fitted = fitLine(line, width - rowGutter, glyphs.glyph.ellipsis);
	return <Text wrap="truncate">{`${paintLine(theme, [gutter])}${paintLine(theme, fitted, base)}`}</Text>;
});
