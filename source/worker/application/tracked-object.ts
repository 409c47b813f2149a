import type {DesiredObject} from '../../engine/desired/types.ts';
import {heldBackHash} from '../../engine/hold/held-body.ts';
import type {Fingerprint, OpenDrift} from '../../model/drift.ts';
import type {Problem} from '../../model/errors.ts';
import type {KubernetesObject, ObjectKey, ObjectRef} from '../../model/object.ts';
import type {Health} from '../../model/status.ts';

/** What the worker knows of one object of an application. Thousands of these live for weeks: keep them small. */
export interface TrackedObject {
	readonly key: ObjectKey;
	ref: ObjectRef;
	/** null: no longer in Git, only in the inventory. */
	desired: DesiredObject | null;
	/** What it was right after our last apply; null until we know. */
	fingerprint: Fingerprint | null;
	/** `unknown` until a list, a get or an apply told. */
	presence: 'unknown' | 'present' | 'missing' | 'terminating';
	/** uid of the live object; empty while unknown. */
	uid: string;
	health: Health;
	firstSeenAt: number;
	/** Last moment at which the object was known to be as we left it, epoch milliseconds. */
	knownGoodAt: number;
	drift: OpenDrift | null;
	/** desiredHash that a drift was established against where there is no fingerprint to tell. */
	driftedHash: string | null;
	/** Its health is looked at again after a growing while; one timer at most. */
	recheck: NodeJS.Timeout | null;
	/** Why it could not be compared or written, the last time. */
	problem: Problem | null;
	/** Somebody else's object: never written. */
	foreignOwner: string | null;
	/** Held by whoever reads or writes the object just now; null when nobody does. See exclusively(). */
	turn: Promise<void> | null;
	/** The newest watch event that came meanwhile: judged before our own write's answer it would look foreign. */
	waiting: WaitingEvent | null;
	/** Newest resourceVersion seen. */
	resourceVersion: string;
}

export interface WaitingEvent {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: KubernetesObject;
	readonly view: 'metadata' | 'object';
}

export function trackObject(ref: ObjectRef, key: ObjectKey, now: number): TrackedObject {
	return {
		key,
		ref,
		desired: null,
		fingerprint: null,
		presence: 'unknown',
		uid: '',
		health: {status: 'Unknown'},
		firstSeenAt: now,
		knownGoodAt: 0,
		drift: null,
		driftedHash: null,
		recheck: null,
		problem: null,
		foreignOwner: null,
		turn: null,
		waiting: null,
		resourceVersion: '',
	};
}

/** Whether Git says something else than what the object was last held to: then it waits for a sync, not for a heal. */
export function isPending(tracked: TrackedObject): boolean {
	const {desired, fingerprint, driftedHash} = tracked;
	const known = fingerprint?.desiredHash ?? driftedHash;
	return known !== desired?.desiredHash && !(desired && known === heldBackHash(desired.desiredHash));
}
