import type {Act} from './ledger.ts';

/** The newest act that was not taken back; what cannot be says so instead of an older one being undone. */
export function undoable(acts: readonly Act[]): Act | null {
	return acts.find(({isUndone, state}) => !isUndone && state !== 'failed') ?? null;
}
