/**
 * The protocol between the worker and its clients: JSON-RPC 2.0 over a Unix socket, spoken with vscode-jsonrpc. Requests
 * are the commands; notifications are state changes, batched to at most ten a second. A client that attaches gets one
 * snapshot and then changes: those are here, what is asked and done stands beside them, subject by subject.
 */
import {NotificationType, RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../../model/errors.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';

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

export interface RefreshParameters {
	/** Empty: all. */
	readonly applications: readonly string[];
	/** Compare by dry run, also what the fingerprints say is unchanged. */
	readonly hard: boolean;
}

export const AttachRequest = new RequestType<AttachParameters, Snapshot, Problem>('attach');
export const SnapshotRequest = new RequestType<{applications: readonly string[]}, Snapshot, Problem>('snapshot');
/** Answers when every application named was pulled, rendered and compared again. */
export const RefreshRequest = new RequestType<RefreshParameters, Snapshot, Problem>('refresh');
/** Resolves when every application named has been compared at least once; used by one-shot clients. */
export const SettledRequest = new RequestType<{applications: readonly string[]}, Snapshot, Problem>('settled');
export const ShutdownRequest = new RequestType<Record<string, never>, null, Problem>('shutdown');

export const ChangesNotification = new NotificationType<Changes>('changes');
