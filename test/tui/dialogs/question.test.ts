import {describe, expect, test} from 'vitest';
import type {Slot} from '../../../source/tui/dialogs/box/slots.ts';
import {choiceSlots, pressChoice} from '../../../source/tui/dialogs/question/choice-state.ts';
import {approvalLines, questionNote} from '../../../source/tui/dialogs/question/question-lines.ts';
import {pressKey, type QuestionState, startQuestion} from '../../../source/tui/dialogs/question/question-state.ts';
import type {Approval, Choice, Question} from '../../../source/tui/dialogs/questions.ts';
import type {KeyPress} from '../../../source/tui/input/key.ts';
import type {Table} from '../../../source/tui/widgets/table/index.ts';
import {editOf} from '../../../source/tui/widgets/text-field/index.ts';
import {frameOf, textOf} from '../frame.ts';

const diff = {id: 'diff', key: 'd', title: 'see the diff'};

function question(approval: Approval): Question {
	return {title: 'Sync', tone: 'plain', body: () => [], approval, more: [diff]};
}

function press(state: QuestionState, chord: string, text = chord.length === 1 ? chord : '') {
	const key: KeyPress = {type: 'key', chord, text};
	return pressKey(state, key, editOf(key), 5);
}

function typed(approval: Approval, letters: string): QuestionState {
	let state = startQuestion(question(approval));
	for (const letter of letters) {
		const step = press(state, letter);
		if (step.type !== 'state') throw new Error(`${letter} answered`);
		state = step.state;
	}
	return state;
}

const button: Approval = {type: 'button', label: 'Sync'};
const word = (text: string): Approval => ({type: 'word', word: text, purpose: 'to sync'});

describe('a question', () => {
	test.each<[string, Approval, string]>([
		['enter on the button to leave', button, 'enter'],
		['escape', button, 'escape'],
		['enter where nothing can be approved', {type: 'none'}, 'enter'],
		['q where nothing can be approved', {type: 'none'}, 'q'],
		['escape out of a word', word('eu-prod'), 'escape'],
	])('is left by %s', (_name, approval, chord) => {
		expect(press(startQuestion(question(approval)), chord)).toEqual({type: 'answer', answer: null});
	});

	test('is approved by the button only after going there', () => {
		const step = press(startQuestion(question(button)), 'tab');
		expect(step.type === 'state' && press(step.state, 'enter')).toEqual({type: 'answer', answer: {type: 'approved'}});
		const back = step.type === 'state' && press(step.state, 'tab');
		expect(back && back.type === 'state' && press(back.state, 'enter')).toEqual({type: 'answer', answer: null});
	});

	test('is approved by the word and nothing but the word', () => {
		expect(press(typed(word('eu-prod'), 'eu-prod'), 'enter')).toMatchObject({answer: {type: 'approved'}});
		const wrong = press(typed(word('eu-prod'), 'eu-pro'), 'enter');
		expect(wrong).toMatchObject({type: 'state', state: {isWrong: true}});
		expect(wrong.type === 'state' && textOf(approvalLines(wrong.state, frameOf(80)))).toEqual([
			'',
			'Type eu-prod to sync, esc to leave: eu-pro█',
			'that is not eu-prod; nothing was done',
		]);
	});

	test.each<[string, Approval, string, string]>([
		['its letter', button, '', 'd'],
		['its letter before a word is begun', word('eu-prod'), '', 'd'],
		['ctrl and its letter, where the word begins with it', word('delete 2'), '', 'ctrl+d'],
		['ctrl and its letter inside a word', word('eu-prod'), 'eu-', 'ctrl+d'],
	])('shows more by %s', (_name, approval, letters, chord) => {
		expect(press(typed(approval, letters), chord)).toEqual({type: 'answer', answer: {type: 'more', id: 'diff'}});
	});

	test('takes a letter of the word as a letter', () => {
		expect(press(startQuestion(question(word('delete 2'))), 'd').type).toBe('state');
		expect(press(typed(word('eu-prod'), 'eu-pro'), 'd').type).toBe('state');
	});

	test('says what keys do', () => {
		expect(textOf([questionNote(startQuestion(question(button)))])).toEqual([
			'tab changes  d see the diff  esc leaves',
		]);
		expect(textOf([questionNote(startQuestion(question(word('delete 2'))))])).toEqual([
			'ctrl-d see the diff  esc leaves',
		]);
	});

	test('asks for a long word below, where there is no room beside', () => {
		const state = typed(word('eu-prod-1 eu-prod-2 delete 12'), 'eu');
		expect(textOf(approvalLines(state, frameOf(56)))).toEqual([
			'',
			'Type eu-prod-1 eu-prod-2 delete 12 to sync, esc to',
			'leave:',
			'eu█',
		]);
	});
});

describe('a choice', () => {
	const choice = {
		title: 'Copy',
		options: [
			{id: 'one', key: 'n', label: 'name'},
			{id: 'two', label: 'sha', hint: 'a hint that is longer than the line that it stands in'},
		],
	};

	test.each([
		['n', 0, {type: 'answer', id: 'one'}],
		['enter', 1, {type: 'answer', id: 'two'}],
		['escape', 0, {type: 'answer', id: null}],
		['j', 0, {type: 'move', index: 1}],
		['j', 1, {type: 'move', index: 1}],
		['k', 0, {type: 'move', index: 0}],
		['x', 1, {type: 'move', index: 1}],
	] as const)('%s on the option %i', (chord, index, expected) => {
		expect(pressChoice(choice, index, chord)).toEqual(expected);
	});

	const line = (slot: Slot) => (slot.type === 'line' ? textOf([slot.line])[0] : `table ${slot.line}`);
	const drawn = (given: Choice, hasTables: boolean) =>
		choiceSlots(given, 1, frameOf(34), {width: 34, height: 20, hasTables});

	test('has hints below', () => {
		const {slots, focus} = drawn(choice, true);
		expect(slots.map(line)).toEqual([
			' n name',
			'▌  sha',
			'     a hint that is longer than',
			'     the line that it stands in',
		]);
		expect(focus).toBe(1);
	});

	test('has a table above instead, where it can be drawn', () => {
		const table: Table = {columns: [{name: 'WHAT'}], rows: [{WHAT: 'name'}]};
		const {slots, focus} = drawn({...choice, table}, true);
		expect(slots.map(line)).toEqual(['table 0', 'table 1', 'table 2', 'table 3', 'table 4', '', ' n name', '▌  sha']);
		expect(focus).toBe(7);
		expect(drawn({...choice, table}, false)).toEqual(drawn(choice, false));
	});
});
