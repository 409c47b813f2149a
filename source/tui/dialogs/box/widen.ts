import {type Table, tableWidth} from '../../widgets/table/index.ts';

/** Columns for a dialog of `width` in which these tables stand: as many as they want, as far as there is room. */
export function widthFor(tables: readonly Table[], width: number, widest: number): number {
	return Math.min(widest, Math.max(width, ...tables.map(tableWidth)));
}
