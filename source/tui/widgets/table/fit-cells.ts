import {widestOf} from '../fit/columns.ts';
import {cutText} from '../fit/fit.ts';

export type TableRow = Readonly<Record<string, string>>;

/** A rule and a space on either side of every cell, as ink-table draws it. */
const columnFrame = 3;

/** Cuts the widest columns until a table of these rows is no wider than `width`; never below its heads. */
export function fitCells(
	rows: readonly TableRow[],
	columns: readonly string[],
	width: number,
	ellipsis: string,
): TableRow[] {
	const widths = columns.map(column => widestOf([column, ...rows.map(row => row[column] ?? '')]));
	const room = width - columnFrame * columns.length - 1;
	for (let over = widths.reduce((sum, value) => sum + value, 0) - room; over > 0; over--) {
		const widest = widths.reduce((best, value, index) => (value > widths[best]! ? index : best), 0);
		if (widths[widest]! <= columns[widest]!.length) break;
		widths[widest]!--;
	}
	return rows.map(row =>
		Object.fromEntries(
			columns.map((column, index) => [column, cutText(row[column] ?? '', widths[index]!, 'middle', ellipsis)]),
		),
	);
}
