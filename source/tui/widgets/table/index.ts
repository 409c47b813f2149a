export {type PlacedTable, placeTable, tableWidth} from './place-table.ts';
export {StaticTable, type StaticTableProps} from './static-table.tsx';
export type {Table, TableColumn, TableRow} from './table.ts';
export {tableHeight} from './table-window.ts';
export {useInkTable} from './use-ink-table.ts';
