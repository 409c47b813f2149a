import type {Span, StyleName} from '../../theme/styles.ts';
import {type Alignment, type Cut, fitText} from './fit.ts';
import {widthOf} from './width.ts';

/** One column of a list. Widths are in terminal columns. */
export interface Column {
	readonly id: string;
	/** The column is not drawn narrower than this; it is dropped before. */
	readonly minimum: number;
	/** It never grows beyond this. Default: as wide as there is room. */
	readonly maximum?: number;
	/** Share of the room that is left. Default 0: it stays at its minimum. */
	readonly grow?: number;
	/** Dropped first where it is lowest. Columns of the same priority go together, the last one first. */
	readonly priority: number;
	readonly align?: Alignment;
	readonly cut?: Cut;
}

/** A column that is drawn, with its width. */
export interface PlacedColumn extends Column {
	readonly width: number;
}

export interface CellText {
	readonly text: string;
	readonly style?: StyleName;
}

const gap = 2;

/**
 * Chooses the columns that fit into `width` and how wide they are: the least important ones go first, what is left over
 * goes to those that grow. The column of the highest priority stays whatever happens.
 */
export function placeColumns(columns: readonly Column[], width: number): PlacedColumn[] {
	const kept = [...columns];
	while (kept.length > 1 && minimumWidth(kept) > width) {
		const lowest = Math.min(...kept.map(column => column.priority));
		kept.splice(
			kept.findLastIndex(column => column.priority === lowest),
			1,
		);
	}
	const widths = kept.map(column => Math.min(column.minimum, width));
	let left = width - minimumWidth(kept);
	// Several rounds: what a full column cannot take goes to the others.
	while (left > 0) {
		const growing = kept.flatMap((column, index) => (roomOf(column, widths[index]!) > 0 ? [index] : []));
		if (growing.length === 0) break;
		const shares = growing.reduce((sum, index) => sum + (kept[index]!.grow ?? 0), 0);
		const budget = left;
		for (const index of growing) {
			const share = Math.max(1, Math.floor((budget * (kept[index]!.grow ?? 0)) / shares));
			const taken = Math.min(share, left, roomOf(kept[index]!, widths[index]!));
			widths[index] = widths[index]! + taken;
			left -= taken;
		}
	}
	return kept.map((column, index) => ({...column, width: widths[index]!}));
}

/** One row: every cell fitted into its column, two spaces between. */
export function layOutRow(
	columns: readonly PlacedColumn[],
	cells: Readonly<Record<string, CellText | string>>,
	ellipsis: string,
): Span[] {
	return columns.flatMap((column, index) => {
		const cell = cells[column.id] ?? '';
		const {text, style} = typeof cell === 'string' ? {text: cell, style: undefined} : cell;
		const span: Span = {text: fitText(text, column.width, {ellipsis, cut: column.cut, align: column.align}), style};
		return index === 0 ? [span] : [{text: ' '.repeat(gap)}, span];
	});
}

/** Widest text of a column's cells, for columns that should be no wider than what stands in them. */
export function widestOf(texts: Iterable<string>): number {
	let widest = 0;
	for (const text of texts) widest = Math.max(widest, widthOf(text));
	return widest;
}

function minimumWidth(columns: readonly Column[]): number {
	return columns.reduce((sum, column) => sum + column.minimum, gap * (columns.length - 1));
}

function roomOf(column: Column, width: number): number {
	if (!column.grow) return 0;
	return (column.maximum ?? Number.POSITIVE_INFINITY) - width;
}
