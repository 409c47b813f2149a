/** The narrow interface between the worker and Kubernetes, which `cluster/` implements. Methods reject with HoldfastError. */
import type {Problem} from '../../errors.ts';
import type {KubernetesObject, ObjectRef} from '../../object.ts';
import type {ResourceKind} from './kind.ts';
import type {ListOptions, ListResult, ObjectView} from './read.ts';
import type {WatchHandle, WatchHandler, WatchOptions} from './watch.ts';
import type {ApplyOptions, JsonPatchOperation} from './write.ts';

export interface Cluster {
	readonly context: string;
	readonly server: string;
	/** uid of the kube-system namespace: names the cluster whatever its address. */
	identity(): Promise<ClusterIdentity>;
	/** Looks a kind up; asks discovery again (at most once a second) when it is unknown. null: not served. */
	kind(group: string, kind: string, version?: string): Promise<ResourceKind | null>;
	/** All kinds known from the last discovery. */
	kinds(): Promise<readonly ResourceKind[]>;
	/** Groups whose API service answers stale or not at all (aggregated discovery marks them). */
	staleGroups(): readonly string[];
	/** Forgets discovery: after a CRD was applied. */
	invalidateDiscovery(): void;
	/** null: 404. */
	get(ref: ObjectRef, view: ObjectView): Promise<KubernetesObject | null>;
	list(kind: ResourceKind, options: ListOptions): Promise<ListResult>;
	/** Lists, then watches, for ever; see {@link WatchHandler}. */
	watch(kind: ResourceKind, options: WatchOptions, handler: WatchHandler): WatchHandle;
	apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject>;
	/** DELETE with a uid precondition. Resolves with false when it was gone already. */
	remove(ref: ObjectRef, options: {uid: string; propagation: 'foreground' | 'background' | 'orphan'}): Promise<boolean>;
	/** RFC 6902. */
	patchJson(
		ref: ObjectRef,
		operations: readonly JsonPatchOperation[],
		options: {manager: string},
	): Promise<KubernetesObject>;
	/** Plain create and replace, for our own bookkeeping objects; replace is optimistic on resourceVersion. */
	create(object: KubernetesObject, options: {manager: string}): Promise<KubernetesObject>;
	replace(object: KubernetesObject, options: {manager: string}): Promise<KubernetesObject>;
	/** SelfSubjectAccessReview. */
	mayI(verb: string, kind: Pick<ResourceKind, 'group' | 'resource'>, namespace: string): Promise<boolean>;
	/** Milliseconds by which our clock is ahead of the API server's, from its Date header (one-second resolution). */
	clockSkew(): Promise<number>;
	readonly counters: ClusterCounters;
	/** Whether the API server answers, and since when not. */
	readonly connection: {state: 'connecting' | 'live' | 'stale'; since: number; problem?: Problem};
	onConnectionChange(listener: () => void): void;
	close(): Promise<void>;
}

export interface ClusterIdentity {
	readonly uid: string;
	/** `v1.36.3`. */
	readonly version: string;
}

export interface ClusterCounters {
	reads: number;
	writes: number;
	dryRuns: number;
	watches: number;
	retries: number;
}
