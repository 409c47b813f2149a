import type {ObjectKey} from './object.ts';

/**
 * What happened to a field or an object of ours (engines.md f.6).
 * - `modified`: another manager took the path over with a value of its own.
 * - `removed`: the value is gone and nobody owns it; Kubernetes does not record who did it.
 * - `reset`: nobody owns it any more but it has a value: a default came back, or a webhook rewrote it.
 * - `deleted` / `recreated`: the object itself.
 * - `foreign-addition`: others added something inside a map or list of ours; server-side apply does not undo it.
 * - `metadata-stripped`: managedFields were wiped; ownership must be restored.
 * - `imposter`: somebody wrote under our own field manager's name.
 */
export type DriftClass =
	| 'modified'
	| 'removed'
	| 'reset'
	| 'deleted'
	| 'recreated'
	| 'foreign-addition'
	| 'metadata-stripped'
	| 'imposter';

/** `exact`: the cluster says so; `likely`: inferred from what it says; `unknown`: it does not say. */
export type Confidence = 'exact' | 'likely' | 'unknown';

/** What the attribution rests on. */
export type Evidence = 'managedFields' | 'conflict' | 'watch' | 'audit' | 'event' | 'none';

/** One changed field with what can honestly be said of who, and when. Values are printed, bounded and redacted. */
export interface FieldChange {
	/** `spec.template.spec.containers[name="web"].image`; empty for the object itself. */
	readonly path: string;
	readonly class: DriftClass;
	/** Printed value; null when there was none; undefined when it is not known. */
	readonly was?: string | null;
	readonly now?: string | null;
	/** Field manager as recorded: a claim, not an identity. `unknown` when the cluster does not say. */
	readonly manager: string;
	readonly operation?: 'Apply' | 'Update';
	readonly subresource?: string;
	/** A reader's name for a known actor behind the manager, e.g. `HorizontalPodAutoscaler/web`. */
	readonly actor?: string;
	/** The change happened between these two, epoch milliseconds. */
	readonly notBefore: number;
	readonly notAfter: number;
	readonly confidence: Confidence;
	readonly evidence: Evidence;
}

/** What holdfast did about it. */
export type DriftAction =
	| 'healed'
	| 'healing'
	| 'reported'
	| 'asked'
	| 'ignored'
	| 'contested'
	| 'backing-off'
	| 'held'
	| 'failed';

/** One drift event: one object, one moment, one or more fields. */
export interface DriftEvent {
	readonly id: string;
	/** Epoch milliseconds when the worker saw it. */
	readonly time: number;
	readonly application: string;
	/** `Deployment/checkout`. */
	readonly object: string;
	readonly key: ObjectKey;
	readonly namespace: string;
	readonly type: DriftClass;
	readonly fields: readonly FieldChange[];
	readonly action: DriftAction;
	/** Why this action, for a person: `mode is observe`, `contested with kube-controller-manager, next try 30 s`. */
	readonly reason?: string;
	/** Milliseconds from seeing it to having healed it. */
	readonly duration?: number;
	/** The commit the application was held to. */
	readonly revision: string | null;
}

/** A drift that stands now, as shown with the application. */
export interface OpenDrift {
	readonly eventId: string;
	readonly object: string;
	readonly namespace: string;
	readonly type: DriftClass;
	readonly fields: readonly FieldChange[];
	readonly action: DriftAction;
	readonly since: number;
}

/**
 * What an object was right after our last apply, taken from the PATCH response (engines.md f.6). It needs no schema and
 * absorbs defaulting, quantity rewriting and webhooks, because it records what the server made of our request.
 */
export interface Fingerprint {
	readonly uid: string;
	readonly resourceVersion: string;
	readonly generation: number;
	/** Epoch milliseconds of the response. */
	readonly appliedAt: number;
	readonly manager: string;
	readonly apiVersion: string;
	/** `time` of our Apply entry, as recorded (one second); empty when absent. */
	readonly entryTime: string;
	/** Canonical JSON of our Apply entry's FieldsV1. Interned by the keeper: many objects share one. */
	readonly owned: string;
	/** Hashes of every leaf we own, 8 bytes each as base64url (11 characters), joined in canonical leaf order. */
	readonly leafHashes: string;
	/** Hash of the normalised desired object this came from. */
	readonly desiredHash: string;
	/** Other managers' entries that are not status, as they were. */
	readonly others: readonly OtherManager[];
}

export interface OtherManager {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource: string;
	readonly apiVersion: string;
	readonly time: string;
	/** Canonical JSON of its FieldsV1. */
	readonly fields: string;
}
