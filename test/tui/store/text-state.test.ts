import {expect, test} from 'vitest';
import {
	describePosition,
	emptyLog,
	emptyText,
	reduceText,
	type TextAction,
	type TextState,
} from '../../../source/tui/store/text-state.ts';

const opening: readonly TextAction[] = [
	{type: 'height', height: 10},
	{type: 'lines', length: 100, matches: [5, 40, 95]},
];

function apply(initial: TextState, ...actions: readonly TextAction[]): TextState {
	return [...opening, ...actions].reduce(reduceText, initial);
}

test.each<[string, readonly TextAction[], number]>([
	['opens at its beginning', [], 0],
	['a line down', [{type: 'move', by: 1}], 1],
	['a page down keeps one line', [{type: 'page', by: 1}], 9],
	['not above the first line', [{type: 'move', by: -3}], 0],
	['to the end', [{type: 'last'}], 90],
	['not beyond the end', [{type: 'last'}, {type: 'page', by: 1}], 90],
	['to the next match', [{type: 'match', by: 1}], 5],
	[
		'to the one after',
		[
			{type: 'match', by: 1},
			{type: 'match', by: 1},
		],
		40,
	],
	['to the one before, around the beginning', [{type: 'match', by: -1}], 90],
	['shorter than the window', [{type: 'lines', length: 3, matches: []}, {type: 'last'}], 0],
])('a text: %s', (_name, actions, top) => {
	expect(apply(emptyText, ...actions).top).toBe(top);
});

test.each<[string, readonly TextAction[], number]>([
	['opens at its end', [], 90],
	['follows it', [{type: 'lines', length: 120, matches: []}], 110],
	[
		'not after somebody scrolled up',
		[
			{type: 'move', by: -1},
			{type: 'lines', length: 120, matches: []},
		],
		89,
	],
	['again from its end', [{type: 'move', by: -1}, {type: 'last'}, {type: 'lines', length: 120, matches: []}], 110],
])('a log: %s', (_name, actions, top) => {
	expect(apply(emptyLog, ...actions).top).toBe(top);
});

test('says which lines are shown', () => {
	expect(describePosition(apply(emptyText))).toBe('1-10/100');
	expect(describePosition(emptyText)).toBe('');
});
