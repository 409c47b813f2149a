import type {KeyPress} from '../../input/key.ts';
import {
	reduceTextField,
	type TextFieldAction,
	type TextFieldState,
	textFieldOf,
	textOf,
} from '../../widgets/text-field/text-field-state.ts';
import {scrolledBy} from '../box/scroll.ts';
import type {Approval, More, Question, QuestionAnswer} from '../questions.ts';

/** A question while it is on the screen. */
export interface QuestionState {
	readonly question: Question;
	/** Of the two buttons; leaving is the first. */
	readonly isYesFocused: boolean;
	readonly typed: TextFieldState;
	/** What was typed was not the word. */
	readonly isWrong: boolean;
	readonly top: number;
}

/** What a key comes to: another state, or the end of the question. null: left. */
export type QuestionStep =
	| {readonly type: 'state'; readonly state: QuestionState}
	| {readonly type: 'answer'; readonly answer: QuestionAnswer | null};

export function startQuestion(question: Question): QuestionState {
	return {question, isYesFocused: false, typed: textFieldOf(''), isWrong: false, top: 0};
}

/** @param height lines of the text that are on the screen */
export function pressKey(
	state: QuestionState,
	key: KeyPress,
	edit: TextFieldAction | null,
	height: number,
): QuestionStep {
	const {question, typed} = state;
	const {approval} = question;
	if (key.chord === 'escape') return {type: 'answer', answer: null};
	const more = question.more.find(each => opensWith(each, key.chord, approval, textOf(typed)));
	if (more) return {type: 'answer', answer: {type: 'more', id: more.id}};
	const top =
		approval.type === 'word' && ['home', 'end'].includes(key.chord) ? null : scrolledBy(key.chord, state.top, height);
	if (top !== null) return {type: 'state', state: {...state, top: Math.max(0, top)}};
	switch (approval.type) {
		case 'none':
			return ['enter', 'q'].includes(key.chord) ? {type: 'answer', answer: null} : {type: 'state', state};
		case 'button':
			return pressButton(state, key.chord);
		case 'word':
			return typeWord(state, approval.word, key, edit);
	}
}

function pressButton(state: QuestionState, chord: string): QuestionStep {
	if (chord === 'enter') return {type: 'answer', answer: state.isYesFocused ? {type: 'approved'} : null};
	const isMove = ['tab', 'shift+tab', 'left', 'right', 'h', 'l'].includes(chord);
	return {type: 'state', state: isMove ? {...state, isYesFocused: !state.isYesFocused} : state};
}

function typeWord(state: QuestionState, word: string, {chord}: KeyPress, edit: TextFieldAction | null): QuestionStep {
	if (chord === 'enter') {
		if (textOf(state.typed).trim() === word) return {type: 'answer', answer: {type: 'approved'}};
		return {type: 'state', state: {...state, isWrong: true}};
	}
	if (!edit) return {type: 'state', state};
	return {type: 'state', state: {...state, typed: reduceTextField(state.typed, edit), isWrong: false}};
}

/** A letter, unless it may be the first one of the word that is asked for; with ctrl in any case. */
function opensWith({key}: More, chord: string, approval: Approval, typed: string): boolean {
	if (chord === `ctrl+${key}`) return true;
	return chord === key && typed === '' && !startsWord(key, approval);
}

function startsWord(key: string, approval: Approval): boolean {
	return approval.type === 'word' && approval.word.startsWith(key);
}

/** How a key of it is written: `d`, or `ctrl-d` where the letter belongs to the word. */
export function keyNameOf({key}: More, approval: Approval): string {
	return startsWord(key, approval) ? `ctrl-${key}` : key;
}
