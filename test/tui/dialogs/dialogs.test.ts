import {describe, expect, test} from 'vitest';
import {createDialogs} from '../../../source/tui/dialogs/dialogs.ts';
import {
	type FormAction,
	type FormField,
	findMistake,
	initialForm,
	reduceForm,
} from '../../../source/tui/dialogs/form-state.ts';

describe('questions', () => {
	test('come one after the other, and each is answered once', async () => {
		const dialogs = createDialogs();
		const answers: ((value: string | null) => void)[] = [];
		const ask = () =>
			dialogs.open<string>(answer => {
				answers.push(answer);
				return null;
			});
		const first = ask();
		const second = ask();
		expect(dialogs.queue.getState()).toHaveLength(2);
		dialogs.queue.getState()[0]?.render();
		answers[0]?.('one');
		answers[0]?.('two');
		expect(await first).toBe('one');
		expect(dialogs.queue.getState()).toHaveLength(1);
		dialogs.dismissAll();
		expect(await second).toBeNull();
		expect(dialogs.queue.getState()).toEqual([]);
	});
});

describe('a form', () => {
	const fields: readonly FormField[] = [
		{
			type: 'radio',
			id: 'until',
			label: 'until',
			options: [
				{value: '15m', label: '15 min'},
				{value: '1h', label: '1 h'},
			],
			initial: '1h',
		},
		{type: 'checkbox', id: 'also', label: 'also', text: 'stop syncs'},
		{type: 'text', id: 'reason', label: 'reason', check: text => text !== '' || 'say why'},
	];
	const next: FormAction = {type: 'go', by: 1};
	const turn: FormAction = {type: 'turn', by: 1};
	const apply = (...actions: readonly FormAction[]) =>
		actions.reduce((state, action) => reduceForm(fields, state, action), initialForm(fields)).values;

	test.each<[string, readonly FormAction[], Record<string, string>]>([
		['starts as it was told', [], {until: '1h', also: 'no', reason: ''}],
		['turns a radio, around its end', [turn], {until: '15m', also: 'no', reason: ''}],
		['turns a checkbox', [next, turn], {until: '1h', also: 'yes', reason: ''}],
		[
			'types into a text',
			[next, next, {type: 'edit', edit: {type: 'insert', text: 'INC-1'}}, turn],
			{until: '1h', also: 'no', reason: 'INC-1'},
		],
		[
			'does not type into a radio',
			[{type: 'edit', edit: {type: 'insert', text: 'x'}}],
			{until: '1h', also: 'no', reason: ''},
		],
		['goes round', [next, next, next, turn], {until: '15m', also: 'no', reason: ''}],
	])('%s', (_name, actions, expected) => {
		expect(apply(...actions)).toEqual(expected);
	});

	test('the first mistake is found', () => {
		expect(findMistake(fields, {reason: ''})).toEqual({index: 2, why: 'say why'});
		expect(findMistake(fields, {reason: 'x'})).toBeNull();
	});
});
