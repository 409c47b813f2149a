import type {LineText} from '../../theme/styles.ts';
import {type PlacedTable, placeTable, tableHeight} from '../../widgets/table/index.ts';
import {type Content, isTable} from '../content/content.ts';

/** One line of the screen in a dialog: a text, or the line of that number of a table, edges counted. */
export type Slot =
	| {readonly type: 'line'; readonly line: LineText}
	| {readonly type: 'table'; readonly table: PlacedTable; readonly line: number};

/** Lines below which a table would show its heads and hardly a row. */
const leastHeight = 8;

export interface Room {
	readonly width: number;
	/** Lines that are on the screen at a time. */
	readonly height: number;
	/** Whether tables can be drawn by now. */
	readonly hasTables: boolean;
}

/** Everything that stands in a dialog, a slot for each line: that is what is scrolled. */
export function slotsOf(contents: readonly Content[], {width, height, hasTables}: Room): Slot[] {
	return contents.flatMap((content): Slot[] => {
		if (!isTable(content)) return [lineSlot(content)];
		const table = hasTables && height >= leastHeight ? placeTable(content.table, width) : null;
		if (table === null) return lineSlots(content.instead);
		return [
			...lineSlots(content.above),
			...Array.from({length: tableHeight(table.lines.length)}, (_, line): Slot => ({type: 'table', table, line})),
		];
	});
}

/** What is drawn as one thing. */
export type Part =
	| {readonly type: 'line'; readonly line: LineText}
	| {readonly type: 'table'; readonly table: PlacedTable; readonly from: number; readonly to: number};

/** The slots that are on the screen; those of one table together. */
export function partsOf(slots: readonly Slot[]): Part[] {
	const parts: Part[] = [];
	for (const slot of slots) {
		const last = parts.at(-1);
		if (slot.type === 'line') parts.push(slot);
		else if (last?.type === 'table' && last.table === slot.table)
			parts[parts.length - 1] = {...last, to: slot.line + 1};
		else parts.push({type: 'table', table: slot.table, from: slot.line, to: slot.line + 1});
	}
	return parts;
}

/** Of a text without tables. */
export function lineSlots(lines: readonly LineText[]): Slot[] {
	return lines.map(lineSlot);
}

function lineSlot(line: LineText): Slot {
	return {type: 'line', line};
}
