import type {HealMode} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {Manifest, ManifestOrigin, ObjectKey, ObjectRef} from '../../model/object.ts';
import type {BlockedObject} from '../../model/plan.ts';

export type Scope = 'namespaced' | 'cluster' | 'unknown';

export interface DesiredInput {
	readonly application: string;
	readonly manifests: readonly Manifest[];
	/** Namespace of namespaced objects that name none; also the home of the inventory. */
	readonly defaultNamespace: string;
	/** What discovery knows. `unknown`: no such kind is served at present. */
	readonly scopeOf: (group: string, kind: string) => Scope;
	/** Versions served of a kind, when known; an object at another version is blocked with a clear sentence. */
	readonly versionsOf?: (group: string, kind: string) => readonly string[];
	/** Value of our `applyset.kubernetes.io/part-of` label. */
	readonly applySetId: string;
	/** Any collision-resistant hash of a text, printed; the engine does no hashing of its own. */
	readonly hash: (text: string) => string;
}

export interface DesiredResult {
	/** What is to be applied, in the order of the manifests. */
	readonly objects: readonly DesiredObject[];
	/** Objects that run at a moment of a sync instead of being held; they are in no plan. */
	readonly hooks: readonly DesiredObject[];
	/**
	 * Manifests that cannot even be named. While there is one, the worker must not delete anything: the object meant
	 * may be one of those that seem to have left Git.
	 */
	readonly problems: readonly Problem[];
	/** Objects that are named but cannot be written. They count as being in Git: they are never pruned. */
	readonly blocked: readonly BlockedObject[];
	/** What was understood but has no effect here. */
	readonly notices: readonly Problem[];
}

/** One object as it will be applied. */
export interface DesiredObject {
	readonly ref: ObjectRef;
	readonly key: ObjectKey;
	/**
	 * Canonical JSON of the body to apply, our part-of label included: text takes a fraction of the memory of a tree.
	 */
	readonly text: string;
	/** Hash of the normalised object without our label: equal hashes mean that Git says the same. */
	readonly desiredHash: string;
	readonly origin: ManifestOrigin;
	readonly options: ObjectOptions;
}

/** When a hook runs, in Argo CD's words. */
export type HookPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail' | 'PreDelete' | 'PostDelete';
export type HookDeletePolicy = 'HookSucceeded' | 'HookFailed' | 'BeforeHookCreation';

export interface HookOptions {
	/** Empty when no phase named is known: such a hook never runs. */
	readonly phases: readonly HookPhase[];
	readonly deletePolicies: readonly HookDeletePolicy[];
}

export type PruneRule = 'allowed' | 'disabled' | 'confirm';

/**
 * How an object is applied, in Flux's words. `override`: ours are ours, others' declarations are taken over. `merge`:
 * our fields only, nothing is taken over from tools before us. `if-not-present`: created once, then left alone.
 * `ignore`: never written.
 */
export type ApplyRule = 'override' | 'merge' | 'if-not-present' | 'ignore';

/**
 * What the object itself says about its treatment, through annotations and labels of Argo CD, Flux, Helm or holdfast.
 */
export interface ObjectOptions {
	/** Smaller waves are applied first; 0 unless it says otherwise. */
	readonly wave: number;
	readonly hook: HookOptions | null;
	/** What happens when the object leaves Git. */
	readonly prune: PruneRule;
	/** What happens when the whole application is deleted. */
	readonly deletion: PruneRule;
	readonly apply: ApplyRule;
	/** May be deleted and created anew when a field that cannot change must change. */
	readonly isForced: boolean;
	/** Whether fields that kubectl declared before us are taken over at the first apply. */
	readonly shouldTakeOver: boolean;
	/** Overrides the application's drift mode for this object; null: it says nothing. */
	readonly heal: HealMode | null;
}

/** Shared by every object that says nothing, which is most of them. */
export const defaultOptions: ObjectOptions = Object.freeze({
	wave: 0,
	hook: null,
	prune: 'allowed',
	deletion: 'allowed',
	apply: 'override',
	isForced: false,
	shouldTakeOver: true,
	heal: null,
});
