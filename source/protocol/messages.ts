/**
 * The protocol between the worker and its clients: JSON-RPC 2.0 over a Unix socket, spoken with vscode-jsonrpc. Requests
 * are the commands; notifications are state changes, batched to at most ten a second. A client that attaches gets one
 * snapshot and then changes.
 */
import {NotificationType, RequestType} from 'vscode-jsonrpc/node';
import type {CommitInfo, CommitView, FileChange, LoggedCommit} from '../model/commit.ts';
import type {DriftEvent, OpenDrift} from '../model/drift.ts';
import type {Problem} from '../model/errors.ts';
import type {HeldObject, Hold, HoldScope} from '../model/hold.ts';
import type {JournalEntry, JournalQuery} from '../model/journal.ts';
import type {ObjectKey, ObjectRef} from '../model/object.ts';
import type {Plan} from '../model/plan.ts';
import type {
	ApplicationStatus,
	Health,
	OperationState,
	ResourceStatus,
	SyncStatus,
	WorkerStatus,
} from '../model/status.ts';

/** Raised when a message changes its meaning; a client of another version says so and stops. */
export const protocolVersion = 2;

export interface Snapshot {
	readonly protocolVersion: number;
	readonly worker: WorkerStatus;
	readonly applications: readonly ApplicationStatus[];
}

/** Only what changed since the last batch. */
export interface Changes {
	readonly worker?: WorkerStatus;
	readonly applications: readonly ApplicationStatus[];
	readonly removed: readonly string[];
}

export interface AttachParameters {
	readonly protocolVersion: number;
	/** Shown in logs and as the initiator of commands: `ana@bastion-1`. */
	readonly client: string;
	/** Whether this client wants changes and events. */
	readonly subscribe: boolean;
}

export interface SyncParameters {
	readonly application: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	/** The revision that a person saw the plan of; another one is refused with PlanChanged. */
	readonly expectedRevision?: string;
	/** Delete what is no longer in Git. Absent: as the application's policy says. */
	readonly prune?: boolean;
	/** Token of a deletion list that a person approved; see OperationState.confirmation. */
	readonly confirmDeletions?: string;
	/** Only these objects, as `Kind/name` or `Kind/namespace/name`; no hooks run, nothing else is written or deleted. */
	readonly only?: readonly string[];
	/** Write also what is held; without it a held application is refused with Held, and other held objects are left. */
	readonly overrideHold?: boolean;
	/** Sync although a window denies it, where the window lets people. */
	readonly ignoreWindows?: boolean;
	/** Wait for the last wave to be healthy too. */
	readonly waitForHealth?: boolean;
}

export interface EndSyncParameters {
	readonly application: string;
	readonly initiatedBy: string;
}

export interface SyncAnswer {
	readonly plan: Plan;
	/** Absent for a dry run. */
	readonly operation?: OperationState;
	/** Present when the sync was not started. */
	readonly problem?: Problem;
	/** What an automatic sync would have waited for, a revert under way included. */
	readonly warnings?: readonly Problem[];
}

export interface HoldParameters {
	/** Empty: every application. */
	readonly applications: readonly string[];
	readonly scope: HoldScope;
	readonly owner: string;
	readonly reason: string;
	/** Milliseconds from now; null only with `breakGlass`. */
	readonly durationMilliseconds: number | null;
	readonly breakGlass: boolean;
	readonly includesSync: boolean;
}

export interface ResumeParameters {
	/** Empty: every application. */
	readonly applications: readonly string[];
	/** Ids of holds to end; empty: all holds of these applications (with `scope`: those of that scope). */
	readonly holds: readonly string[];
	readonly scope?: HoldScope;
	readonly by: string;
}

/** What changed, application by application; one that could not be held does not stop the others. */
export interface HoldAnswer {
	readonly holds: readonly {readonly application: string; readonly hold: Hold}[];
	readonly problems: readonly {readonly application: string; readonly problem: Problem}[];
}

export interface LogParameters {
	readonly application: string;
	readonly limit: number;
}

