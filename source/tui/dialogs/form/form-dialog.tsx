import {useMemo} from 'react';
import type {KeyPress} from '../../input/key.ts';
import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {editOf} from '../../widgets/text-field/index.ts';
import {DialogBox, useDialogSize} from '../box/dialog-box.tsx';
import {keyNote} from '../box/key-note.ts';
import {scrollTo} from '../box/scroll.ts';
import {lineSlots} from '../box/slots.ts';
import {dialogLayer} from '../dialog-keys.ts';
import type {Form, FormValues} from './form.ts';
import {formLines} from './form-lines.ts';
import {type FormAction, type FormState, reduceForm, startForm, valuesOf} from './form-state.ts';

export interface FormDialogProps {
	readonly form: Form;
	readonly answer: (values: FormValues | null) => void;
}

/** Asks for several things at once. Enter sends them as soon as nothing is missing, wherever the cursor is. */
export function FormDialog({form, answer}: FormDialogProps) {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const now = useStore(clock.wall, time => time);
	const size = useDialogSize();
	const store = useMemo(() => createStore(startForm(form)), [form]);
	const state = useStore(store, value => value);
	const {lines, focus} = formLines(state, {width: size.width, now, glyphs});
	const scrolled = scrollTo(lineSlots(lines), Math.max(0, focus - size.height + 3), size.height);
	const dispatch = (action: FormAction) => store.setState(current => reduceForm(current, action));
	useKeys(
		key => {
			if (key.chord === 'escape') answer(null);
			else if (key.chord === 'enter') {
				const values = valuesOf(store.getState());
				const problem = form.check(values);
				if (problem === null) answer(values);
				else dispatch({type: 'refuse', problem});
			} else {
				const action = actionOf(store.getState(), key);
				if (action) dispatch(action);
			}
			return true;
		},
		{
			...dialogLayer,
			onPaste: text => dispatch({type: 'text', action: {type: 'insert', text}}),
		},
	);
	return (
		<DialogBox
			title={form.title}
			tone={form.tone}
			width={size.width}
			slots={scrolled.lines}
			note={noteOf(form)}
			position={scrolled.position}
		/>
	);
}

const moves: Readonly<Record<string, FormAction>> = {
	tab: {type: 'next', by: 1},
	down: {type: 'next', by: 1},
	'shift+tab': {type: 'next', by: -1},
	up: {type: 'next', by: -1},
};

const changes: Readonly<Record<string, FormAction>> = {
	left: {type: 'change', by: -1},
	right: {type: 'change', by: 1},
	space: {type: 'change', by: 1},
	h: {type: 'change', by: -1},
	l: {type: 'change', by: 1},
	j: {type: 'next', by: 1},
	k: {type: 'next', by: -1},
};

function actionOf({form, focus}: FormState, key: KeyPress): FormAction | null {
	const move = moves[key.chord];
	if (move) return move;
	const field = form.fields.find(({id}) => id === focus);
	if (field?.type !== 'text') return changes[key.chord] ?? null;
	const action = editOf(key);
	return action && {type: 'text', action};
}

function noteOf({verb}: Form): LineText {
	return keyNote([
		['enter', verb],
		['tab', 'next'],
		['space', 'changes'],
		['esc', 'leaves'],
	]);
}
