import type {Registry} from '../kinds/registry.ts';
import type {Store} from '../storage/store.ts';

/** What every operation works on. */
export interface Context {
	readonly store: Store;
	readonly registry: Registry;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly newUid: () => string;
}

/** RFC 3339 in whole seconds, as the server writes times. */
export function printTime(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

export function keyFor(namespace: string | undefined, name: string): string {
	return `${namespace ?? ''}/${name}`;
}
