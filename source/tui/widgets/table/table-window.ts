/** Lines above the first row: an edge, the heads, a rule. */
const headLines = 3;

/** Lines that a table of so many lines of rows takes with its edges. */
export function tableHeight(lines: number): number {
	return lines === 0 ? 0 : headLines + lines + 1;
}

/** The part of a table that has to be mounted so that some of its lines can be seen. */
export interface TableWindow {
	/** Lines of rows, from the first up to and without the end. At least one: without it there is no rule below the heads. */
	readonly first: number;
	readonly end: number;
	/** Lines of what is drawn that lie above the room that there is. */
	readonly hidden: number;
}

/**
 * Lines `from` up to `to` of a table with its edges. While a row still fits below them the heads stay at the upper edge;
 * the last rows push them out.
 */
export function tableWindow(lines: number, from: number, to: number): TableWindow {
	const isPinned = from === 0 || to - from > headLines + 1;
	const first = Math.max(0, Math.min(lines - 1, isPinned ? from : from - headLines));
	const end = Math.max(first + 1, Math.min(lines, to - headLines));
	return {first, end, hidden: isPinned ? 0 : from - first};
}
