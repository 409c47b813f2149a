import {createStore, type ReadableStore, type Store} from './store.ts';

export type FreezeState =
	| {readonly type: 'running'}
	| {
			readonly type: 'frozen';
			/** Epoch milliseconds. */
			readonly since: number;
			/** How often what lies behind changed since. */
			readonly changesBehind: number;
	  };

/**
 * Stands between a store and the screen: while frozen the screen keeps reading what it saw, and what comes in meanwhile
 * is counted. The store itself goes on.
 */
export interface Freezer<State> extends ReadableStore<State> {
	readonly status: ReadableStore<FreezeState>;
	freeze(now: number): void;
	thaw(): void;
}

export function createFreezer<State>(source: Store<State>): Freezer<State> {
	const status = createStore<FreezeState>({type: 'running'});
	let kept: {readonly state: State} | undefined;
	const listeners = new Set<() => void>();
	const tell = () => {
		for (const listener of [...listeners]) listener();
	};
	source.subscribe(() => {
		if (!kept) return tell();
		status.setState(current =>
			current.type === 'frozen' ? {...current, changesBehind: current.changesBehind + 1} : current,
		);
	});
	return {
		status,
		getState: () => (kept ? kept.state : source.getState()),
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		freeze(now) {
			kept ??= {state: source.getState()};
			status.setState(current =>
				current.type === 'frozen' ? current : {type: 'frozen', since: now, changesBehind: 0},
			);
		},
		thaw() {
			kept = undefined;
			status.setState({type: 'running'});
			tell();
		},
	};
}
