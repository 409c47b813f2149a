import {safeText} from '../../../model/text.ts';
import {graphemes} from '../fit/width.ts';

/** One line of text that is being typed. Positions count characters as a reader sees them. */
export interface TextFieldState {
	readonly characters: readonly string[];
	/** Between 0 and the number of characters. */
	readonly cursor: number;
}

export type TextFieldAction =
	| {readonly type: 'insert'; readonly text: string}
	| {readonly type: 'backspace'}
	| {readonly type: 'delete'}
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'home'}
	| {readonly type: 'end'}
	| {readonly type: 'delete-word'}
	| {readonly type: 'delete-before'}
	| {readonly type: 'delete-after'}
	| {readonly type: 'set'; readonly text: string};

/** More than anybody types into one line. */
const longest = 1_000;

export function textFieldOf(text: string): TextFieldState {
	const characters = graphemes(oneLine(text)).slice(0, longest);
	return {characters, cursor: characters.length};
}

export function textOf({characters}: TextFieldState): string {
	return characters.join('');
}

export function reduceTextField(state: TextFieldState, action: TextFieldAction): TextFieldState {
	const {characters, cursor} = state;
	switch (action.type) {
		case 'insert': {
			const inserted = graphemes(oneLine(action.text)).slice(0, longest - characters.length);
			return replace(state, cursor, cursor, inserted);
		}
		case 'backspace':
			return replace(state, Math.max(0, cursor - 1), cursor, []);
		case 'delete':
			return replace(state, cursor, Math.min(characters.length, cursor + 1), []);
		case 'delete-word':
			return replace(state, startOfWord(characters, cursor), cursor, []);
		case 'delete-before':
			return replace(state, 0, cursor, []);
		case 'delete-after':
			return replace(state, cursor, characters.length, []);
		case 'move':
			return {...state, cursor: Math.max(0, Math.min(characters.length, cursor + action.by))};
		case 'home':
			return {...state, cursor: 0};
		case 'end':
			return {...state, cursor: characters.length};
		case 'set':
			return textFieldOf(action.text);
	}
}

/** A paste of several lines becomes one; what cannot be shown is shown as its escape. */
function oneLine(text: string): string {
	return safeText(text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' '));
}

function replace(state: TextFieldState, from: number, to: number, inserted: readonly string[]): TextFieldState {
	const characters = [...state.characters.slice(0, from), ...inserted, ...state.characters.slice(to)];
	return {characters, cursor: from + inserted.length};
}

function startOfWord(characters: readonly string[], cursor: number): number {
	let start = cursor;
	while (start > 0 && characters[start - 1] === ' ') start--;
	while (start > 0 && characters[start - 1] !== ' ') start--;
	return start;
}
