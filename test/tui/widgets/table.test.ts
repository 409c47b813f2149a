import {describe, expect, test} from 'vitest';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {placeTable, type Table, tableHeight, tableWidth} from '../../../source/tui/widgets/table/index.ts';
import {tableWindow} from '../../../source/tui/widgets/table/table-window.ts';

const columns = [{name: 'ACTION'}, {name: 'NAME', least: 8}, {name: 'NAMESPACE', least: 9}, {name: 'WHY', least: 10}];

function table(...rows: readonly (readonly [action: string, name: string, why: string])[]): Table {
	return {columns, rows: rows.map(([ACTION, NAME, WHY]) => ({ACTION, NAME, NAMESPACE: '', WHY}))};
}

function drawn(given: Table, width: number): readonly string[] | null {
	const placed = placeTable(given, width);
	if (placed === null) return null;
	return placed.lines.map(line => placed.columns.map(({name}) => line[name]).join('|'));
}

describe('a table', () => {
	const two = table(['delete', 'a-long-name-of-an-object', 'not in Git any more'], ['change', 'web', 'drifted']);

	test.each<[string, Table, number, readonly string[] | null]>([
		['has room for everything', two, 60, ['delete|a-long-name-of-an-object|not in Git any more', 'change|web|drifted']],
		[
			'goes on in the next line, the widest column first',
			two,
			54,
			['delete|a-long-name-of-an-|not in Git any more', '|object|', 'change|web|drifted'],
		],
		[
			'never breaks a column without a least width',
			two,
			40,
			['delete|a-long-name-|not in Git', '|of-an-object|any more', 'change|web|drifted'],
		],
		['has no room', two, 33, null],
		['has nothing to show', table(), 60, null],
		[
			'has a cell of several lines',
			table(['change', 'web', 'drifted\nspec.replicas 10 → 3']),
			60,
			['change|web|drifted', '||spec.replicas 10 → 3'],
		],
		[
			'measures as the screen does',
			table(['change', '設定設定設定', 'drifted']),
			34,
			['change|設定設定設|drifted', '|定|'],
		],
	])('%s', (_name, given, width, expected) => expect(drawn(given, width)).toEqual(expected));

	test('leaves out a column in which nothing stands', () => {
		expect(placeTable(two, 60)?.columns.map(({name, width}) => [name, width])).toEqual([
			['ACTION', 6],
			['NAME', 24],
			['WHY', 19],
		]);
	});

	test.each([[34], [40], [50], [80]])('is never wider than %i columns', width => {
		const placed = placeTable(two, width)!;
		expect(placed.columns.reduce((sum, column) => sum + column.width + 3, 1)).toBeLessThanOrEqual(width);
		for (const line of placed.lines) {
			for (const column of placed.columns) {
				expect(lineWidth(line[column.name]!)).toBeLessThanOrEqual(column.width);
			}
		}
	});

	test('is as wide as what stands in it, and four lines higher than its rows', () => {
		expect(tableWidth(two)).toBe(59);
		expect(tableHeight(2)).toBe(6);
		expect(tableHeight(0)).toBe(0);
	});
});

/** Lines of a table of five rows as they are on the screen: t, h and r above the first row, f below the last. */
function seen(from: number, to: number): string {
	const {first, end, hidden} = tableWindow(5, from, to);
	return `thr${'01234'.slice(first, end)}f`.slice(hidden, hidden + to - from);
}

test.each([
	['all of it', 0, 9, 'thr01234f'],
	['its beginning', 0, 6, 'thr012'],
	['its edge only', 0, 2, 'th'],
	['its heads only', 0, 3, 'thr'],
	['scrolled by one', 1, 7, 'thr123'],
	['scrolled to its end', 3, 9, 'thr34f'],
	['with room for two rows', 2, 7, 'thr23'],
	['pushed out by what comes after it', 5, 9, '234f'],
	['its last line', 8, 9, 'f'],
	['hardly any room in its middle', 2, 5, 'r01'],
])('of a table that is scrolled one sees: %s', (_name, from, to, expected) => {
	expect(seen(from, to)).toBe(expected);
});
