import type {DriftEvent} from './drift.ts';
import type {Problem} from './errors.ts';
import type {ObjectResult} from './status.ts';

/** One line of history. Times are epoch milliseconds. Values of Secrets never enter: redaction happens before. */
export type JournalEntry = SyncEntry | DriftEntry | ErrorEntry | RevisionEntry | WorkerEntry;

export interface SyncEntry {
	readonly type: 'sync';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly revision: string;
	readonly initiatedBy: string;
	readonly phase: 'Succeeded' | 'Failed' | 'AwaitingConfirmation';
	readonly message: string;
	/** Milliseconds. */
	readonly duration: number;
	readonly created: number;
	readonly changed: number;
	readonly deleted: number;
	readonly failed: number;
	/** At most a few hundred; failures first. */
	readonly results: readonly ObjectResult[];
}

export interface DriftEntry {
	readonly type: 'drift';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly event: DriftEvent;
}

export interface ErrorEntry {
	readonly type: 'error';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly problem: Problem;
}

/** The target moved. */
export interface RevisionEntry {
	readonly type: 'revision';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly revision: string;
	readonly author: string;
	readonly subject: string;
	readonly isForced: boolean;
}

export interface WorkerEntry {
	readonly type: 'worker';
	readonly id: string;
	readonly time: number;
	readonly application: '';
	readonly message: string;
}

export interface JournalQuery {
	readonly application?: string;
	readonly types?: readonly JournalEntry['type'][];
	/** Epoch milliseconds, inclusive. */
	readonly since?: number;
	readonly until?: number;
	/** Newest first before `limit` is applied; the answer is oldest first. */
	readonly limit?: number;
}
