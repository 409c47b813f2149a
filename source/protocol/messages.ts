/**
 * The protocol between the worker and its clients: JSON-RPC 2.0 over a Unix socket, spoken with vscode-jsonrpc. Requests
 * are the commands; notifications are state changes, batched to at most ten a second. A client that attaches gets one
 * snapshot and then changes.
 */
import {NotificationType, RequestType} from 'vscode-jsonrpc/node';
import type {DriftEvent} from '../model/drift.ts';
import type {Problem} from '../model/errors.ts';
import type {JournalEntry, JournalQuery} from '../model/journal.ts';
import type {Plan} from '../model/plan.ts';
import type {ApplicationStatus, OperationState, ResourceStatus, WorkerStatus} from '../model/status.ts';

/** Raised when a message changes its meaning; a client of another version says so and stops. */
export const protocolVersion = 1;

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
}

export interface SyncAnswer {
	readonly plan: Plan;
	/** Absent for a dry run. */
	readonly operation?: OperationState;
	/** Present when the sync was not started. */
	readonly problem?: Problem;
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
export const ShutdownRequest = new RequestType<Record<string, never>, null, Problem>('shutdown');

export const ChangesNotification = new NotificationType<Changes>('changes');
/** Every journal entry as it is written; drift events come again with the same id when their action changes. */
export const JournalNotification = new NotificationType<JournalEntry>('journal');
export type {DriftEvent};
