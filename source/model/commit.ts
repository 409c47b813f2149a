import type {Problem} from './errors.ts';

export interface CommitInfo {
	readonly id: string;
	readonly author: string;
	readonly email: string;
	/** Epoch milliseconds. */
	readonly time: number;
	readonly subject: string;
	readonly parents: readonly string[];
}

/** Objects that a commit creates, changes and deletes in one application. */
export interface ObjectCounts {
	readonly created: number;
	readonly changed: number;
	readonly deleted: number;
}

/**
 * A commit that touches an application, as the Git log shows it.
 * - `live`: the cluster was synced to it last.
 * - `pending`: newer than the live one, not synced yet.
 * - `failed`: its render or its sync failed, and no later try succeeded.
 * - `past`: was live, or was passed over.
 */
export interface LoggedCommit extends CommitInfo {
	readonly state: 'live' | 'pending' | 'failed' | 'past';
	/** Why it failed, one sentence. */
	readonly failure?: string;
	/** Full ids: the commit that this one takes back, and the one that took this one back. */
	readonly reverts?: string;
	readonly revertedBy?: string;
	/** null: not known (it could not be rendered, or is too old to be worth it). */
	readonly objects: ObjectCounts | null;
}

/** What matters most about a logged commit, in one word. */
export type CommitMark = 'live' | 'failed' | 'reverted' | 'revert' | 'pending' | 'past';

export function markOf({state, reverts, revertedBy}: LoggedCommit): CommitMark {
	if (state === 'live' || state === 'failed') return state;
	if (revertedBy !== undefined) return 'reverted';
	if (state === 'pending') return 'pending';
	return reverts === undefined ? 'past' : 'revert';
}

export interface FileChange {
	readonly path: string;
	/** What it was called before, when it was renamed. */
	readonly from?: string;
	readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
	readonly additions: number;
	readonly deletions: number;
	readonly isBinary: boolean;
}

/** One commit whole: for the commit view, and before a revert. Text is safe to show and bounded; Secrets are masked. */
export interface CommitView {
	readonly info: CommitInfo;
	/** Without the subject. */
	readonly body: string;
	readonly files: readonly FileChange[];
	/** Unified diff. */
	readonly diff: string;
	readonly isTruncated: boolean;
	readonly problems: readonly Problem[];
}
