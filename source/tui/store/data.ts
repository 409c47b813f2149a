import type {Problem} from '../../model/errors.ts';
import type {JournalEntry} from '../../model/journal.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';

/** The conversation with the worker, not the worker's own with the cluster. */
export type LinkState =
	| {readonly type: 'connecting'}
	| {readonly type: 'live'}
	/** Since when, epoch milliseconds. What is on the screen is what was last heard. */
	| {readonly type: 'lost'; readonly since: number; readonly problem?: Problem};

/** What the worker said last. Everything on the screen that is not the reader's own doing comes from here. */
export interface MonitorData {
	readonly link: LinkState;
	readonly worker: WorkerStatus | null;
	/** By name. */
	readonly applications: ReadonlyMap<string, ApplicationStatus>;
	/** Newest first, bounded; a drift event stands once, as it was last told. */
	readonly journal: readonly JournalEntry[];
}

export const noData: MonitorData = {
	link: {type: 'connecting'},
	worker: null,
	applications: new Map(),
	journal: [],
};
