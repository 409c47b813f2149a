import type {CommitInfo, FileChange} from '../../commit.ts';

export interface HistoryCommit extends CommitInfo {
	readonly body: string;
}

export interface CommitChanges {
	readonly info: HistoryCommit;
	readonly files: readonly FileChange[];
	/** A file's part of the unified diff, in the order of `files`; binary files have none. */
	readonly diffs: readonly string[];
	readonly isTruncated: boolean;
}
