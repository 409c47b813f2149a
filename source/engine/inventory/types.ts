import type {Application} from '../../model/application.ts';
import type {Hold} from '../../model/hold.ts';
import type {ObjectRef} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';

/** An application declared by another one's render: remembered with its declaration, to find what it left when it goes. */
export interface ChildRecord {
	/** The document that declares it. */
	readonly ref: ObjectRef;
	/** Of the document as it was declared last. */
	readonly desiredHash: string;
	/** Whether its objects go when it goes (Argo CD's resources finalizer, Flux's prune). */
	readonly cascades: boolean;
	readonly application: Application;
}

/**
 * Who declared an application, as the application's own inventory has it. Only that parent may let it go with its objects:
 * whoever writes the parent's inventory could name any application there.
 */
export interface ParentRecord {
	/** uid of the cluster that the parent lives in: another one may have a parent of the same name. */
	readonly cluster: string;
	readonly namespace: string;
	readonly name: string;
	/** Names the declaration, the same on every machine. */
	readonly declaration: string;
}

/** That an application is being deleted with everything it made, and how far that came. */
export interface LeavingRecord {
	/** Deletion hooks that succeeded, each with its phase, and phases that are over: they are not run again. */
	readonly hooksRun: readonly string[];
}

/** What outlives a process: which objects are ours, under which field manager, and what was synced last. */
export interface InventoryRecord {
	readonly application: string;
	/** Home of the ConfigMap: the application's destination namespace. */
	readonly namespace: string;
	/** From applySetId; as read it is empty when somebody stripped the label. */
	readonly applySetId: string;
	/** Field manager of this installation, with its random suffix: every worker uses the one recorded here. */
	readonly fieldManager: string;
	readonly entries: readonly InventoryEntry[];
	/** Pauses of healing, also such as have ended and were not cleared away yet. */
	readonly holds: readonly Hold[];
	/** Applications that the render of this one declares. */
	readonly children: readonly ChildRecord[];
	/** Who declares this one; null: the configuration does, or nobody ever said. */
	readonly parent: ParentRecord | null;
	/** null: it stays. */
	readonly leaving: LeavingRecord | null;
	/** Names the set of hooks that ran in the last sync that went well; null: none did, or one is under way. */
	readonly hooks: string | null;
	readonly syncedRevision: string | null;
	/** Epoch milliseconds. */
	readonly syncedAt: number | null;
	readonly source: {readonly repoURL: string; readonly path: string};
	/** Data keys that this version does not know: written back as they were. */
	readonly extraData: Readonly<Record<string, string>>;
	/** Labels and annotations that others put on the ConfigMap: written back as they were. */
	readonly extraLabels: Readonly<Record<string, string>>;
	readonly extraAnnotations: Readonly<Record<string, string>>;
	/** Of the ConfigMap as it was read: replacing it is refused when somebody was faster. Absent: not created yet. */
	readonly resourceVersion?: string;
	readonly uid?: string;
}
