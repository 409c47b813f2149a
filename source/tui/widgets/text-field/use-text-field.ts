import {useMemo} from 'react';
import type {KeyPress} from '../../input/key.ts';
import type {Priority} from '../../input/layers.ts';
import {useKeys} from '../../input/use-keys.ts';
import {createStore, type Store} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {editOf} from './editing-keys.ts';
import {reduceTextField, type TextFieldAction, type TextFieldState, textFieldOf} from './text-field-state.ts';

/** The text of a field, kept outside React: letters that arrive together must all find the one before them. */
export type TextFieldStore = Store<TextFieldState>;

export function useTextFieldStore(initial = ''): TextFieldStore {
	return useMemo(() => createStore(textFieldOf(initial)), [initial]);
}

export interface TextFieldOptions {
	readonly store: TextFieldStore;
	readonly priority: Priority;
	readonly isActive?: boolean;
	readonly deafMilliseconds?: number;
	/** Called with the new state after every change. */
	readonly onChange?: (state: TextFieldState) => void;
	/** What other keys do; asked before the field takes a key. */
	readonly onKey?: (key: KeyPress) => boolean;
	/** Keys that it leaves go nowhere. */
	readonly isModal?: boolean;
}

/** Types into a field while it is active. Answers with its state. */
export function useTextField(options: TextFieldOptions): TextFieldState {
	const {store, onChange, onKey, ...layer} = options;
	const state = useStore(store, value => value);
	const change = (action: TextFieldAction) => {
		store.setState(value => reduceTextField(value, action));
		onChange?.(store.getState());
	};
	useKeys(
		key => {
			if (onKey?.(key)) return true;
			const action = editOf(key);
			if (!action) return false;
			change(action);
			return true;
		},
		{...layer, onPaste: text => change({type: 'insert', text})},
	);
	return state;
}
