import {
	reduceTextField,
	type TextFieldAction,
	type TextFieldState,
	textFieldOf,
	textOf,
} from '../widgets/text-field/index.ts';

/** One question of a form. Its answer is a string; of a checkbox `yes` or `no`. */
export type FormField =
	| {
			readonly type: 'radio';
			readonly id: string;
			readonly label: string;
			readonly options: readonly {readonly value: string; readonly label: string}[];
			/** Default: the first. */
			readonly initial?: string;
	  }
	| {
			readonly type: 'checkbox';
			readonly id: string;
			readonly label: string;
			readonly text: string;
			readonly initial?: boolean;
	  }
	| {
			readonly type: 'text';
			readonly id: string;
			readonly label: string;
			readonly initial?: string;
			/** true, or what is wrong with it. */
			readonly check?: (text: string) => true | string;
	  };

export type FormValues = Readonly<Record<string, string>>;

export interface FormState {
	/** Index of the field that keys go to. */
	readonly active: number;
	readonly values: FormValues;
	readonly texts: Readonly<Record<string, TextFieldState>>;
}

export type FormAction =
	| {readonly type: 'go'; readonly by: 1 | -1}
	/** The next option of a radio, the other state of a checkbox. */
	| {readonly type: 'turn'; readonly by: 1 | -1}
	| {readonly type: 'edit'; readonly edit: TextFieldAction};

export function initialForm(fields: readonly FormField[]): FormState {
	const values = Object.fromEntries(fields.map(field => [field.id, initialValue(field)]));
	const texts = Object.fromEntries(
		fields.flatMap(field => (field.type === 'text' ? [[field.id, textFieldOf(field.initial ?? '')]] : [])),
	);
	return {active: 0, values, texts};
}

export function reduceForm(fields: readonly FormField[], state: FormState, action: FormAction): FormState {
	const field = fields[state.active];
	switch (action.type) {
		case 'go':
			return {...state, active: (state.active + action.by + fields.length) % fields.length};
		case 'turn':
			return field ? turn(state, field, action.by) : state;
		case 'edit': {
			if (field?.type !== 'text') return state;
			const text = reduceTextField(state.texts[field.id] ?? textFieldOf(''), action.edit);
			return {
				...state,
				texts: {...state.texts, [field.id]: text},
				values: {...state.values, [field.id]: textOf(text)},
			};
		}
	}
}

/** The first thing that is wrong with the answers; null when nothing is. */
export function findMistake(fields: readonly FormField[], values: FormValues): {index: number; why: string} | null {
	for (const [index, field] of fields.entries()) {
		const answer = field.type === 'text' ? (field.check?.(values[field.id] ?? '') ?? true) : true;
		if (answer !== true) return {index, why: answer};
	}
	return null;
}

function initialValue(field: FormField): string {
	switch (field.type) {
		case 'radio':
			return field.initial ?? field.options[0]?.value ?? '';
		case 'checkbox':
			return field.initial ? 'yes' : 'no';
		case 'text':
			return field.initial ?? '';
	}
}

function turn(state: FormState, field: FormField, by: 1 | -1): FormState {
	const value = state.values[field.id];
	switch (field.type) {
		case 'radio': {
			const index = field.options.findIndex(option => option.value === value) + by;
			const next = field.options[(index + field.options.length) % field.options.length];
			return next ? {...state, values: {...state.values, [field.id]: next.value}} : state;
		}
		case 'checkbox':
			return {...state, values: {...state.values, [field.id]: value === 'yes' ? 'no' : 'yes'}};
		case 'text':
			return state;
	}
}
