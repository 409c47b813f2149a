import {Box} from '../ink.ts';
import {Cell, Head, Rule, TableColumns} from './pieces.tsx';
import type {PlacedTable} from './place-table.ts';
import {tableWindow} from './table-window.ts';
import {useInkTable} from './use-ink-table.ts';

export interface StaticTableProps {
	readonly table: PlacedTable;
	/** Lines of it that are on the screen, edges counted: from the first up to and without the end. */
	readonly from: number;
	readonly to: number;
}

/** A small table that does not change, such as a plan in a dialog. Live rows belong into a list. */
export function StaticTable({table: {columns, lines}, from, to}: StaticTableProps) {
	const Table = useInkTable();
	if (!Table || lines.length === 0) return null;
	const {first, end, hidden} = tableWindow(lines.length, from, to);
	return (
		<TableColumns value={columns}>
			<Box height={to - from} flexShrink={0} flexDirection="column" overflow="hidden">
				<Box marginTop={-hidden} flexShrink={0} flexDirection="column">
					<Table
						data={lines.slice(first, end)}
						columns={columns.map(({name}) => name)}
						header={Head}
						cell={Cell}
						skeleton={Rule}
					/>
				</Box>
			</Box>
		</TableColumns>
	);
}
