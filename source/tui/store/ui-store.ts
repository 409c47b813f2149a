import type {StyleName} from '../theme/styles.ts';
import {createStore, type ReadableStore} from './store.ts';
import {reduceUi, type UiAction} from './ui-actions.ts';
import type {UiState} from './ui-state.ts';

export interface UiStore extends ReadableStore<UiState> {
	dispatch(action: UiAction): void;
	/** One sentence at the foot of the screen, for some seconds. */
	toast(text: string, style?: StyleName): void;
}

const shortestMilliseconds = 4_000;
/** A slow reader's time for one character. */
const millisecondsPerCharacter = 70;

export function createUiStore(initial: UiState, now: () => number = Date.now): UiStore {
	const store = createStore(initial);
	const dispatch = (action: UiAction) => store.setState(state => reduceUi(state, action));
	let nextId = 1;
	return {
		getState: store.getState,
		subscribe: store.subscribe,
		dispatch,
		toast(text, style = 'toast') {
			const lasts = Math.max(shortestMilliseconds, text.length * millisecondsPerCharacter);
			const until = now() + lasts;
			dispatch({type: 'toast', toast: {id: nextId++, text, style, until}});
			// By the toast's own time: a timer may fire a millisecond before the clock says so.
			setTimeout(() => dispatch({type: 'drop-toasts', now: until}), lasts).unref();
		},
	};
}
