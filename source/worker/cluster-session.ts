import {randomBytes} from 'node:crypto';
import {hasHealth} from '../engine/health/assess.ts';
import {toProblem} from '../model/errors.ts';
import {type KubernetesObject, keyOf, nameOf, type ObjectKey, type ObjectRef} from '../model/object.ts';
import type {Cluster, ClusterIdentity} from '../model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import {InventoryWatch} from './inventory-watch.ts';
import type {Logger} from './log.ts';
import {SharedEffort} from './shared-effort.ts';
import {WatchRegistry, withKind} from './watch-registry.ts';

/** An existing object was looked for, and this is what there was. */
export type Neighbours = ReadonlyMap<ObjectKey, KubernetesObject>;

const neighbourAgeMilliseconds = 5_000;
const autoscalerAgeMilliseconds = 10_000;
const inventoryAgeMilliseconds = 30_000;
/** Up to so many objects are asked for one by one; more of one kind and namespace are listed at once. */
const individualLimit = 4;

/** Names that we make up ourselves: a mangled record must not make us write under somebody else's name. */
export function isFieldManager(name: string): boolean {
	return /^holdfast-[0-9a-f]{6}$/.test(name);
}

/** One cluster as all its applications share it: client, watches, inventories, and short-lived answers that many ask for. */
export class ClusterSession {
	readonly cluster: Cluster;
	readonly watches: WatchRegistry;
	readonly inventoryWatch: InventoryWatch;
	readonly #log: Logger;
	readonly #clock: () => number;
	readonly #efforts = new SharedEffort<unknown>();
	#identity: ClusterIdentity | undefined;
	#inventories: Map<string, KubernetesObject> | undefined;
	#fieldManager: string | undefined;
	readonly #neighbours = new Map<string, {at: number; items: Map<ObjectKey, KubernetesObject>}>();
	readonly #autoscalers = new Map<string, {at: number; targets: Map<string, string>}>();

	constructor(options: {cluster: Cluster; log: Logger; clock: () => number}) {
		this.cluster = options.cluster;
		this.#log = options.log;
		this.#clock = options.clock;
		this.inventoryWatch = new InventoryWatch(options);
		this.watches = new WatchRegistry({
			cluster: options.cluster,
			log: options.log,
			viewOf: kind => (hasHealth(kind.group, kind.kind) ? 'object' : 'metadata'),
		});
	}

	/** Who the cluster is, asked once. */
	async identity(): Promise<ClusterIdentity> {
		this.#identity ??= (await this.#efforts.run('identity', () => this.cluster.identity())) as ClusterIdentity;
		return this.#identity;
	}

