import type {Problem} from '../model/errors.ts';
import {groupKindOf, type KubernetesObject, keyOf, type ObjectKey, parseApiVersion} from '../model/object.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {ObjectView} from '../model/ports/cluster/read.ts';
import type {WatchHandle} from '../model/ports/cluster/watch.ts';
import type {Logger} from './log.ts';
import {SharedEffort} from './shared-effort.ts';

/** Every object of ours carries it (KEP-3659); its value is the ApplySet id of the application's inventory. */
export const partOfLabel = 'applyset.kubernetes.io/part-of';

export type ObservedEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** What an application hears of the objects it tracks. */
export interface WatchSubscriber {
	/** The complete list of what carries our label, of one kind: after a start or a gap. `namespaces`: what was listed. */
	onList(groupKind: string, items: readonly KubernetesObject[], view: ObjectView, namespace: string | undefined): void;
	onEvent(type: ObservedEventType, object: KubernetesObject, view: ObjectView): void;
}

interface WatchedKind {
	readonly kind: ResourceKind;
	readonly view: ObjectView;
	/** By namespace; '' is the whole cluster. */
	readonly handles: Map<string, WatchHandle>;
	readonly stale: Map<string, {since: number; problem?: Problem}>;
}

/**
 * One watch per kind for all applications of a cluster, filtered by our label; per namespace where the operator may not
 * list the whole cluster. Kinds with health are watched as full objects, so that a drift's new value is at hand without
 * another request; all others, Secrets and ConfigMaps first, as metadata only.
 */
export class WatchRegistry {
	readonly #cluster: Cluster;
	readonly #log: Logger;
	readonly #viewOf: (kind: ResourceKind) => ObjectView;
	readonly #kinds = new Map<string, WatchedKind>();
	readonly #subscribers = new Map<string, WatchSubscriber>();
	readonly #active = new Set<WatchSubscriber>();
	readonly #owners = new Map<ObjectKey, WatchSubscriber>();
	readonly #starting = new SharedEffort<void>();

	constructor(options: {cluster: Cluster; log: Logger; viewOf: (kind: ResourceKind) => ObjectView}) {
		this.#cluster = options.cluster;
		this.#log = options.log;
		this.#viewOf = options.viewOf;
	}

	subscribe(applySetId: string, subscriber: WatchSubscriber): void {
		this.#subscribers.set(applySetId, subscriber);
		this.#active.add(subscriber);
	}

	unsubscribe(applySetId: string): void {
		const subscriber = this.#subscribers.get(applySetId);
		this.#subscribers.delete(applySetId);
		if (subscriber) this.#active.delete(subscriber);
		for (const [key, owner] of this.#owners) if (owner === subscriber) this.#owners.delete(key);
	}

	/** Events of this object go to this application, even when our label was taken off it. */
	own(key: ObjectKey, subscriber: WatchSubscriber): void {
		if (this.#active.has(subscriber)) this.#owners.set(key, subscriber);
	}

	disown(key: ObjectKey): void {
		this.#owners.delete(key);
	}

	/**
	 * Watches the kind from now on and resolves when `subscriber` has heard of everything that exists. A kind that is
	 * watched already is listed once more for this subscriber alone, when it says that it may have objects there.
	 */
	async ensure(
		kind: ResourceKind,
		namespace: string,
		subscriber: {applySetId: string; mayHaveObjects: boolean},
	): Promise<void> {
		const groupKind = groupKindOf(kind);
		const scope = await this.#scopeFor(kind, namespace);
		const isNew = !this.#kinds.get(groupKind)?.handles.has(scope);
		if (isNew) {
			await this.#starting.run(`${groupKind} ${scope}`, () => this.#start(kind, scope));
			return;
		}
		await this.#kinds.get(groupKind)?.handles.get(scope)?.ready;
		if (!subscriber.mayHaveObjects) return;
		const view = this.#viewOf(kind);
		const {items} = await this.#cluster.list(kind, {
			view,
			...(scope ? {namespace: scope} : {}),
			labelSelector: `${partOfLabel}=${subscriber.applySetId}`,
		});
		this.#subscribers.get(subscriber.applySetId)?.onList(groupKind, items, view, scope || undefined);
	}

