import {useMemo} from 'react';
import {useKeys} from '../input/use-keys.ts';
import {emptyList, type ListAction, reduceList, windowOf} from '../store/list-state.ts';
import {createStore} from '../store/store.ts';
import {useStore} from '../store/use-store.ts';
import type {Span} from '../theme/styles.ts';
import {ListRow} from '../widgets/list/index.ts';
import {DialogFrame, useDialogRoom} from './dialog-frame.tsx';
import {dialogLayer} from './dialog-keys.ts';
import type {Dialogs} from './dialogs.ts';

export interface Choice<Value> {
	readonly value: Value;
	readonly label: string;
	readonly hint?: string;
	/** Why it cannot be chosen now. */
	readonly disabled?: string;
}

export interface ChooseOptions<Value> {
	readonly title: string;
	/** At least one; choose nothing dangerous as the first. */
	readonly choices: readonly Choice<Value>[];
}

/** Asks for one of several. */
export function choose<Value>(dialogs: Dialogs, options: ChooseOptions<Value>): Promise<Value | null> {
	return dialogs.open<Value>(answer => <ChooseDialog options={options} answer={answer} />);
}

const moves: Readonly<Record<string, ListAction>> = {
	up: {type: 'move', by: -1},
	k: {type: 'move', by: -1},
	down: {type: 'move', by: 1},
	j: {type: 'move', by: 1},
	pageup: {type: 'page', by: -1},
	pagedown: {type: 'page', by: 1},
	g: {type: 'first'},
	home: {type: 'first'},
	G: {type: 'last'},
	end: {type: 'last'},
};

interface ChooseDialogProps<Value> {
	readonly options: ChooseOptions<Value>;
	readonly answer: (value: Value | null) => void;
}

function ChooseDialog<Value>({options, answer}: ChooseDialogProps<Value>) {
	const {title, choices} = options;
	const room = useDialogRoom();
	const height = Math.min(room.height, choices.length);
	const store = useMemo(
		() => createStore(reduceList(emptyList, {type: 'rows', keys: choices.map((_, index) => String(index))})),
		[choices],
	);
	const stored = useStore(store, value => value);
	const state = reduceList(stored, {type: 'height', height});
	useKeys(({chord}) => {
		const move = moves[chord];
		if (chord === 'escape') answer(null);
		else if (move) store.setState(value => reduceList(reduceList(value, {type: 'height', height}), move));
		else if (chord === 'enter') {
			const choice = choices[store.getState().index];
			if (choice && choice.disabled === undefined) answer(choice.value);
		} else return false;
		return true;
	}, dialogLayer);
	const {from, to} = windowOf(state);
	const disabled = choices[state.index]?.disabled;
	return (
		<DialogFrame
			title={title}
			note={disabled === undefined ? 'enter chooses, esc leaves' : `not now: ${disabled}`}
			height={height}
			position={choices.length > height ? `${state.index + 1}/${choices.length}` : ''}
		>
			{choices.slice(from, to).map((choice, index) => (
				<ListRow
					key={choice.label}
					line={choiceLine(choice)}
					width={room.width}
					isSelected={from + index === state.index}
					isFocused
					isMarked={false}
				/>
			))}
		</DialogFrame>
	);
}

function choiceLine({label, hint, disabled}: Choice<unknown>): Span[] {
	const isDisabled = disabled !== undefined;
	return [
		{text: label, style: isDisabled ? 'keyOff' : 'strong'},
		{text: hint === undefined ? '' : `  ${hint}`, style: 'quiet'},
		{text: isDisabled ? `  not now: ${disabled}` : '', style: 'quiet'},
	];
}
