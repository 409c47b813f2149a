import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import type {Table} from '../../widgets/table/index.ts';

/** A table in a dialog, and what says the same where there is no room for it. */
export interface TableContent {
	readonly type: 'table';
	readonly table: Table;
	/** Stands above it. */
	readonly above: readonly LineText[];
	/** Instead of it and of what is above. */
	readonly instead: readonly LineText[];
}

/** What stands in a dialog: data, drawn by dialogs/box/. */
export type Content = LineText | TableContent;

/** Says what stands in a dialog, for the columns that there are. */
export type Draw = (frame: Frame) => readonly Content[];

export function isTable(content: Content): content is TableContent {
	return typeof content === 'object' && 'type' in content;
}

export function tablesIn(contents: readonly Content[]): Table[] {
	return contents.flatMap(content => (isTable(content) ? [content.table] : []));
}

/** All of it in lines. */
export function linesOnly(contents: readonly Content[]): LineText[] {
	return contents.flatMap(content => (isTable(content) ? content.instead : [content]));
}
