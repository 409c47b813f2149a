import {describe, expect, test} from 'vitest';
import {
	emptyList,
	type ListAction,
	type ListState,
	reduceList,
	windowOf,
} from '../../../source/tui/store/list-state.ts';

const letters = [...'abcdefghij'];

function apply(...actions: readonly ListAction[]): ListState {
	return actions.reduce(reduceList, emptyList);
}

const ten: readonly ListAction[] = [
	{type: 'height', height: 4},
	{type: 'rows', keys: letters},
];

describe('movement', () => {
	test.each<[string, readonly ListAction[], string, [number, number]]>([
		['nothing: the first row', [], 'a', [0, 4]],
		['down', [{type: 'move', by: 1}], 'b', [0, 4]],
		['down past the window', Array(5).fill({type: 'move', by: 1}), 'f', [2, 6]],
		['up at the top', [{type: 'move', by: -1}], 'a', [0, 4]],
		['last', [{type: 'last'}], 'j', [6, 10]],
		['last and up', [{type: 'last'}, {type: 'move', by: -1}], 'i', [6, 10]],
		['last and first', [{type: 'last'}, {type: 'first'}], 'a', [0, 4]],
		['a page down', [{type: 'page', by: 1}], 'd', [0, 4]],
		[
			'two pages down',
			[
				{type: 'page', by: 1},
				{type: 'page', by: 1},
			],
			'g',
			[3, 7],
		],
		['a page up from the end', [{type: 'last'}, {type: 'page', by: -1}], 'g', [6, 10]],
		['half a page', [{type: 'half-page', by: 1}], 'c', [0, 4]],
		['the next match from the end', [{type: 'last'}, {type: 'match', by: 1}], 'a', [0, 4]],
		['the match before the first', [{type: 'match', by: -1}], 'j', [6, 10]],
		['a row by its key', [{type: 'select', key: 'h'}], 'h', [4, 8]],
		['a key that is not there', [{type: 'select', key: 'z'}], 'a', [0, 4]],
	])('%s', (_name, actions, selected, [from, to]) => {
		const state = apply(...ten, ...actions);
		expect(state.selected).toBe(selected);
		expect(windowOf(state)).toEqual({from, to});
	});
});

describe('rows that change', () => {
	test.each<[string, readonly ListAction[], readonly string[], string | null, number]>([
		['the selection stays on its row', [{type: 'select', key: 'c'}], ['x', 'c', 'a'], 'c', 1],
		['a row that went away leaves its place', [{type: 'select', key: 'b'}], ['a', 'c', 'd'], 'c', 1],
		['the last one that went away', [{type: 'last'}], ['a', 'b'], 'b', 1],
		['all go away', [{type: 'select', key: 'b'}], [], null, 0],
		['untouched, the first row stays selected', [], ['x', 'a', 'b'], 'x', 0],
		['pinned, the row stays selected', [{type: 'pin'}], ['x', 'a', 'b'], 'a', 1],
		['the first row again after g', [{type: 'last'}, {type: 'first'}], ['x', 'a'], 'x', 0],
	])('%s', (_name, actions, keys, selected, index) => {
		const state = apply(...ten, ...actions, {type: 'rows', keys});
		expect([state.selected, state.index]).toEqual([selected, index]);
	});

	test('the selected row keeps its line on the screen when rows come above it', () => {
		const before = apply(...ten, {type: 'select', key: 'h'});
		const state = reduceList(before, {type: 'rows', keys: ['x', 'y', ...letters]});
		expect(state.index - state.top).toBe(before.index - before.top);
	});

	test('the same rows are no change', () => {
		const state = apply(...ten);
		expect(reduceList(state, {type: 'rows', keys: letters})).toBe(state);
	});

	test('no empty lines below the last row when the window grows', () => {
		const state = apply(...ten, {type: 'last'}, {type: 'height', height: 8});
		expect(windowOf(state)).toEqual({from: 2, to: 10});
	});

	test('the selected row stays in sight when the window shrinks', () => {
		const state = apply(...ten, {type: 'select', key: 'd'}, {type: 'height', height: 2});
		expect(windowOf(state)).toEqual({from: 2, to: 4});
	});
});

describe('marks', () => {
	test('mark a row and go on, unmark it again', () => {
		const state = apply(...ten, {type: 'mark'}, {type: 'mark'}, {type: 'first'}, {type: 'mark'});
		expect([[...state.marks], state.selected]).toEqual([['b'], 'b']);
	});

	test('go with their rows', () => {
		const state = apply(...ten, {type: 'mark'}, {type: 'mark'}, {type: 'rows', keys: ['b', 'c']});
		expect([...state.marks]).toEqual(['b']);
	});
});

test('orders go round, and reversing is of one order', () => {
	const state = apply({type: 'sorts', names: ['worst', 'name']}, {type: 'reverse-sort'}, {type: 'next-sort'});
	expect([state.sort, state.isReversed]).toEqual([1, false]);
	expect(reduceList(state, {type: 'next-sort'}).sort).toBe(0);
});
