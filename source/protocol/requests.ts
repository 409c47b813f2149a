import type {RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../model/errors.ts';
import {AdoptRequest} from './messages/adopt.ts';
import {DiffRequest} from './messages/diff.ts';
import {CommitRequest, HistoryRequest, LogRequest} from './messages/history.ts';
import {HoldRequest, ResumeRequest} from './messages/hold.ts';
import {EventsRequest, ObjectRequest, ResourcesRequest, TreeRequest, WorkerLogRequest} from './messages/inspect.ts';
import {RevertRequest} from './messages/revert.ts';
import {AttachRequest, RefreshRequest, SettledRequest, ShutdownRequest, SnapshotRequest} from './messages/state.ts';
import {EndSyncRequest, SyncRequest} from './messages/sync.ts';

/** Every request there is; server and client derive their methods from this table. */
export const requestTypes = {
	attach: AttachRequest,
	snapshot: SnapshotRequest,
	sync: SyncRequest,
	endSync: EndSyncRequest,
	hold: HoldRequest,
	resume: ResumeRequest,
	revert: RevertRequest,
	adopt: AdoptRequest,
	log: LogRequest,
	commit: CommitRequest,
	diff: DiffRequest,
	refresh: RefreshRequest,
	resources: ResourcesRequest,
	tree: TreeRequest,
	object: ObjectRequest,
	events: EventsRequest,
	workerLog: WorkerLogRequest,
	history: HistoryRequest,
	settled: SettledRequest,
	shutdown: ShutdownRequest,
} as const;

export type RequestName = keyof typeof requestTypes;
export const requestNames = Object.keys(requestTypes) as readonly RequestName[];

type Signature<Name extends RequestName> =
	(typeof requestTypes)[Name] extends RequestType<infer Parameters, infer Answer, Problem>
		? [Parameters, Answer]
		: never;
export type ParametersOf<Name extends RequestName> = Signature<Name>[0];
export type AnswerOf<Name extends RequestName> = Signature<Name>[1];
