import {assessHealth} from '../../engine/health/assess.ts';
import {timeAt} from '../../engine/health/fields.ts';
import {type KubernetesObject, keyOf, type ObjectKey, type ObjectRef} from '../../model/object.ts';
import type {Cluster} from '../../model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../../model/ports/cluster/kind.ts';
import {redactMessage} from '../../model/redact.ts';
import type {Health} from '../../model/status.ts';
import {SharedEffort} from '../shared-effort.ts';
import {type Summary, summarise} from './summary.ts';

/** What is kept of an object that a controller made: enough for a row, a hundredth of the object. */
export interface ChildObject {
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
	readonly uid: string;
	readonly ownerUids: readonly string[];
	readonly createdAt: number | null;
	readonly health: Health;
	readonly summary: Summary;
}

/** Two screens that look at one namespace, or one that looks twice a second, cost one list. */
const ageMilliseconds = 2_000;
/** A namespace may hold anything; what is beyond is not shown. */
const maximumObjects = 20_000;

/** Lists of what controllers made, asked for when somebody looks and forgotten soon after. */
export class ChildLists {
	readonly #cluster: Cluster;
	readonly #clock: () => number;
	readonly #efforts = new SharedEffort<readonly ChildObject[]>();
	readonly #kept = new Map<string, {at: number; items: readonly ChildObject[]}>();

	constructor(cluster: Cluster, clock: () => number) {
		this.#cluster = cluster;
		this.#clock = clock;
	}

	/** Objects of this kind that have an owner; none where the kind is not served. Rejects as Cluster.list. */
	async list(group: string, kind: string, namespace: string): Promise<readonly ChildObject[]> {
		const place = `${group}/${kind}/${namespace}`;
		const kept = this.#kept.get(place);
		if (kept && this.#clock() - kept.at < ageMilliseconds) return kept.items;
		return this.#efforts.run(place, async () => {
			const served = await this.#cluster.kind(group, kind);
			const items = served ? await this.#read(served, namespace) : [];
			this.#kept.set(place, {at: this.#clock(), items});
			setTimeout(() => this.#kept.delete(place), ageMilliseconds).unref();
			return items;
		});
	}

	async #read(kind: ResourceKind, namespace: string): Promise<ChildObject[]> {
		const items: ChildObject[] = [];
		await this.#cluster.list(kind, {
			view: 'object',
			namespace,
			onPage: page => {
				for (const object of page) {
					if (items.length >= maximumObjects) return;
					const child = this.#digest(object, kind);
					if (child) items.push(child);
				}
			},
		});
		return items;
	}

	#digest(item: KubernetesObject, kind: ResourceKind): ChildObject | null {
		const owners = Array.isArray(item.metadata.ownerReferences) ? item.metadata.ownerReferences : [];
		if (owners.length === 0) return null;
		// Items of a list name no kind of their own.
		const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
		const object: KubernetesObject = {...item, apiVersion, kind: kind.kind};
		const {name, namespace = '', uid = ''} = item.metadata;
		const ref: ObjectRef = {group: kind.group, version: kind.version, kind: kind.kind, namespace, name};
		const createdAt = timeAt(object, 'metadata.creationTimestamp');
		const health = assessHealth(object, {now: this.#clock(), firstSeenAt: createdAt ?? this.#clock()});
		return {
			ref,
			key: keyOf(ref),
			uid,
			ownerUids: owners.map(owner => owner.uid),
			createdAt,
			health: health.message ? {...health, message: redactMessage(ref, health.message)} : health,
			summary: summarise(object),
		};
	}
}
