import {createStore, type ReadableStore} from './store.ts';

/** The time as the screen shows it: epoch milliseconds, one step a second. */
export interface Clock extends ReadableStore<number> {
	/**
	 * The time as it is, also while the screen is frozen: for how long it is frozen and how stale the data is, and for
	 * whatever a person decides by it.
	 */
	readonly wall: ReadableStore<number>;
	/** Ages stand still, as everything else that is frozen. */
	stop(): void;
	start(): void;
	/** No more ticks at all. */
	end(): void;
}

export function createClock(now: () => number = Date.now): Clock {
	const wall = createStore(now());
	const shown = createStore(wall.getState());
	let isStopped = true;
	let timer: NodeJS.Timeout | undefined;
	const tick = () => {
		wall.setState(now());
		if (!isStopped) shown.setState(wall.getState());
	};
	return {
		getState: shown.getState,
		subscribe: shown.subscribe,
		wall,
		start() {
			isStopped = false;
			tick();
			timer ??= setInterval(tick, 1000);
		},
		stop() {
			isStopped = true;
		},
		end() {
			clearInterval(timer);
			timer = undefined;
		},
	};
}
