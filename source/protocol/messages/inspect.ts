/** What a person looks at in detail. */
import {RequestType} from 'vscode-jsonrpc/node';
import type {OpenDrift} from '../../model/drift.ts';
import type {Problem} from '../../model/errors.ts';
import type {HeldObject} from '../../model/hold.ts';
import type {ObjectKey, ObjectRef} from '../../model/object.ts';
import type {Health, ResourceStatus, SyncStatus} from '../../model/status.ts';

/** A node of an application's resource tree: its objects, and what controllers made for them. */
export interface TreeNode {
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
	/** Key of the node it hangs below; null: an object of the application itself. */
	readonly parent: ObjectKey | null;
	readonly syncStatus: SyncStatus | null;
	readonly health: Health;
	readonly isHook: boolean;
	readonly requiresPruning: boolean;
	/** Epoch milliseconds of its creation; null: not known. */
	readonly createdAt: number | null;
	/** `1/3 ready`, `ImagePullBackOff`: the most telling few words. */
	readonly detail: string;
	readonly drift: OpenDrift | null;
	readonly problem?: Problem;
}

export interface ObjectDetails {
	/** YAML, redacted, without the server's bookkeeping; null: not there. */
	readonly live: string | null;
	readonly desired: string | null;
	/** Who owns which fields: printed paths by manager, with the time of the entry. */
	readonly managers: readonly {
		readonly manager: string;
		readonly operation: 'Apply' | 'Update';
		readonly subresource: string;
		readonly time: number | null;
		readonly paths: readonly string[];
	}[];
}

/** A Kubernetes Event about an object of the application or one below it. */
export interface ClusterEvent {
	readonly object: string;
	readonly namespace: string;
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly count: number;
	/** Epoch milliseconds. */
	readonly firstSeen: number;
	readonly lastSeen: number;
	readonly source: string;
}

export const ResourcesRequest = new RequestType<{application: string}, readonly ResourceStatus[], Problem>('resources');
export const TreeRequest = new RequestType<{application: string}, readonly TreeNode[], Problem>('tree');
export const ObjectRequest = new RequestType<{application: string; object: HeldObject}, ObjectDetails, Problem>(
	'object',
);
export const EventsRequest = new RequestType<{application: string}, readonly ClusterEvent[], Problem>('events');
/** The newest lines of the worker's log about one application (empty: all), oldest first, as JSON lines. */
export const WorkerLogRequest = new RequestType<{application: string; limit: number}, readonly string[], Problem>(
	'workerLog',
);
