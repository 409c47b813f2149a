import type {StyleName} from '../../theme/styles.ts';

/** A small table that does not change while it is looked at. */
export interface Table {
	/** In order. One in which nothing stands is left out. */
	readonly columns: readonly TableColumn[];
	readonly rows: readonly TableRow[];
}

export interface TableColumn {
	/** Its head, and the key of its cells. */
	readonly name: string;
	/** Columns of the screen below which it is of no use. Default: what stands in it is never broken. */
	readonly least?: number;
	/** How cells look, by their text. Never all that a cell says: it has its word. */
	readonly styles?: Readonly<Record<string, StyleName>>;
}

/** Cells by their column. Safe text; a line end begins another line of the same cell. */
export type TableRow = Readonly<Record<string, string>>;
