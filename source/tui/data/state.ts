import type {Problem} from '../../model/errors.ts';
import type {JournalEntry} from '../../model/journal.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import type {LogAnswer} from '../../protocol/messages/history.ts';
import type {ClusterEvent, TreeNode} from '../../protocol/messages/inspect.ts';
import type {Absence} from './absence.ts';

/** Whether the worker answers. While it does not, everything below stays as it was last said, and is shown as old. */
export type Link =
	| {readonly type: 'connecting'}
	| {readonly type: 'live'; readonly since: number}
	| {
			readonly type: 'lost';
			/** Epoch milliseconds: since when nothing was heard. */
			readonly since: number;
			readonly problem: Problem;
			readonly nextTryAt: number;
	  };

/** Something that is asked for when somebody looks at it. What was there stays while newer is on its way. */
export interface Fetched<Value> {
	readonly value: Value | null;
	/** Epoch milliseconds when the value came. */
	readonly at: number | null;
	readonly isLoading: boolean;
	/** Why the last try failed; the value is then older than that. */
	readonly problem: Problem | null;
}

export const nothingFetched: Fetched<never> = {value: null, at: null, isLoading: false, problem: null};

/** What is known of the selected application beyond its status. */
export interface ApplicationDetails {
	readonly application: string;
	readonly tree: Fetched<readonly TreeNode[]>;
	readonly log: Fetched<LogAnswer>;
	readonly events: Fetched<readonly ClusterEvent[]>;
	readonly workerLog: Fetched<readonly string[]>;
}

export type DetailName = Exclude<keyof ApplicationDetails, 'application'>;

/** Everything the screen draws from. Replaced as a whole; parts that did not change keep their identity. */
export interface ScreenData {
	readonly link: Link;
	/** null until the worker was heard for the first time. */
	readonly worker: WorkerStatus | null;
	readonly applications: ReadonlyMap<string, ApplicationStatus>;
	/** Bounded, newest first; a drift stands once, as it was last told. */
	readonly journal: readonly JournalEntry[];
	/** Whether the history before the attaching has been read. */
	readonly isHistoryLoaded: boolean;
	readonly details: ApplicationDetails | null;
	/** What happened while nobody was here; null: nothing, or it was read. */
	readonly absence: Absence | null;
}

export const initialData: ScreenData = {
	link: {type: 'connecting'},
	worker: null,
	applications: new Map(),
	journal: [],
	isHistoryLoaded: false,
	details: null,
	absence: null,
};

export function detailsOf(application: string): ApplicationDetails {
	return {
		application,
		tree: nothingFetched,
		log: nothingFetched,
		events: nothingFetched,
		workerLog: nothingFetched,
	};
}
