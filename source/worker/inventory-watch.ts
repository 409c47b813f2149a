import {managedByLabel} from '../engine/inventory/keys.ts';
import type {KubernetesObject} from '../model/object.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import type {WatchHandle} from '../model/ports/cluster/watch.ts';
import type {Logger} from './log.ts';
import {SharedEffort} from './shared-effort.ts';

/** Hears of every change of an application's inventory ConfigMap, also of those made by this worker. */
export type InventoryListener = (configMap: KubernetesObject) => void;

/**
 * One watch of all inventories of a cluster, or one a namespace where the operator may not list the whole cluster: what
 * another operator writes there (a hold above all) is in force here within a moment.
 */
export class InventoryWatch {
	readonly #cluster: Cluster;
	readonly #log: Logger;
	readonly #listeners = new Map<string, InventoryListener>();
	readonly #handles = new Map<string, WatchHandle>();
	readonly #starting = new SharedEffort<void>();
	#mayWatchAll: Promise<boolean> | undefined;

	constructor(options: {cluster: Cluster; log: Logger}) {
		this.#cluster = options.cluster;
		this.#log = options.log;
	}

	/** Never rejects: without the watch a hold of others is found when the inventory is read for other reasons. */
	async follow(namespace: string, name: string, listener: InventoryListener): Promise<void> {
		this.#listeners.set(`${namespace}/${name}`, listener);
		try {
			const kind = await this.#cluster.kind('', 'ConfigMap');
			if (!kind) return;
			this.#mayWatchAll ??= this.#cluster.mayI('watch', kind, '');
			const scope = (await this.#mayWatchAll) ? '' : namespace;
			await this.#starting.run(scope, async () => {
				if (this.#handles.has(scope)) return;
				const tell = (object: KubernetesObject): void =>
					this.#listeners.get(`${object.metadata.namespace ?? ''}/${object.metadata.name}`)?.(object);
				const handle = this.#cluster.watch(
					kind,
					{view: 'object', labelSelector: `${managedByLabel}=holdfast`, ...(scope ? {namespace: scope} : {})},
					{
						onList: items => items.forEach(tell),
						onEvent: (type, object) => {
							if (type !== 'DELETED') tell(object);
						},
						onState: state => {
							if (state.state === 'stale') this.#log.debug({problem: state.problem}, 'inventories are not watched now');
						},
					},
				);
				this.#handles.set(scope, handle);
			});
		} catch (error) {
			this.#mayWatchAll = undefined;
			this.#log.warn({error: String(error)}, 'inventories cannot be watched');
		}
	}

	leave(namespace: string, name: string): void {
		this.#listeners.delete(`${namespace}/${name}`);
	}

	stop(): void {
		for (const handle of this.#handles.values()) handle.stop();
		this.#handles.clear();
	}
}
