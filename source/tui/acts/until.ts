import type {ReadableStore} from '../store/store.ts';

/** Resolves as soon as a state is what is waited for; at once when it is already. */
export function until<State>(store: ReadableStore<State>, isThere: (state: State) => boolean): Promise<void> {
	if (isThere(store.getState())) return Promise.resolve();
	return new Promise(resolve => {
		const forget = store.subscribe(() => {
			if (!isThere(store.getState())) return;
			forget();
			resolve();
		});
	});
}
