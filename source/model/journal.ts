import type {DriftEvent} from './drift.ts';
import type {Problem} from './errors.ts';
import type {Hold} from './hold.ts';
import type {ObjectResult} from './status.ts';

/** One line of history. Times are epoch milliseconds. Values of Secrets never enter: redaction happens before. */
export type JournalEntry =
	| SyncEntry
	| DriftEntry
	| ErrorEntry
	| RevisionEntry
	| HoldEntry
	| RevertEntry
	| AdoptEntry
	| WorkerEntry;

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

/** `ending`: a warning, five minutes before the end. `ended`: by itself; `resumed`: by somebody. */
export interface HoldEntry {
	readonly type: 'hold';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly action: 'held' | 'ending' | 'ended' | 'resumed';
	readonly hold: Hold;
	/** Who did this: the owner, who resumed it, or `holdfast` when it ended by itself. */
	readonly by: string;
}

/**
 * A revert under way. `prepared` → `pushed` (or `offered`: on a branch of its own, waiting for a merge) → `landed`: the
 * tracked branch has it; then ordinary syncs tell. `failed`: nothing was pushed.
 */
export interface RevertEntry {
	readonly type: 'revert';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly phase: 'prepared' | 'pushed' | 'offered' | 'landed' | 'failed';
	/** Full ids, newest first. */
	readonly commits: readonly string[];
	readonly revertCommit: string | null;
	readonly branch: string;
	readonly by: string;
	readonly reason: string;
	readonly message: string;
}

/** A live edit that became a commit. */
export interface AdoptEntry {
	readonly type: 'adopt';
	readonly id: string;
	readonly time: number;
	readonly application: string;
	readonly object: string;
	readonly paths: readonly string[];
	readonly commit: string;
	readonly branch: string;
	readonly by: string;
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
