import {createStore, type ReadableStore} from '../store/store.ts';
import type {Guard} from './access.ts';

/** Who let the screen write, until when. Falls back by itself: the time is compared wherever it is asked. */
export interface Arming extends ReadableStore<Guard> {
	/** @param until epoch milliseconds */
	arm(until: number): void;
	disarm(): void;
}

export function createArming(isReadOnly: boolean): Arming {
	const store = createStore<Guard>({isReadOnly, armedUntil: null});
	return {
		getState: store.getState,
		subscribe: store.subscribe,
		arm: until => store.setState(guard => ({...guard, armedUntil: until})),
		disarm: () => store.setState(guard => (guard.armedUntil === null ? guard : {...guard, armedUntil: null})),
	};
}
