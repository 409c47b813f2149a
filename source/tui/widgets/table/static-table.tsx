import {type ComponentType, useEffect} from 'react';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {fitCells, type TableRow} from './fit-cells.ts';
import {type InkTableProps, loadInkTable} from './ink-table.ts';

export interface StaticTableProps {
	/** Few: every row costs as much as ten of a list. */
	readonly rows: readonly TableRow[];
	/** Names of the columns, in order: keys of the rows and their heads. */
	readonly columns: readonly string[];
	/** Columns of the screen that it may take. */
	readonly width: number;
}

const table = createStore<ComponentType<InkTableProps> | null>(null);

/** A small table that does not change, such as a plan in a dialog. Live rows belong into a list. */
export function StaticTable({rows, columns, width}: StaticTableProps) {
	const {glyphs} = useLook();
	const Table = useStore(table, value => value);
	useEffect(() => {
		if (table.getState() === null) void loadInkTable().then(loaded => table.setState(() => loaded));
	}, []);
	if (!Table || rows.length === 0) return null;
	return <Table data={fitCells(rows, columns, width, glyphs.glyph.ellipsis)} columns={columns} />;
}

/** Lines that a table of so many rows takes: a rule around every one. */
export function tableHeight(rows: number): number {
	return rows === 0 ? 0 : 2 * rows + 3;
}