	/**
	 * The inventory ConfigMap of an application, or null. The first ask lists all of them at once where that is allowed:
	 * a thousand applications would otherwise start with a thousand requests.
	 */
	async inventory(namespace: string, name: string): Promise<KubernetesObject | null> {
		const key = `${namespace}/${name}`;
		const all = await this.#allInventories();
		const isFresh = this.#clock() - this.#inventoriesAt < inventoryAgeMilliseconds && !this.#takenInventories.has(key);
		// Each answer of the list serves once, and only for a moment: after that somebody may have written.
		this.#takenInventories.add(key);
		if (isFresh && this.#mayListInventories) return all.get(key) ?? null;
		return this.readInventory(namespace, name);
	}

	/** Reads the inventory from the cluster, whatever was known. */
	readInventory(namespace: string, name: string): Promise<KubernetesObject | null> {
		return this.cluster.get({group: '', version: 'v1', kind: 'ConfigMap', namespace, name}, 'object');
	}

	#mayListInventories = false;
	#inventoriesAt = 0;
	readonly #takenInventories = new Set<string>();

	async #allInventories(): Promise<Map<string, KubernetesObject>> {
		if (this.#inventories) return this.#inventories;
		return (await this.#efforts.run('inventories', async () => {
			const found = new Map<string, KubernetesObject>();
			const kind = await this.cluster.kind('', 'ConfigMap');
			if (kind) {
				try {
					const {items} = await this.cluster.list(kind, {
						view: 'object',
						labelSelector: 'app.kubernetes.io/managed-by=holdfast',
					});
					for (const item of items) {
						found.set(`${item.metadata.namespace ?? ''}/${item.metadata.name}`, withKind(item, kind));
					}
					this.#mayListInventories = true;
				} catch (error) {
					if (toProblem(error).code !== 'Forbidden') throw error;
					this.#log.info('inventories cannot be listed across namespaces; they are read one by one');
				}
			}
			this.#inventories = found;
			this.#inventoriesAt = this.#clock();
			return found;
		})) as Map<string, KubernetesObject>;
	}

	/**
	 * The field manager of this installation: the one that an existing inventory names, so that every session and every
	 * bastion writes under the same name; else a new one. The random suffix tells us from others who call themselves
	 * holdfast (engines.md f.7).
	 */
	async fieldManager(): Promise<string> {
		if (this.#fieldManager) return this.#fieldManager;
		for (const inventory of (await this.#allInventories()).values()) {
			const recorded = (inventory.data as Record<string, unknown> | undefined)?.fieldManager;
			if (typeof recorded === 'string' && isFieldManager(recorded)) {
				this.#fieldManager ??= recorded;
				return this.#fieldManager;
			}
		}
		this.#fieldManager ??= `holdfast-${randomBytes(3).toString('hex')}`;
		return this.#fieldManager;
	}

	/**
	 * Metadata of those objects that exist, of one kind and namespace. Few are asked for one by one; many are listed at
	 * once, and the list serves other applications for a few seconds. Nobody may take "not there" from it as certain: a
	 * creation is applied without force.
	 */
	async neighbours(kind: ResourceKind, namespace: string, refs: readonly ObjectRef[]): Promise<Neighbours> {
		if (refs.length <= individualLimit && !this.#freshNeighbours(kind, namespace)) {
			const found = new Map<ObjectKey, KubernetesObject>();
			await Promise.all(
				refs.map(async ref => {
					const object = await this.cluster.get(ref, 'metadata');
					if (object) found.set(keyOf(ref), withKind(object, kind));
				}),
			);
			return found;
		}
		const fresh = this.#freshNeighbours(kind, namespace);
		if (fresh) return fresh;
		const place = `${kind.group}/${kind.kind}/${namespace}`;
		return (await this.#efforts.run(`neighbours ${place}`, async () => {
			const items = new Map<ObjectKey, KubernetesObject>();
			await this.cluster.list(kind, {
				view: 'metadata',
				...(kind.isNamespaced ? {namespace} : {}),
				onPage: page => {
					for (const item of page) {
						items.set(
							keyOf({
								group: kind.group,
								kind: kind.kind,
								namespace: item.metadata.namespace ?? '',
								name: item.metadata.name,
							}),
							withKind(item, kind),
						);
					}
				},
			});
			this.#neighbours.set(place, {at: this.#clock(), items});
			setTimeout(() => this.#neighbours.delete(place), neighbourAgeMilliseconds * 2).unref();
			return items;
		})) as Neighbours;
	}

	#freshNeighbours(kind: ResourceKind, namespace: string): Neighbours | undefined {
		const kept = this.#neighbours.get(`${kind.group}/${kind.kind}/${namespace}`);
		return kept && this.#clock() - kept.at < neighbourAgeMilliseconds ? kept.items : undefined;
	}

	/** The HorizontalPodAutoscaler that targets this object, if one does. Never fails: it only helps to name an actor. */
	async autoscalerOf(ref: ObjectRef): Promise<string | undefined> {
		const kept = this.#autoscalers.get(ref.namespace);
		if (kept && this.#clock() - kept.at < autoscalerAgeMilliseconds) return kept.targets.get(nameOf(ref));
		try {
			const targets = (await this.#efforts.run(`autoscalers ${ref.namespace}`, async () => {
				const found = new Map<string, string>();
				const kind = await this.cluster.kind('autoscaling', 'HorizontalPodAutoscaler');
				if (kind) {
					const {items} = await this.cluster.list(kind, {view: 'object', namespace: ref.namespace});
					for (const item of items) {
						const target = (item.spec as {scaleTargetRef?: {kind?: string; name?: string}} | undefined)?.scaleTargetRef;
						if (target?.kind && target.name)
							found.set(nameOf({kind: target.kind, name: target.name}), item.metadata.name);
					}
				}
				this.#autoscalers.set(ref.namespace, {at: this.#clock(), targets: found});
				return found;
			})) as Map<string, string>;
			return targets.get(nameOf(ref));
		} catch (error) {
			this.#log.debug({error: toProblem(error)}, 'autoscalers could not be listed');
			return undefined;
		}
	}

	async close(): Promise<void> {
		this.watches.stop();
		this.inventoryWatch.stop();
		await this.cluster.close();
	}
}
