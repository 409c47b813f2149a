/** A value that lives outside React, so that keys and data change it at once and rendering follows. */
export interface ReadableStore<State> {
	getState(): State;
	/** @returns what ends the listening */
	subscribe(listener: () => void): () => void;
}

export interface Store<State> extends ReadableStore<State> {
	/** Tells the listeners only when it is another value. */
	setState(next: State | ((state: State) => State)): void;
}

export function createStore<State>(initial: State): Store<State> {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		setState(next) {
			const value = typeof next === 'function' ? (next as (state: State) => State)(state) : next;
			if (Object.is(value, state)) return;
			state = value;
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}
