import {createContext, useContext} from 'react';
import type {GlyphSetName} from '../../theme/glyphs.ts';
import {useLook} from '../../theme/look-context.ts';
import {paint} from '../../theme/paint.ts';
import type {StyleName} from '../../theme/styles.ts';
import {fitText} from '../fit/fit.ts';
import {Text} from '../ink.ts';
import type {PieceProps} from './ink-table.ts';
import type {PlacedTableColumn} from './place-table.ts';

/** Columns of the table around a piece: ink-table tells a piece only which one it is of. */
export const TableColumns = createContext<readonly PlacedTableColumn[]>([]);

/** A cell. ink-table measures strings, which is not what a wide character takes: the width is made here. */
export function Cell({children, column = 0}: PieceProps) {
	const text = children.trim();
	return <Fitted text={text} column={column} style={useColumn(column).styles?.[text]} />;
}

export function Head({children, column = 0}: PieceProps) {
	return <Fitted text={children.trim()} column={column} style="strong" />;
}

function Fitted({text, column, style}: {readonly text: string; readonly column: number; readonly style?: StyleName}) {
	const {theme, glyphs} = useLook();
	const {width} = useColumn(column);
	return <Text>{` ${paint(theme, fitText(text, width, {ellipsis: glyphs.glyph.ellipsis}), style)} `}</Text>;
}

/** ink-table knows one set of lines only. */
const rules: Readonly<Record<GlyphSetName, (piece: string) => string>> = {
	unicode: piece => piece,
	ascii: piece => (piece === '─' ? '-' : piece === '│' ? '|' : '+'),
};

/** A piece of a rule over a column, or where two meet. */
export function Rule({children, column}: PieceProps) {
	const {theme, glyphs} = useLook();
	const columns = useContext(TableColumns);
	const length = column === undefined ? 1 : (columns[column]?.width ?? 0) + 2;
	return <Text>{paint(theme, rules[glyphs.name](children.charAt(0)).repeat(length), 'frame')}</Text>;
}

function useColumn(column: number): PlacedTableColumn {
	return useContext(TableColumns)[column] ?? {name: '', width: 0};
}
