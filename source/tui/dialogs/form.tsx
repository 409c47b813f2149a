import {useMemo} from 'react';
import {useKeys} from '../input/use-keys.ts';
import {createStore} from '../store/store.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText} from '../theme/styles.ts';
import {Line} from '../widgets/line/index.ts';
import {editOf} from '../widgets/text-field/index.ts';
import {BodyLines, type DialogBody, useBody} from './body.tsx';
import {DialogFrame, useDialogRoom} from './dialog-frame.tsx';
import {dialogLayer} from './dialog-keys.ts';
import type {Dialogs} from './dialogs.ts';
import {formLines} from './form-lines.ts';
import {type FormAction, type FormField, type FormValues, findMistake, initialForm, reduceForm} from './form-state.ts';

export interface FormOptions {
	readonly title: string;
	/** Above the fields. */
	readonly body?: DialogBody;
	readonly fields: readonly FormField[];
	/** What Enter does, for the lower edge: `holds`. */
	readonly verb: string;
	/** A line under the fields that follows the answers: `ends 12:06, then as before`. */
	readonly explain?: (values: FormValues) => LineText;
	readonly isDangerous?: boolean;
}

/** Asks several things at once. Answers by the ids of the fields. */
export function form(dialogs: Dialogs, options: FormOptions): Promise<FormValues | null> {
	return dialogs.open<FormValues>(answer => <FormDialog options={options} answer={answer} />);
}

const nothing: readonly LineText[] = [];

const steps: Readonly<Record<string, FormAction>> = {
	tab: {type: 'go', by: 1},
	down: {type: 'go', by: 1},
	'shift+tab': {type: 'go', by: -1},
	up: {type: 'go', by: -1},
};

/** Only where the field is no text: there these keys are characters and cursor moves. */
const turns: Readonly<Record<string, FormAction>> = {
	left: {type: 'turn', by: -1},
	right: {type: 'turn', by: 1},
	h: {type: 'turn', by: -1},
	l: {type: 'turn', by: 1},
	space: {type: 'turn', by: 1},
};

interface FormDialogProps {
	readonly options: FormOptions;
	readonly answer: (value: FormValues | null) => void;
}

function FormDialog({options, answer}: FormDialogProps) {
	const {title, body = nothing, fields, verb, explain, isDangerous = false} = options;
	const {glyphs} = useLook();
	const room = useDialogRoom();
	const store = useMemo(() => createStore({form: initialForm(fields), complaint: ''}), [fields]);
	const {form: state, complaint} = useStore(store, value => value);
	const below = explain ? 2 : 0;
	const scrolled = useBody(body, {width: room.width - 1, height: room.height - fields.length - below - 1});
	const change = (action: FormAction) =>
		store.setState(value => ({form: reduceForm(fields, value.form, action), complaint: ''}));
	const submit = () => {
		const {values} = store.getState().form;
		const mistake = findMistake(fields, values);
		if (!mistake) answer(values);
		else store.setState(value => ({form: {...value.form, active: mistake.index}, complaint: mistake.why}));
	};
	useKeys(
		key => {
			const field = fields[store.getState().form.active];
			const action = steps[key.chord] ?? (field?.type === 'text' ? undefined : turns[key.chord]);
			const edit = field?.type === 'text' ? editOf(key) : null;
			if (key.chord === 'escape') answer(null);
			else if (key.chord === 'enter') submit();
			else if (action) change(action);
			else if (edit) change({type: 'edit', edit});
			else return scrolled.scroll(key.chord);
			return true;
		},
		{...dialogLayer, onPaste: text => change({type: 'edit', edit: {type: 'insert', text}})},
	);
	const lines = formLines(fields, state, room.width, glyphs);
	const height = scrolled.lines.length + lines.length + below;
	return (
		<DialogFrame
			title={title}
			note={complaint === '' ? `tab goes on, enter ${verb}, esc leaves` : [{text: complaint, style: 'bad'}]}
			height={height}
			isDangerous={isDangerous}
		>
			<BodyLines lines={scrolled.lines} width={room.width} />
			{lines.map((line, index) => (
				<Line key={fields[index]?.id} line={line} width={room.width} />
			))}
			{explain ? <BodyLines lines={['', explain(state.values)]} width={room.width} /> : null}
		</DialogFrame>
	);
}
