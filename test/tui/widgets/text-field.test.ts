import {expect, test} from 'vitest';
import {glyphSets} from '../../../source/tui/theme/glyphs.ts';
import {
	reduceTextField,
	type TextFieldAction,
	textFieldLine,
	textFieldOf,
	textOf,
} from '../../../source/tui/widgets/text-field/index.ts';

function apply(text: string, ...actions: readonly TextFieldAction[]): string {
	const state = actions.reduce(reduceTextField, textFieldOf(text));
	const {characters, cursor} = state;
	return `${characters.slice(0, cursor).join('')}|${characters.slice(cursor).join('')}`;
}

test.each<[string, string, readonly TextFieldAction[], string]>([
	['typing', 'ab', [{type: 'insert', text: 'c'}], 'abc|'],
	[
		'typing in the middle',
		'ab',
		[
			{type: 'move', by: -1},
			{type: 'insert', text: 'x'},
		],
		'ax|b',
	],
	['backspace', 'ab', [{type: 'backspace'}], 'a|'],
	['backspace at the beginning', 'ab', [{type: 'home'}, {type: 'backspace'}], '|ab'],
	['delete', 'ab', [{type: 'home'}, {type: 'delete'}], '|b'],
	['a character of several code points at once', 'ae\u0301', [{type: 'backspace'}], 'a|'],
	['a word', 'one two ', [{type: 'delete-word'}], 'one |'],
	['everything before', 'abcd', [{type: 'move', by: -1}, {type: 'delete-before'}], '|d'],
	['everything behind', 'abcd', [{type: 'home'}, {type: 'move', by: 1}, {type: 'delete-after'}], 'a|'],
	[
		'not beyond the ends',
		'ab',
		[
			{type: 'move', by: 9},
			{type: 'move', by: -1},
		],
		'a|b',
	],
	['a paste of lines is one line', '', [{type: 'insert', text: 'one\r\n  two\n'}], 'one two |'],
	['a paste of controls is shown', '', [{type: 'insert', text: 'a\u001b[31mb\u202e'}], 'a\\x1b[31mb\\u202e|'],
])('%s', (_name, text, actions, expected) => {
	expect(apply(text, ...actions)).toBe(expected);
});

test('a text longer than its field shows what is around the cursor', () => {
	const show = (state: ReturnType<typeof textFieldOf>) =>
		textFieldLine(state, 5, glyphSets.unicode)
			.map(({text}) => text)
			.join('');
	const long = textFieldOf('abcdefghij');
	expect(show(long)).toBe('ghij█');
	expect(show(reduceTextField(long, {type: 'home'}))).toBe('abcde');
	expect(show(textFieldOf('ab'))).toBe('ab█  ');
	expect(textOf(long)).toBe('abcdefghij');
});
