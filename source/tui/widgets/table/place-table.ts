import {widestOf} from '../fit/columns.ts';
import {wrapText} from '../fit/wrap.ts';
import type {Table, TableColumn, TableRow} from './table.ts';

export interface PlacedTableColumn extends TableColumn {
	/** Of a cell's text, in columns of the screen. */
	readonly width: number;
}

/** A table as it stands on the screen: a row is as many lines as its highest cell. */
export interface PlacedTable {
	readonly columns: readonly PlacedTableColumn[];
	readonly lines: readonly TableRow[];
}

/** A rule and a space on either side of every cell. */
const cellFrame = 3;

/**
 * Makes a table no wider than `width`: its widest columns give way first, and what they cannot show in one line goes on in
 * the next. Nothing is left out: what is deleted has to be readable to its last character. null: there is no room for it.
 * Widths come from all rows, so that nothing moves sideways when it is scrolled.
 */
export function placeTable(table: Table, width: number): PlacedTable | null {
	const {rows} = table;
	const used = usedColumns(table);
	const widths = fitWidths(
		used.map(column => measure(column, rows)),
		width - cellFrame * used.length - 1,
	);
	if (widths === null || used.length === 0) return null;
	const placed = used.map((column, index) => ({...column, width: widths[index]!}));
	return {columns: placed, lines: rows.flatMap(row => linesOf(row, placed))};
}

/** Columns that a table takes where nothing has to give way. */
export function tableWidth(table: Table): number {
	return usedColumns(table).reduce((sum, column) => sum + measure(column, table.rows).natural + cellFrame, 1);
}

function usedColumns({columns, rows}: Table): TableColumn[] {
	return columns.filter(({name}) => rows.some(row => row[name]));
}

interface Measure {
	readonly natural: number;
	readonly least: number;
}

function measure({name, least}: TableColumn, rows: readonly TableRow[]): Measure {
	const natural = widestOf([name, ...rows.flatMap(row => (row[name] ?? '').split('\n'))]);
	return {natural, least: Math.min(natural, Math.max(name.length, least ?? natural))};
}

function fitWidths(measures: readonly Measure[], room: number): number[] | null {
	const widths = measures.map(({natural}) => natural);
	for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
		const giving = measures.flatMap(({least}, index) => (widths[index]! > least ? [index] : []));
		if (giving.length === 0) return null;
		const widest = giving.reduce((best, index) => (widths[index]! > widths[best]! ? index : best));
		widths[widest]!--;
	}
	return widths;
}

function linesOf(row: TableRow, columns: readonly PlacedTableColumn[]): TableRow[] {
	const cells = columns.map(({name, width}) => wrapText(row[name] ?? '', width));
	const height = Math.max(...cells.map(lines => lines.length));
	return Array.from({length: height}, (_, line) =>
		Object.fromEntries(columns.map(({name}, index) => [name, cells[index]![line] ?? ''])),
	);
}
