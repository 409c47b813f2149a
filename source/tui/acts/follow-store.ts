import {createStore, type ReadableStore} from '../store/store.ts';

export type StepState = 'waiting' | 'running' | 'done' | 'left' | 'failed';

/** One station on the way of an act: `pushed 5be1f0c`. */
export interface FollowStep {
	readonly text: string;
	readonly state: StepState;
}

/** What becomes of an act in one application, as far as it is known now. */
export interface Follow {
	readonly application: string;
	/** `revert 9f3c1a2`. */
	readonly title: string;
	readonly steps: readonly FollowStep[];
	/** Why it stopped, or how it ended; empty while it goes on. */
	readonly message: string;
	readonly isOver: boolean;
}

/** What is followed now, by application: the newest act of each. */
export interface FollowStore extends ReadableStore<ReadonlyMap<string, Follow>> {
	set(follow: Follow): void;
	drop(application: string): void;
}

export function createFollowStore(): FollowStore {
	const store = createStore<ReadonlyMap<string, Follow>>(new Map());
	return {
		getState: store.getState,
		subscribe: store.subscribe,
		set: follow =>
			store.setState(follows => {
				const known = follows.get(follow.application);
				return known && isSame(known, follow) ? follows : new Map(follows).set(follow.application, follow);
			}),
		drop: application =>
			store.setState(follows => {
				if (!follows.has(application)) return follows;
				const rest = new Map(follows);
				rest.delete(application);
				return rest;
			}),
	};
}

/** Nothing that is shown differs: the screen is not drawn again for a later look. */
function isSame(known: Follow, next: Follow): boolean {
	return JSON.stringify(known) === JSON.stringify(next);
}
