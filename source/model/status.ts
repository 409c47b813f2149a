import type {OpenDrift} from './drift.ts';
import type {Problem} from './errors.ts';
import type {Hold} from './hold.ts';
import type {PlanPhase} from './plan.ts';

export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** Worst first in {@link healthOrder}. `Missing`: in Git, not in the cluster. */
export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

export interface Health {
	readonly status: HealthStatus;
	/** Why, in the words of the object's own conditions; already made safe for a terminal. */
	readonly message?: string;
}

/** Argo CD's worst-of order, best first. */
export const healthOrder: readonly HealthStatus[] = [
	'Healthy',
	'Suspended',
	'Progressing',
	'Missing',
	'Degraded',
	'Unknown',
];

/** The worst of several; no objects at all is Healthy. */
export function worstHealth(healths: Iterable<Health>): Health {
	let worst: Health = {status: 'Healthy'};
	for (const health of healths) {
		if (healthOrder.indexOf(health.status) > healthOrder.indexOf(worst.status)) worst = health;
	}
	return worst;
}

export type OperationPhase = 'Running' | 'Succeeded' | 'Failed' | 'AwaitingConfirmation';

/** A running or finished sync. Times are epoch milliseconds. */
export interface OperationState {
	readonly id: string;
	readonly phase: OperationPhase;
	/** The step that runs, or ran last. */
	readonly syncPhase: PlanPhase;
	readonly wave: number;
	/** Who asked: `automated`, `self-heal` or `user@host`. */
	readonly initiatedBy: string;
	readonly revision: string;
	readonly startedAt: number;
	readonly finishedAt?: number;
	/** Steps are the plan's; `step` is 0-based. */
	readonly step: number;
	readonly steps: number;
	readonly done: number;
	readonly total: number;
	readonly message: string;
	readonly results: readonly ObjectResult[];
	/** Problem codes of what failed, each once: they tell whether waiting helps. */
	readonly failureCodes: readonly string[];
	/** Epoch milliseconds of the next try, when there will be one. */
	readonly retryAt?: number;
	readonly attempt: number;
	/** Present while phase is AwaitingConfirmation: what would be deleted, and the token that approves exactly that list. */
	readonly confirmation?: {readonly token: string; readonly deletions: readonly string[]};
}

export type ObjectAction = 'create' | 'change' | 'delete' | 'heal' | 'hook' | 'none';

/** What happened to one object in a sync. Only failures and changes are kept, not the unchanged ones. */
export interface ObjectResult {
	readonly object: string;
	readonly action: ObjectAction;
	readonly result: 'Succeeded' | 'Failed' | 'Skipped';
	readonly message?: string;
}

/** A lasting fact about an application that a person should know. */
export interface Condition {
	readonly type:
		| 'ConfigurationNotice'
		| 'SourceError'
		| 'RenderError'
		| 'ComparisonError'
		| 'SyncError'
		| 'OwnedByOther'
		| 'GuardViolation'
		| 'DeletionBlocked'
		| 'ContestedField'
		| 'ClusterUnreachable'
		| 'Suspended'
		/** A sync window denies automatic syncs now. */
		| 'SyncWindow'
		| 'DependencyNotReady'
		/** A commit is being reverted: it is not synced again. */
		| 'RevertInFlight'
		/** A document in Git that should become an application cannot. */
		| 'ChildNotDeclared'
		/** Its declaration left Git: what it made is being deleted. */
		| 'Leaving'
		| 'HooksNotRun'
		| 'JournalUnavailable';
	readonly problem: Problem;
	/** Epoch milliseconds when it was first seen. */
	readonly since: number;
}

export interface ApplicationCounts {
	readonly objects: number;
	readonly synced: number;
	readonly outOfSync: number;
	readonly missing: number;
	/** In the inventory, no longer in Git. */
	readonly toPrune: number;
	/** Objects with at least one drifted field now. */
	readonly drifted: number;
	readonly failed: number;
}

/** One application as every client sees it. Small: lists of objects are fetched on demand. */
export interface ApplicationStatus {
	readonly name: string;
	readonly context: string;
	readonly namespace: string;
	readonly repoURL: string;
	readonly path: string;
	readonly target: string;
	/** What the target points to now; null until the first pull. */
	readonly revision: string | null;
	/** The commit of the last successful sync. */
	readonly syncedRevision: string | null;
	readonly syncedAt: number | null;
	readonly syncStatus: SyncStatus;
	readonly health: Health;
	/** Epoch milliseconds since when it is seen so; nobody knows what was before the worker looked. Absent: not known. */
	readonly syncSince?: number;
	readonly healthSince?: number;
	readonly operation: OperationState | null;
	readonly counts: ApplicationCounts;
	readonly drift: readonly OpenDrift[];
	readonly conditions: readonly Condition[];
	readonly isAutomated: boolean;
	/** Whether drift is put back by itself, holds not counted. */
	readonly isHealing: boolean;
	/** In force now, the one that ends first first. */
	readonly holds: readonly Hold[];
	/** The application whose render declares this one; null: declared in the configuration. */
	readonly parent: string | null;
	readonly dependsOn: readonly string[];
	/** Epoch milliseconds of the newest confirmed knowledge of the source and of the cluster. */
	readonly sourceSeenAt: number | null;
	readonly clusterSeenAt: number | null;
}

/** One object of an application, for `status APP` and the resource tree. */
export interface ResourceStatus {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	readonly syncStatus: SyncStatus;
	readonly health: Health;
	readonly problem?: Problem;
	readonly isHook: boolean;
	readonly requiresPruning: boolean;
}

export interface ConnectionStatus {
	readonly context: string;
	readonly server: string;
	/** Marked so in the configuration: nothing is written there lightly. */
	readonly isProduction: boolean;
	readonly version: string | null;
	readonly state: 'connecting' | 'live' | 'stale';
	/** Epoch milliseconds: since when in this state. */
	readonly since: number;
	readonly problem?: Problem;
}

export interface RepositoryStatus {
	readonly repoURL: string;
	readonly state: 'connecting' | 'live' | 'stale';
	readonly since: number;
	readonly problem?: Problem;
}

export interface WorkerStatus {
	readonly pid: number;
	readonly version: string;
	readonly startedAt: number;
	readonly mode: WorkerMode;
	readonly configuration: string;
	readonly logFile: string;
	readonly connections: readonly ConnectionStatus[];
	readonly repositories: readonly RepositoryStatus[];
	readonly counters: WorkerCounters;
	readonly problems: readonly Problem[];
}

/** `reconcile` syncs and heals by itself; `observe` writes nothing unless a person asks. */
export type WorkerMode = 'reconcile' | 'observe';

export interface WorkerCounters {
	readonly reads: number;
	readonly writes: number;
	readonly dryRuns: number;
	readonly watches: number;
	readonly retries: number;
	readonly renders: number;
	readonly renderCacheHits: number;
	readonly fetches: number;
	readonly residentBytes: number;
}
