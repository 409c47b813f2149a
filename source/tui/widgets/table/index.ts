export type {TableRow} from './fit-cells.ts';
export {StaticTable, type StaticTableProps, tableHeight} from './static-table.tsx';
