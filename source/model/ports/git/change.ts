import type {CommitInfo} from '../../commit.ts';
import type {CommitChanges} from './history.ts';
import type {GitTree} from './tree.ts';

export interface CommitAuthor {
	/** Who asked: used when git has no `user.name` and `user.email` for this repository: `ana@bastion-1`. */
	readonly fallback: string;
}

export interface RevertRequest {
	/** The tracked branch, without `refs/heads/`. */
	readonly branch: string;
	/** `COMMIT` or `OLD..NEW` as git reads it. */
	readonly commits: string;
	/** Parent number that a merge is taken back to. */
	readonly mainline?: number;
	/** `Holdfast-Application: shop`, one a line, after the message. */
	readonly trailers: readonly string[];
	readonly author: CommitAuthor;
	readonly signal?: AbortSignal;
}

export interface ChangeRequest {
	readonly branch: string;
	/**
	 * Whole new contents; null deletes. `replaces` is the object id of the content that the change was made from (null: there
	 * was no such file): where somebody changed the file meanwhile it is refused with ChangedMeanwhile.
	 */
	readonly files: readonly {
		readonly path: string;
		readonly content: string | null;
		readonly replaces: string | null;
	}[];
	readonly message: string;
	readonly author: CommitAuthor;
	readonly signal?: AbortSignal;
}

/** A commit that exists only here, in a temporary work tree, until it is pushed or discarded. */
export interface PreparedCommit {
	readonly commit: string;
	/** The tip of the branch that it stands on. */
	readonly parent: string;
	/** Reverted commits, newest first; empty for a change. */
	readonly reverted: readonly CommitInfo[];
	readonly changes: CommitChanges;
	readonly isSigned: boolean;
	tree(): Promise<GitTree>;
	/**
	 * Pushes to the branch, or to one of its own. When the tracked branch moved meanwhile it is fetched again, the
	 * commit made anew on top and pushed once more; before that `approve` is asked, and the properties here describe the
	 * commit as it is then. What `approve` throws ends it. Codes: PushRejected (moved again, or the other branch exists
	 * already), PushForbidden (the remote does not take it: its words are in the message), and those of pull.
	 */
	push(
		branch: string,
		options?: {readonly approve?: () => Promise<void>},
	): Promise<{readonly commit: string; readonly branch: string; readonly remoteMessage: string}>;
	/** Removes everything temporary. Idempotent; nothing is left behind in the mirror's references either. */
	discard(): Promise<void>;
}
