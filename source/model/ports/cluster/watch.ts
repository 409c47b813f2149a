import type {Problem} from '../../errors.ts';
import type {KubernetesObject} from '../../object.ts';
import type {ObjectView} from './read.ts';

export interface WatchOptions {
	readonly view: ObjectView;
	readonly namespace?: string;
	readonly labelSelector?: string;
}

export interface WatchHandler {
	/** A complete list: at the start, and again after 410 or when the watch had to be restarted from nothing. */
	onList(items: KubernetesObject[]): void;
	onEvent(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject): void;
	/** live: every change until now was seen. stale: since when not, and why. */
	onState(state: {state: 'live' | 'stale'; since: number; problem?: Problem}): void;
}

export interface WatchHandle {
	stop(): void;
	/** Resolves after the first complete list. */
	readonly ready: Promise<void>;
}