export interface LogAnswer {
	/** What the application tracks: a branch, or what else its target is. */
	readonly branch: string;
	/** Newest first. */
	readonly commits: readonly LoggedCommit[];
}

export interface RevertParameters {
	readonly application: string;
	/** `COMMIT` or `OLD..NEW`. */
	readonly commits: string;
	readonly mainline?: number;
	readonly reason: string;
	/** Push here instead of to the tracked branch. */
	readonly branch?: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	/** Of the preview that a person approved; another effect is refused with PlanChanged. Required unless dryRun. */
	readonly token?: string;
}

/** What a change in Git would do, before it is pushed. */
export interface ChangePreview {
	/** Names exactly this change and this effect. */
	readonly token: string;
	/** The tracked branch. */
	readonly branch: string;
	/** `Ana <ana@example.com>`. */
	readonly author: string;
	readonly isSigned: boolean;
	readonly message: string;
	readonly files: readonly FileChange[];
	/** Unified diff: safe, bounded, Secrets masked. */
	readonly diff: string;
	readonly isTruncated: boolean;
	/** Every application whose rendered state the change touches, the one asked about first. */
	readonly effects: readonly ApplicationEffect[];
	/** Applications on the same repository and branch that it does not touch. */
	readonly untouched: readonly string[];
}

export interface ApplicationEffect {
	readonly application: string;
	readonly context: string;
	readonly namespace: string;
	readonly plan: Plan;
	readonly objects: readonly ObjectDiff[];
	/** Why a sync would not follow by itself, or could fail. */
	readonly problems: readonly Problem[];
	readonly isAutomated: boolean;
}

export interface RevertAnswer {
	readonly preview: ChangePreview;
	/** Reverted commits, newest first. */
	readonly reverted: readonly CommitInfo[];
	/** Absent for a dry run. */
	readonly result?: PushedChange;
	/** Present when nothing was pushed. */
	readonly problem?: Problem;
}

export interface PushedChange {
	readonly commit: string;
	readonly branch: string;
	/** `tracked`: applications follow by themselves. `offered`: on a branch of its own, to be merged by somebody. */
	readonly type: 'tracked' | 'offered';
	/** What the remote said, for example where to open a merge request; safe text. */
	readonly remoteMessage: string;
	/** Commands that bring an offered branch in; nothing is assumed about the forge. */
	readonly nextSteps: readonly string[];
	/** Why the tracked branch was not used although it was asked for. */
	readonly refusedBecause?: string;
}

export interface AdoptParameters {
	readonly application: string;
	readonly object: HeldObject;
	/** Printed paths; empty: every drifted field of the object. */
	readonly paths: readonly string[];
	readonly branch?: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	readonly token?: string;
}

export interface AdoptAnswer {
	readonly preview: ChangePreview;
	readonly fields: readonly FieldDiff[];
	readonly result?: PushedChange;
	readonly problem?: Problem;
}

/** A node of an application's resource tree: its objects, and what controllers made for them. */
export interface TreeNode {
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
	/** Key of the node it hangs below; null: an object of the application itself. */
	readonly parent: ObjectKey | null;
	readonly syncStatus: SyncStatus | null;
	readonly health: Health;
	readonly isHook: boolean;
	readonly requiresPruning: boolean;
	/** Epoch milliseconds of its creation; null: not known. */
	readonly createdAt: number | null;
	/** `1/3 ready`, `ImagePullBackOff`: the most telling few words. */
	readonly detail: string;
	readonly drift: OpenDrift | null;
	readonly problem?: Problem;
}

export interface ObjectDetails {
	/** YAML, redacted, without the server's bookkeeping; null: not there. */
	readonly live: string | null;
	readonly desired: string | null;
	/** Who owns which fields: printed paths by manager, with the time of the entry. */
	readonly managers: readonly {
		readonly manager: string;
		readonly operation: 'Apply' | 'Update';
		readonly subresource: string;
		readonly time: number | null;
		readonly paths: readonly string[];
	}[];
}

