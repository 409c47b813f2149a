import {describe, expect, test} from 'vitest';
import {scrollTo} from '../../../source/tui/dialogs/box/scroll.ts';
import {partsOf, type Room, slotsOf} from '../../../source/tui/dialogs/box/slots.ts';
import {widthFor} from '../../../source/tui/dialogs/box/widen.ts';
import type {Content, TableContent} from '../../../source/tui/dialogs/content/content.ts';

const table: TableContent = {
	type: 'table',
	table: {columns: [{name: 'NAME'}], rows: Array.from({length: 20}, (_, index) => ({NAME: `object-${index}`}))},
	above: ['above'],
	instead: ['instead'],
};
const contents: readonly Content[] = ['first', table, table, 'last'];
const room: Room = {width: 40, height: 12, hasTables: true};

function parts(from: number, given: Room = room): string[] {
	const scrolled = scrollTo(slotsOf(contents, given), from, given.height);
	return partsOf(scrolled.lines).map(part => (part.type === 'line' ? String(part.line) : `${part.from}-${part.to}`));
}

describe('what stands in a dialog', () => {
	test.each<[string, number, readonly string[]]>([
		['its beginning', 0, ['first', 'above', '0-10']],
		['inside a table', 6, ['4-16']],
		['between two tables', 20, ['18-24', 'above', '0-5']],
		['its end', 99, ['13-24', 'last']],
	])('is scrolled line by line: %s', (_name, from, expected) => expect(parts(from)).toEqual(expected));

	test.each<[string, Partial<Room>]>([
		['it is too narrow', {width: 12}],
		['it is too low', {height: 7}],
		['tables cannot be drawn yet', {hasTables: false}],
	])('is lines where %s', (_name, given) => {
		expect(parts(0, {...room, ...given})).toEqual(['first', 'instead', 'instead', 'last']);
	});
});

test.each([
	[5, 96],
	[100, 104],
	[200, 136],
])('a dialog with a name of %i columns in a table has %i', (length, expected) => {
	const wide = {columns: [{name: 'NAME'}], rows: [{NAME: 'x'.repeat(length)}]};
	expect(widthFor([wide], 96, 136)).toBe(expected);
	expect(widthFor([wide], 76, 76)).toBe(76);
});
