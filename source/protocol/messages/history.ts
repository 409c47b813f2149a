/** What was: the commits of an application in Git, and the journal. */
import {NotificationType, RequestType} from 'vscode-jsonrpc/node';
import type {CommitView, LoggedCommit} from '../../model/commit.ts';
import type {Problem} from '../../model/errors.ts';
import type {JournalEntry, JournalQuery} from '../../model/journal.ts';

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

export const LogRequest = new RequestType<LogParameters, LogAnswer, Problem>('log');
export const CommitRequest = new RequestType<{application: string; commit: string}, CommitView, Problem>('commit');
export const HistoryRequest = new RequestType<JournalQuery, readonly JournalEntry[], Problem>('history');

/** Every journal entry as it is written; drift events come again with the same id when their action changes. */
export const JournalNotification = new NotificationType<JournalEntry>('journal');
