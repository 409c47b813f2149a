import type {Problem} from './errors.ts';
import type {ObjectKey, ObjectRef} from './object.ts';

/**
 * What a sync will do, before it does it. The same object is what `diff` prints, what a dialog previews and what the
 * worker executes.
 */
export interface Plan {
	readonly application: string;
	readonly revision: string;
	readonly steps: readonly PlanStep[];
	readonly counts: {
		readonly create: number;
		readonly change: number;
		readonly delete: number;
		/** Hooks that run when all goes well; those of SyncFail are not counted. */
		readonly hooks: number;
		readonly unchanged: number;
		readonly blocked: number;
	};
	/** Objects that cannot be written, each with its reason; the others go on. */
	readonly blocked: readonly BlockedObject[];
	/** Objects no longer in Git that stay, each with its reason (`Prune=false`, protected kind, prune is off). */
	readonly kept: readonly BlockedObject[];
	readonly deletion: DeletionVerdict;
	/** What this plan leaves alone, or would overwrite, because somebody holds it. */
	readonly held: readonly HeldItem[];
}

/** One object that a hold is about, and what the plan does with it. */
export interface HeldItem {
	readonly ref: ObjectRef;
	/** Printed paths; empty: the whole object. */
	readonly paths: readonly string[];
	readonly holdId: string;
	/** `left`: not written. `overwritten`: a person asked for it with override-hold. */
	readonly outcome: 'left' | 'overwritten';
}

/** When a step runs, in Argo CD's words. `Delete`: pruning. */
export type PlanPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail' | 'PreDelete' | 'Delete' | 'PostDelete';

/** Items of one step run in parallel; steps run one after the other. */
export interface PlanStep {
	/** For people: `cluster definitions`, `wave 0: ConfigMap, Secret`, `PreSync hooks: Job`. */
	readonly title: string;
	readonly phase: PlanPhase;
	readonly wave: number;
	/** Whether the next step needs these to be ready (CRDs, namespaces). */
	readonly waitsForReady: boolean;
	readonly items: readonly PlanItem[];
}

export interface PlanItem {
	/** `hook`: run at this moment of the sync, and waited for. */
	readonly action: 'create' | 'change' | 'delete' | 'hook';
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
	/** Why: `new in Git`, `changed in Git`, `drifted`, `not in Git any more`. */
	readonly reason: string;
	/** uid that a deletion or a heal is bound to. */
	readonly uid?: string;
	/** Printed paths that this write leaves alone, because they are held. */
	readonly leave?: readonly string[];
	/** Other managers whose fields would be taken over, when known at plan time. */
	readonly takeOver?: readonly {readonly path: string; readonly manager: string}[];
}

export interface BlockedObject {
	readonly ref: ObjectRef;
	readonly problem: Problem;
	/** Present and true: a hook. Nothing is synced without it. */
	readonly isHook?: boolean;
}

/** Deletion is allowed, needs a person's word for exactly this list, or is refused. */
export type DeletionVerdict =
	| {readonly type: 'none'}
	| {readonly type: 'allowed'; readonly count: number}
	| {
			readonly type: 'needs-confirmation';
			readonly count: number;
			readonly reason: string;
			/** Approves exactly this list; another list has another token. */
			readonly token: string;
			/** Printed names of what would be deleted, sorted. */
			readonly objects: readonly string[];
	  }
	| {readonly type: 'refused'; readonly reason: string};

/** One object of the inventory: the right to delete rests on this, never on a label alone (kro #1153). */
export interface InventoryEntry {
	readonly ref: ObjectRef;
	/** Empty until the first apply answered: written ahead, so that a crash cannot orphan the object. */
	readonly uid: string;
}
