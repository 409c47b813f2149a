import type {KubernetesObject} from '../../../source/model/object.ts';
import {deepFreeze} from './freeze.ts';

/** One change, in the order of revisions. */
export interface Change {
	readonly revision: number;
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly collection: string;
	/** `namespace/name`; the namespace is empty for cluster-scoped kinds. */
	readonly key: string;
	/** What is stored from now on; of a deletion, what was there last, with the revision of its deletion. */
	readonly object: KubernetesObject;
	/** What was stored before. */
	readonly previous: KubernetesObject | null;
}

/** What is kept of the past. Older watches and continue tokens get 410. */
const historyLength = 20_000;

/**
 * All objects in memory, each at its kind's storage version, with one counter of revisions as etcd has it and enough
 * history to look back. Knows nothing of Kubernetes' rules.
 */
export class Store {
	#revision = 1;
	#forgottenUpTo = 1;
	#history: Change[] = [];
	readonly #collections = new Map<string, Map<string, KubernetesObject>>();
	readonly #listeners = new Set<(change: Change) => void>();

	get revision(): number {
		return this.#revision;
	}

	/** Changes up to this revision are forgotten. */
	get forgottenUpTo(): number {
		return this.#forgottenUpTo;
	}

	get(collection: string, key: string): KubernetesObject | null {
		return this.#collections.get(collection)?.get(key) ?? null;
	}

	/** Objects in the order of their keys; those of one namespace when the prefix is `namespace/`. */
	list(collection: string, prefix = ''): KubernetesObject[] {
		return this.entries(collection, prefix).map(([, object]) => object);
	}

	entries(collection: string, prefix = ''): [string, KubernetesObject][] {
		return sorted(this.#collections.get(collection) ?? new Map(), prefix);
	}

	/** The same as it was at a revision, which must not be forgotten. */
	entriesAt(collection: string, prefix: string, revision: number): [string, KubernetesObject][] {
		const objects = new Map(this.#collections.get(collection));
		for (let at = this.#history.length - 1; at >= 0; at--) {
			const change = this.#history[at]!;
			if (change.revision <= revision) break;
			if (change.collection !== collection) continue;
			if (change.previous) objects.set(change.key, change.previous);
			else objects.delete(change.key);
		}
		return sorted(objects, prefix);
	}

	/** Changes after a revision, oldest first. */
	changesAfter(revision: number): readonly Change[] {
		let low = 0;
		let high = this.#history.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#history[middle]!.revision > revision) high = middle;
			else low = middle + 1;
		}
		return this.#history.slice(low);
	}

	/** Stores an object, which gets its resourceVersion here, and returns it as stored. It is frozen. */
	put(collection: string, key: string, object: KubernetesObject): KubernetesObject {
		const objects = this.#collections.get(collection) ?? new Map<string, KubernetesObject>();
		this.#collections.set(collection, objects);
		const previous = objects.get(key) ?? null;
		const stored = this.#stamp(object);
		objects.set(key, stored);
		this.#record({type: previous ? 'MODIFIED' : 'ADDED', collection, key, object: stored, previous});
		return stored;
	}

	/** Takes an object away. */
	remove(collection: string, key: string): void {
		const previous = this.get(collection, key);
		if (!previous) return;
		this.#collections.get(collection)?.delete(key);
		this.#record({type: 'DELETED', collection, key, object: this.#stamp(previous), previous});
	}

	/** Calls the listener after every change, in their order. Returns what ends it. */
	listen(listener: (change: Change) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Forgets the past: watches and continue tokens from before get 410. */
	forget(): void {
		this.#history = [];
		this.#forgottenUpTo = this.#revision;
	}

	/** Everything, for saving. */
	dump(): {revision: number; collections: Record<string, [string, KubernetesObject][]>} {
		const collections = Object.fromEntries([...this.#collections.keys()].map(name => [name, this.entries(name)]));
		return {revision: this.#revision, collections};
	}

	/** Takes what was saved. The store must be empty. */
	load({revision, collections}: ReturnType<Store['dump']>): void {
		for (const [name, entries] of Object.entries(collections)) {
			this.#collections.set(name, new Map(entries.map(([key, object]) => [key, deepFreeze(object)])));
		}
		this.#revision = revision;
		this.#forgottenUpTo = revision;
	}

	#stamp(object: KubernetesObject): KubernetesObject {
		this.#revision++;
		const metadata = {...object.metadata, resourceVersion: String(this.#revision)};
		return deepFreeze({...object, metadata});
	}

	#record(change: Omit<Change, 'revision'>): void {
		const recorded: Change = {...change, revision: this.#revision};
		this.#history.push(recorded);
		if (this.#history.length > historyLength * 1.25) {
			this.#history = this.#history.slice(-historyLength);
			this.#forgottenUpTo = this.#history[0]!.revision - 1;
		}
		for (const listener of [...this.#listeners]) listener(recorded);
	}
}

function sorted(objects: ReadonlyMap<string, KubernetesObject>, prefix: string): [string, KubernetesObject][] {
	const entries = prefix ? [...objects].filter(([key]) => key.startsWith(prefix)) : [...objects];
	return entries.sort(([left], [right]) => (left < right ? -1 : 1));
}
