/** The narrow interface between the worker and Git, which `git/` implements. Methods reject with HoldfastError. */
import type {TargetRevision} from '../../application.ts';
import type {CommitInfo} from '../../commit.ts';
import type {ChangeRequest, PreparedCommit, RevertRequest} from './change.ts';
import type {CommitChanges, HistoryCommit} from './history.ts';
import type {GitTree} from './tree.ts';

/** One bare mirror of one repository, shared by its applications. */
export interface GitRepository {
	/** Without credentials: for people, not for looking the repository up. */
	readonly url: string;
	readonly counters: {readonly lists: number; readonly fetches: number; readonly repairs: number};
	/**
	 * Asks the remote where the target points (`ls-remote`) and fetches only what moved. Concurrent calls share one
	 * ls-remote, and an answer serves others for about a second unless they want a fresh one. Codes: RemoteUnreachable, AuthenticationFailed, RevisionNotFound, EmptyRepository, GitFailed.
	 */
	pull(target: TargetRevision, options?: {signal?: AbortSignal; isFresh?: boolean}): Promise<PullResult>;
	/** What the mirror already knows of the target, without asking anyone; null when it was never pulled. */
	resolve(target: TargetRevision): Promise<PullResult | null>;
	/** The index of a commit: read once per commit, cached for the newest few. */
	tree(commit: string): Promise<GitTree>;
	commit(id: string): Promise<CommitInfo>;
	/**
	 * Commits that touch any of the paths (files or folders, `` is everything), newest first, from `from` backwards;
	 * merges with their first parent only. At most `limit`.
	 */
	log(options: {from: string; paths: readonly string[]; limit: number; signal?: AbortSignal}): Promise<HistoryCommit[]>;
	/** Files and unified diff of a commit against its first parent, bounded; text is raw. */
	show(commit: string): Promise<CommitChanges>;
	/** Whether `ancestor` is `commit` or one of its ancestors. */
	isAncestor(ancestor: string, commit: string): Promise<boolean>;
	/**
	 * Makes the commit that takes others back, by a real `git revert` in a temporary work tree, on the newest tip of the
	 * branch. Nothing is pushed. Codes: RevertConflict, RevertEmpty, RevertMerge, RevertRoot, CommitNotOnBranch,
	 * CommitNotFound, CommitAmbiguous, RevertTooLarge, SigningFailed, and those of pull.
	 */
	prepareRevert(request: RevertRequest): Promise<PreparedCommit>;
	/**
	 * Makes a commit that writes these files, on the newest tip of the branch. Nothing is pushed. Codes: NothingToChange,
	 * ChangedMeanwhile, UnsafePath, SigningFailed, and those of pull.
	 */
	prepareChange(request: ChangeRequest): Promise<PreparedCommit>;
	/** Closes child processes. The mirror on disk stays. */
	close(): Promise<void>;
}

export interface PullResult {
	readonly commit: string;
	/** The ref it came from, e.g. `refs/heads/main`, `refs/tags/v1.2.3`; empty for a fixed commit. */
	readonly ref: string;
	/** True when the branch was rewritten: the former commit is not an ancestor of this one. */
	readonly isForced: boolean;
	readonly hasMoved: boolean;
}
