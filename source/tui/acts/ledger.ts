import type {Hold} from '../../model/hold.ts';
import {createStore, type ReadableStore} from '../store/store.ts';

/** What takes an act back. Absent: nothing does, and `help` says what to do instead. */
export type Undo =
	| {readonly type: 'resume'; readonly holds: readonly OwnedHold[]}
	| {readonly type: 'hold'; readonly holds: readonly OwnedHold[]}
	| {readonly type: 'disarm'}
	| {readonly type: 'none'; readonly help: string};

export interface OwnedHold {
	readonly application: string;
	readonly hold: Hold;
}

/** Something that was done from this screen. */
export interface Act {
	readonly id: number;
	/** Epoch milliseconds when it was sent. */
	readonly time: number;
	readonly who: string;
	/** `sync`, `hold`, as on the command line. */
	readonly verb: string;
	/** What it was done to: `checkout`, `checkout Deployment/web spec.replicas`. */
	readonly target: string;
	/** `eu-prod, namespace shop`. */
	readonly where: string;
	readonly state: 'running' | 'done' | 'failed';
	/** How it ended, one sentence; empty while it runs. */
	readonly result: string;
	readonly undo: Undo;
	readonly isUndone: boolean;
}

export type NewAct = Pick<Act, 'verb' | 'target' | 'where'>;

/** The acts of this screen, newest first; bounded, in memory only: the worker's journal is what lasts. */
export interface Ledger extends ReadableStore<readonly Act[]> {
	/** @returns what is told how it ended */
	begin(act: NewAct): (end: {readonly isDone: boolean; readonly result: string; readonly undo: Undo}) => void;
	markUndone(id: number): void;
}

const keptActs = 500;

export function createLedger(who: string, now: () => number): Ledger {
	const store = createStore<readonly Act[]>([]);
	let nextId = 1;
	const change = (id: number, part: Partial<Act>) =>
		store.setState(acts => acts.map(act => (act.id === id ? {...act, ...part} : act)));
	return {
		getState: store.getState,
		subscribe: store.subscribe,
		begin(act) {
			const id = nextId++;
			const begun: Act = {
				...act,
				id,
				time: now(),
				who,
				state: 'running',
				result: '',
				undo: {type: 'none', help: 'it is still under way'},
				isUndone: false,
			};
			store.setState(acts => [begun, ...acts].slice(0, keptActs));
			return ({isDone, result, undo}) => change(id, {state: isDone ? 'done' : 'failed', result, undo});
		},
		markUndone: id => change(id, {isUndone: true}),
	};
}