	/** Kinds whose watch is behind: what they showed last may be out of date. */
	staleKinds(): {groupKind: string; since: number; problem?: Problem}[] {
		const stale: {groupKind: string; since: number; problem?: Problem}[] = [];
		for (const [groupKind, watched] of this.#kinds) {
			for (const state of watched.stale.values()) stale.push({groupKind, ...state});
		}
		return stale;
	}

	/** Why a kind's watch is behind; undefined while it is not. */
	problemOf(groupKind: string): Problem | undefined {
		for (const state of this.#kinds.get(groupKind)?.stale.values() ?? []) if (state.problem) return state.problem;
		return undefined;
	}

	stop(): void {
		for (const watched of this.#kinds.values()) for (const handle of watched.handles.values()) handle.stop();
		this.#kinds.clear();
	}

	/** '' when the whole cluster may be listed, else the namespace. Asked once a kind. */
	readonly #scopes = new Map<string, Promise<boolean>>();

	async #scopeFor(kind: ResourceKind, namespace: string): Promise<string> {
		if (!kind.isNamespaced) return '';
		const groupKind = groupKindOf(kind);
		let mayListAll = this.#scopes.get(groupKind);
		if (!mayListAll) {
			mayListAll = this.#cluster.mayI('watch', kind, '');
			this.#scopes.set(groupKind, mayListAll);
			mayListAll.catch(() => this.#scopes.delete(groupKind));
		}
		return (await mayListAll) ? '' : namespace;
	}

	async #start(kind: ResourceKind, scope: string): Promise<void> {
		const groupKind = groupKindOf(kind);
		const view = this.#viewOf(kind);
		const watched = this.#kinds.get(groupKind) ?? {kind, view, handles: new Map(), stale: new Map()};
		this.#kinds.set(groupKind, watched);
		const handle = this.#cluster.watch(
			kind,
			{view, labelSelector: partOfLabel, ...(scope ? {namespace: scope} : {})},
			{
				onList: items => this.#dispatchList(groupKind, items, view, scope || undefined),
				onEvent: (type, object) => this.#dispatchEvent(kind, type, object, view),
				onState: state => {
					if (state.state === 'live') {
						watched.stale.delete(scope);
					} else {
						watched.stale.set(scope, {since: state.since, ...(state.problem ? {problem: state.problem} : {})});
						this.#log.warn({groupKind, scope, problem: state.problem}, 'watch is stale');
					}
				},
			},
		);
		watched.handles.set(scope, handle);
		await handle.ready;
	}

	#dispatchList(groupKind: string, items: KubernetesObject[], view: ObjectView, namespace: string | undefined): void {
		const shares = new Map<WatchSubscriber, KubernetesObject[]>();
		// Everybody hears of the list, also those who own nothing in it any more: that is how a loss in a gap is noticed.
		for (const subscriber of this.#subscribers.values()) shares.set(subscriber, []);
		for (const item of items) {
			const id = item.metadata.labels?.[partOfLabel];
			const subscriber = id === undefined ? undefined : this.#subscribers.get(id);
			if (subscriber) shares.get(subscriber)?.push(item);
		}
		for (const [subscriber, share] of shares) subscriber.onList(groupKind, share, view, namespace);
	}

	#dispatchEvent(kind: ResourceKind, type: ObservedEventType, object: KubernetesObject, view: ObjectView): void {
		// A metadata view names itself PartialObjectMetadata: the kind is the watch's.
		const key = keyOf({
			group: kind.group,
			kind: kind.kind,
			namespace: object.metadata.namespace ?? '',
			name: object.metadata.name,
		});
		const label = object.metadata.labels?.[partOfLabel];
		const owner = this.#owners.get(key);
		const labelled = label === undefined ? undefined : this.#subscribers.get(label);
		const named = withKind(object, kind);
		owner?.onEvent(type, named, view);
		// Whoever claims an object must not make its labelled owner deaf for it.
		if (labelled && labelled !== owner) labelled.onEvent(type, named, view);
	}
}

/** A metadata-only answer says `PartialObjectMetadata`; from here on the object goes by its own kind. */
export function withKind(
	object: KubernetesObject,
	kind: Pick<ResourceKind, 'group' | 'version' | 'kind'>,
): KubernetesObject {
	if (object.kind === kind.kind && parseApiVersion(object.apiVersion ?? '').group === kind.group) return object;
	return {...object, apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version, kind: kind.kind};
}
