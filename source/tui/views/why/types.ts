import type {LoggedCommit} from '../../../model/commit.ts';
import type {JournalEntry} from '../../../model/journal.ts';
import type {ApplicationStatus, WorkerStatus} from '../../../model/status.ts';
import type {ClusterEvent, TreeNode} from '../../../protocol/messages/inspect.ts';
import type {Link} from '../../data/state.ts';
import type {Jump} from '../../present/jump.ts';

/** Everything the question "why?" is answered from. What was not asked for yet is empty: it only makes the answer shorter. */
export interface Evidence {
	readonly application: ApplicationStatus;
	readonly applications: ReadonlyMap<string, ApplicationStatus>;
	readonly tree: readonly TreeNode[];
	/** Newest first. */
	readonly commits: readonly LoggedCommit[];
	readonly events: readonly ClusterEvent[];
	/** Newest first. */
	readonly journal: readonly JournalEntry[];
	readonly worker: WorkerStatus | null;
	readonly link: Link;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** One piece of evidence: a sentence, and where it can be seen. */
export interface Finding {
	/** Names the kind of trouble; the actions are chosen by it. */
	readonly code: FindingCode;
	readonly text: string;
	readonly jump: Jump | null;
}

/** Worst first: what makes everything else doubtful, then what stops the work, then what is broken, then what waits. */
export const findingCodes = [
	'WorkerLost',
	'ClusterUnreachable',
	'SourceError',
	'RenderError',
	'ComparisonError',
	'GuardViolation',
	'OwnedByOther',
	'DeletionBlocked',
	'SyncFailed',
	'AwaitingConfirmation',
	'ImagePull',
	'CrashLoop',
	'PodTrouble',
	'ObjectTrouble',
	'ObjectMissing',
	'Contested',
	'Drift',
	'Syncing',
	'Held',
	'RevertInFlight',
	'Suspended',
	'SyncWindow',
	'DependencyNotReady',
	'WorkerObserves',
	'NotAutomated',
	'Pending',
	'ToPrune',
	'Progressing',
	'OtherCondition',
	'AllWell',
	'LiveCommit',
	'CommitBefore',
	'Healing',
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** What can be done about it. The key is looked up in the command table, so that a remapped one is named right. */
export interface NextAction {
	/** Id in the command table, or a command line for another terminal. */
	readonly command: string;
	readonly text: string;
	/** Where it leads, instead of running the command. */
	readonly jump?: Jump;
}

export interface Why {
	readonly title: string;
	readonly findings: readonly Finding[];
	readonly actions: readonly NextAction[];
}