/** A Kubernetes Event about an object of the application or one below it. */
export interface ClusterEvent {
	readonly object: string;
	readonly namespace: string;
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly count: number;
	/** Epoch milliseconds. */
	readonly firstSeen: number;
	readonly lastSeen: number;
	readonly source: string;
}

export interface DiffAnswer {
	readonly application: string;
	readonly revision: string;
	readonly objects: readonly ObjectDiff[];
	readonly problems: readonly Problem[];
	/** Dry runs made to answer; zero when nothing differs. */
	readonly dryRuns: number;
}

/** One object's difference between the cluster now and the cluster after a sync. Redacted. */
export interface ObjectDiff {
	readonly object: string;
	readonly namespace: string;
	readonly group: string;
	readonly version: string;
	readonly action: 'create' | 'change' | 'delete';
	readonly fields: readonly FieldDiff[];
	/** YAML of the live object and of what it would become; absent sides do not exist. */
	readonly live?: string;
	readonly desired?: string;
}

export interface FieldDiff {
	readonly path: string;
	/** Printed; null when absent. */
	readonly live: string | null;
	readonly desired: string | null;
	/** Manager that owns the live value, when it is not us. */
	readonly manager?: string;
}

export interface RefreshParameters {
	/** Empty: all. */
	readonly applications: readonly string[];
	/** Compare by dry run, also what the fingerprints say is unchanged. */
	readonly hard: boolean;
}

export const AttachRequest = new RequestType<AttachParameters, Snapshot, Problem>('attach');
export const SnapshotRequest = new RequestType<{applications: readonly string[]}, Snapshot, Problem>('snapshot');
export const SyncRequest = new RequestType<SyncParameters, SyncAnswer, Problem>('sync');
export const DiffRequest = new RequestType<{application: string}, DiffAnswer, Problem>('diff');
/** Answers when every application named was pulled, rendered and compared again. */
export const RefreshRequest = new RequestType<RefreshParameters, Snapshot, Problem>('refresh');
export const ResourcesRequest = new RequestType<{application: string}, readonly ResourceStatus[], Problem>('resources');
export const HistoryRequest = new RequestType<JournalQuery, readonly JournalEntry[], Problem>('history');
/** Resolves when every application named has been compared at least once; used by one-shot clients. */
export const SettledRequest = new RequestType<{applications: readonly string[]}, Snapshot, Problem>('settled');
/** Ends the running sync of an application; answers with what it had done. */
export const EndSyncRequest = new RequestType<EndSyncParameters, OperationState, Problem>('endSync');
export const HoldRequest = new RequestType<HoldParameters, HoldAnswer, Problem>('hold');
/** Answers with the holds that were ended. */
export const ResumeRequest = new RequestType<ResumeParameters, HoldAnswer, Problem>('resume');
export const LogRequest = new RequestType<LogParameters, LogAnswer, Problem>('log');
export const CommitRequest = new RequestType<{application: string; commit: string}, CommitView, Problem>('commit');
export const RevertRequest = new RequestType<RevertParameters, RevertAnswer, Problem>('revert');
export const AdoptRequest = new RequestType<AdoptParameters, AdoptAnswer, Problem>('adopt');
export const TreeRequest = new RequestType<{application: string}, readonly TreeNode[], Problem>('tree');
export const ObjectRequest = new RequestType<{application: string; object: HeldObject}, ObjectDetails, Problem>(
	'object',
);
export const EventsRequest = new RequestType<{application: string}, readonly ClusterEvent[], Problem>('events');
/** The newest lines of the worker's log about one application (empty: all), oldest first, as JSON lines. */
export const WorkerLogRequest = new RequestType<{application: string; limit: number}, readonly string[], Problem>(
	'workerLog',
);
export const ShutdownRequest = new RequestType<Record<string, never>, null, Problem>('shutdown');

export const ChangesNotification = new NotificationType<Changes>('changes');
/** Every journal entry as it is written; drift events come again with the same id when their action changes. */
export const JournalNotification = new NotificationType<JournalEntry>('journal');
export type {DriftEvent};
