import {describe, expect, test} from 'vitest';
import {type HoldQuestion, holdForm} from '../../../source/tui/acts/hold/form.ts';
import {formLines} from '../../../source/tui/dialogs/form/form-lines.ts';
import {
	type FormAction,
	type FormState,
	reduceForm,
	startForm,
	valuesOf,
} from '../../../source/tui/dialogs/form/form-state.ts';
import {now} from '../../commands/fixtures.ts';
import {frameOf, textOf} from '../frame.ts';

const question: HoldQuestion = {
	target: 'checkout',
	where: 'eu-prod',
	isProduction: false,
	isRedButton: false,
	object: {kind: 'Deployment', name: 'checkout'},
	fields: ['spec.replicas'],
	words: [],
	now,
};

function reduced(state: FormState, ...actions: readonly FormAction[]): FormState {
	return actions.reduce(reduceForm, state);
}

const next: FormAction = {type: 'next', by: 1};
const change: FormAction = {type: 'change', by: 1};
const type = (text: string): FormAction => ({type: 'text', action: {type: 'insert', text}});

describe('the hold form', () => {
	const drawn = (width: number) => textOf(formLines(startForm(holdForm(question)), frameOf(width)).lines);

	test('at 120 columns', () =>
		expect(drawn(120)).toMatchInlineSnapshot(`
		[
		  "what    (•) the whole application  ( ) Deployment/checkout  ( ) spec.replicas of it",
		  "until   ( ) 15 min  (•) 1 h  ( ) 4 h  ( ) other  ( ) no end",
		  "also    [ ] stop automatic syncs of new commits",
		  "reason  █INC-2231 scaling by hand while we look",
		  "",
		  "ends 12:04Z, then everything is as before",
		]
	`));
	test('at 80 columns', () =>
		expect(drawn(76)).toMatchInlineSnapshot(`
		[
		  "what    (•) the whole application",
		  "        ( ) Deployment/checkout",
		  "        ( ) spec.replicas of it",
		  "until   ( ) 15 min  (•) 1 h  ( ) 4 h  ( ) other  ( ) no end",
		  "also    [ ] stop automatic syncs of new commits",
		  "reason  █INC-2231 scaling by hand while we look",
		  "",
		  "ends 12:04Z, then everything is as before",
		]
	`));
	test('at 60 columns', () =>
		expect(drawn(56)).toMatchInlineSnapshot(`
		[
		  "what    (•) the whole application",
		  "        ( ) Deployment/checkout",
		  "        ( ) spec.replicas of it",
		  "until   ( ) 15 min",
		  "        (•) 1 h",
		  "        ( ) 4 h",
		  "        ( ) other",
		  "        ( ) no end",
		  "also    [ ] stop automatic syncs of new commits",
		  "reason  █INC-2231 scaling by hand while we look",
		  "",
		  "ends 12:04Z, then everything is as before",
		]
	`));

	test('asks for a duration of its own only when another one is wanted', () => {
		const state = startForm(holdForm(question));
		const other = reduced({...state, focus: 'until'}, change, change);
		expect(valuesOf(state).other).toBe(undefined);
		expect(valuesOf(other)).toMatchObject({until: 'other', other: ''});
	});

	test('asks for the word where there is no end, and says why it is not sent', () => {
		const form = holdForm(question);
		const state = reduced({...startForm(form), focus: 'until'}, {type: 'change', by: -1}, {type: 'change', by: -1});
		expect(valuesOf(state)).toMatchObject({until: 'none', word: ''});
		expect(form.check(valuesOf(state))).toBe('a hold without an end needs a reason: who finds it must know why');
	});

	test('does not stop automatic syncs of a part', () => {
		const state = reduced({...startForm(holdForm(question)), focus: 'what'}, change);
		expect(valuesOf(state).sync).toBe(undefined);
	});

	test('types where the cursor is, and goes round', () => {
		const state = reduced(startForm(holdForm(question)), type('INC-1'), next, change, next, change);
		expect(valuesOf(state)).toMatchObject({reason: 'INC-1', what: '1', until: '4h'});
	});
});
