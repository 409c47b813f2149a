import type {SyncPolicy} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {ObjectKey, ObjectMetadata, ObjectRef} from '../../model/object.ts';
import type {BlockedObject, InventoryEntry, Plan, PlanStep} from '../../model/plan.ts';
import type {DesiredObject} from '../desired/types.ts';
import type {ObjectHold} from '../hold/coverage.ts';

/** What the worker knows of the live side of an object in Git. */
export type ObjectKnowledge =
	| {readonly type: 'missing'}
	| {readonly type: 'synced'; readonly uid: string}
	/** `reason`: `changed in Git`, `drifted`. */
	| {readonly type: 'changed'; readonly uid: string; readonly reason: string}
	/** Not compared yet: applying it settles the question, and costs nothing when it is the same. */
	| {readonly type: 'unknown'}
	/** Somebody else holds it; see engine/ownership. */
	| {readonly type: 'foreign'; readonly owner: string; readonly uid: string; readonly problem?: Problem};

/** The metadata of a live object that may be deleted. */
export type LiveHint = Pick<
	ObjectMetadata,
	'uid' | 'labels' | 'annotations' | 'ownerReferences' | 'deletionTimestamp'
> & {readonly uid: string};

export interface PlanInput {
	readonly application: string;
	readonly revision: string;
	readonly desired: readonly DesiredObject[];
	/** In Git, but run at moments of a sync instead of being held: never in the inventory, and never pruned. */
	readonly hooks: readonly DesiredObject[];
	/** The hooks are not those of the last sync that went well, or there was none: they are due also when nothing else is. */
	readonly haveHooksChanged: boolean;
	/** In Git, but not to be written; see makeDesired and checkGuards. */
	readonly blocked: readonly BlockedObject[];
	readonly state: (key: ObjectKey) => ObjectKnowledge;
	/**
	 * Asked for inventory entries that are not in Git any more. null: known to be gone. `unknown`: the cluster cannot
	 * be asked now, so it stays.
	 */
	readonly liveOf: (key: ObjectKey) => LiveHint | null | 'unknown';
	readonly inventory: readonly InventoryEntry[];
	readonly applySetId: string;
	/** Home of the inventory ConfigMap: this Namespace is never deleted with the record of what else is ours. */
	readonly inventoryNamespace: string;
	readonly isPruneAllowed: boolean;
	readonly policy: SyncPolicy;
	/** The application itself goes: an empty desired state is meant, and objects say by `deletion` whether they stay. */
	readonly isLeaving?: boolean;
	/** False when any document could not be rendered or named: then nothing is deleted. */
	readonly isRenderComplete: boolean;
	/** Token of a deletion list that a person approved. */
	readonly confirmation?: string;
	/** Only these objects are written; no hook runs and nothing is deleted. */
	readonly only?: ReadonlySet<ObjectKey>;
	/** The last wave is waited for too. */
	readonly waitsForHealth: boolean;
	/** The last sync to this state did not come to its end: what it still had to wait for is waited for now. */
	readonly isUnfinished?: boolean;
	/** What holds say of an object in Git; absent: nothing is held. */
	readonly holdOn?: (key: ObjectKey) => PlannedHold;
	/** Limits that hold for deletions too; see checkGuards. */
	readonly guard?: (ref: ObjectRef) => Problem | null;
	readonly hash: (text: string) => string;
}

export interface PlannedHold {
	readonly hold: ObjectHold;
	/** The live object differs from Git in nothing but what is held. */
	readonly isOnlyHeld: boolean;
	/** A person said to write it all the same. */
	readonly isOverridden: boolean;
}

/** A plan, and what only the worker needs of it. */
export interface SyncPlan extends Plan {
	readonly steps: readonly SyncStep[];
	/** Run when this sync fails, and not counted with the others. */
	readonly onFailure: readonly SyncStep[];
	/**
	 * To be dropped from the inventory: entries that are neither in Git nor in the cluster, and objects that are hooks by
	 * now.
	 */
	readonly gone: readonly ObjectKey[];
	/** Of selected objects only: the revision is not synced by it. */
	readonly isSelective: boolean;
}

export interface SyncStep extends PlanStep {
	/**
	 * What the next step waits for; empty unless `waitsForReady`. Of applied objects: established, active or healthy.
	 * Of deleted ones: gone. Between waves this names everything of the finished wave that has health, written or not.
	 */
	readonly awaits: readonly ObjectKey[];
	/** desiredHash of the hook behind each item, when the items are hooks. The plan carries no text: it is shown. */
	readonly hooks: readonly string[];
}
