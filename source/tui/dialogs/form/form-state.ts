import {
	reduceTextField,
	type TextFieldAction,
	type TextFieldState,
	textFieldOf,
	textOf,
} from '../../widgets/text-field/text-field-state.ts';
import type {Field, Form, FormValues} from './form.ts';

/** A form while it is filled in. */
export interface FormState {
	readonly form: Form;
	/** Of radios and boxes. */
	readonly chosen: FormValues;
	readonly texts: Readonly<Record<string, TextFieldState>>;
	/** Id of the field that keys go to. */
	readonly focus: string;
	/** Why it was not sent; gone with the next change. */
	readonly problem: string | null;
}

export type FormAction =
	| {readonly type: 'next'; readonly by: 1 | -1}
	/** To the next of several, or ticks a box. */
	| {readonly type: 'change'; readonly by: 1 | -1}
	| {readonly type: 'text'; readonly action: TextFieldAction}
	| {readonly type: 'refuse'; readonly problem: string};

export function startForm(form: Form): FormState {
	const chosen: Record<string, string> = {};
	const texts: Record<string, TextFieldState> = {};
	for (const field of form.fields) {
		if (field.type === 'text') texts[field.id] = textFieldOf(field.value);
		else chosen[field.id] = field.type === 'radio' ? field.value : field.isOn ? 'yes' : '';
	}
	return {form, chosen, texts, focus: form.focus, problem: null};
}

/** What is filled in, hidden fields left out. */
export function valuesOf(state: FormState): FormValues {
	const all = allValues(state);
	return Object.fromEntries(shownFields(state).map(({id}) => [id, all[id] ?? '']));
}

export function shownFields(state: FormState): readonly Field[] {
	const values = allValues(state);
	return state.form.fields.filter(({isShown}) => isShown?.(values) ?? true);
}

export function reduceForm(state: FormState, action: FormAction): FormState {
	switch (action.type) {
		case 'next': {
			const fields = shownFields(state);
			const index = fields.findIndex(({id}) => id === state.focus) + action.by;
			return {...state, focus: fields[(index + fields.length) % fields.length]?.id ?? state.focus};
		}
		case 'change':
			return change(state, action.by);
		case 'text': {
			const text = state.texts[state.focus];
			if (!text) return state;
			const texts = {...state.texts, [state.focus]: reduceTextField(text, action.action)};
			return {...state, texts, problem: null};
		}
		case 'refuse':
			return {...state, problem: action.problem};
	}
}

function change(state: FormState, by: 1 | -1): FormState {
	const field = state.form.fields.find(({id}) => id === state.focus);
	if (!field || field.type === 'text') return state;
	const current = state.chosen[field.id] ?? '';
	const next = field.type === 'check' ? (current === 'yes' ? '' : 'yes') : neighbour(field.options, current, by);
	return {...state, chosen: {...state.chosen, [field.id]: next}, problem: null};
}

function neighbour(options: readonly {readonly value: string}[], current: string, by: number): string {
	const index = options.findIndex(({value}) => value === current) + by;
	return options[(index + options.length) % options.length]?.value ?? current;
}

function allValues({chosen, texts}: FormState): FormValues {
	return {...chosen, ...Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, textOf(text)]))};
}
