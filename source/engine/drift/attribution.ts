import type {Confidence, FieldChange} from '../../model/drift.ts';
import {boundedText} from '../../model/text.ts';
import type {Entry} from '../fields/entries.ts';
import {holdOf} from '../fields/entries.ts';
import {actorOf, isCollective} from './managers.ts';

/** What is known of when: epoch milliseconds. */
export interface Window {
	/** When the change was noticed. */
	readonly seenAt: number;
	/** The last time the object was known to be as we left it. */
	readonly notBefore: number;
	/** Name of the HorizontalPodAutoscaler known to target the object. */
	readonly autoscaledBy?: string | undefined;
}

export type Attribution = Pick<
	FieldChange,
	'manager' | 'operation' | 'subresource' | 'actor' | 'notBefore' | 'notAfter' | 'confidence' | 'evidence'
>;

/** The API server does not say who did it; it happened in this window. */
export function unattributed(window: Window, evidence: 'none' | 'watch' = 'none'): Attribution {
	return {manager: 'unknown', ...span(window, ''), confidence: 'unknown', evidence};
}

/** An entry of managedFields names the writer. `confidence` is what the caller can say of the entry being the right one. */
export function attributedTo(entry: Entry, window: Window, confidence: Confidence): Attribution {
	const actor = actorOf(entry, {autoscaledBy: window.autoscaledBy});
	const known: Confidence = isCollective(entry) ? 'unknown' : confidence;
	return {
		manager: boundedText(entry.manager, managerLimit),
		operation: entry.operation,
		...(entry.subresource ? {subresource: boundedText(entry.subresource, managerLimit)} : {}),
		...(actor ? {actor: boundedText(actor.name, managerLimit * 2)} : {}),
		...span(window, entry.time),
		confidence: actor?.isInferred && known === 'exact' ? 'likely' : known,
		evidence: 'managedFields',
	};
}

/** The API server allows 128 bytes. */
const managerLimit = 128;

/** Entry times are whole seconds, cut off. */
const timeResolutionMilliseconds = 999;

/**
 * An entry's time is that of its last change, so the change in question was not later. Clocks differ: the window never
 * ends before it begins, nor after it was noticed.
 */
function span({seenAt, notBefore}: Window, entryTime: string): Pick<FieldChange, 'notBefore' | 'notAfter'> {
	const begin = Math.min(notBefore, seenAt);
	const time = entryTime === '' ? Number.NaN : Date.parse(entryTime);
	const end = Number.isNaN(time) ? seenAt : Math.min(seenAt, time + timeResolutionMilliseconds);
	return {notBefore: begin, notAfter: Math.max(begin, end)};
}

/** An entry that holds a path, and how. */
export interface Claim {
	readonly entry: Entry;
	readonly isAround: boolean;
}

/**
 * Who holds a path now, the most likely last writer first: whoever holds it anew before whoever held it already, then by
 * time. An entry without a time (scale) counts as new as any. Those that only own something larger come last.
 */
export function claimsOn(
	elements: readonly string[],
	entries: readonly Entry[],
	heldBefore: (entry: Entry) => boolean,
): Claim[] {
	const claims: (Claim & {isNew: boolean})[] = [];
	for (const entry of entries) {
		const hold = holdOf(entry.fields, elements);
		if (hold) claims.push({entry, isAround: hold === 'around', isNew: !heldBefore(entry)});
	}
	return claims.sort(
		(left, right) =>
			Number(left.isAround) - Number(right.isAround) ||
			Number(right.isNew) - Number(left.isNew) ||
			compareTimes(right.entry.time, left.entry.time),
	);
}

/** Several may hold a path because they applied the same value: then the newest is only likely the one. */
export function confidenceOf(claims: readonly Claim[]): Confidence {
	const [first] = claims;
	if (!first) return 'unknown';
	return first.isAround || claims.filter(claim => !claim.isAround).length > 1 ? 'likely' : 'exact';
}

function compareTimes(left: string, right: string): number {
	if (left === right) return 0;
	if (left === '') return 1;
	if (right === '') return -1;
	return left < right ? -1 : 1;
}
