import {createStore, type ReadableStore} from './store.ts';

/** The time as the screen sees it: epoch milliseconds, one step a second. */
export interface Clock extends ReadableStore<number> {
	/** Ages stand still, as everything else that is frozen. */
	stop(): void;
	start(): void;
}

export function createClock(now: () => number = Date.now): Clock {
	const store = createStore(now());
	let timer: NodeJS.Timeout | undefined;
	return {
		getState: store.getState,
		subscribe: store.subscribe,
		start() {
			store.setState(now());
			timer ??= setInterval(() => store.setState(now()), 1000);
		},
		stop() {
			clearInterval(timer);
			timer = undefined;
		},
	};
}
