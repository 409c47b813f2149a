/** Which failures are worth another try, as a table, and how long to wait before it. */
import {NetworkFailure} from './network-failures.ts';
import type {ApiStatus} from './status.ts';

/**
 * `repeatable`: reads, applies, deletes with a uid: doing it twice is doing it once. `once`: creates and JSON patches: only
 * when the first try surely did nothing.
 */
export type Safety = 'repeatable' | 'once';

type FailureType =
	| 'not-sent'
	| 'lost'
	| 'timeout'
	| 'overloaded'
	| 'unavailable'
	| 'unavailable-says-when'
	| 'gateway'
	| 'storage'
	| 'final';

const retried: Readonly<Record<FailureType, Readonly<Record<Safety, boolean>>>> = {
	'not-sent': {repeatable: true, once: true},
	lost: {repeatable: true, once: false},
	timeout: {repeatable: true, once: false},
	// Flow control rejects before anything happens (KEP-1040).
	overloaded: {repeatable: true, once: true},
	unavailable: {repeatable: true, once: false},
	// With Retry-After the server says that it did nothing; client-go reads it so.
	'unavailable-says-when': {repeatable: true, once: true},
	gateway: {repeatable: true, once: false},
	storage: {repeatable: true, once: false},
	final: {repeatable: false, once: false},
};

export const mostTries = 4;
/** A server that asks for more is not waited for inside one request. */
const longestRetryAfterMilliseconds = 10_000;
const growth = 3;

/** @param code of the table in error-rules.ts, for answers. */
export function isRetryable(
	failure: NetworkFailure | {answer: ApiStatus; code: string; retryAfterMilliseconds: number | null},
	safety: Safety,
): boolean {
	return retried[typeOf(failure)][safety];
}

function typeOf(
	failure: NetworkFailure | {answer: ApiStatus; code: string; retryAfterMilliseconds: number | null},
): FailureType {
	if (failure instanceof NetworkFailure) {
		const {type} = failure;
		return type === 'not-sent' || type === 'lost' || type === 'timeout' ? type : 'final';
	}
	const saysWhen = failure.retryAfterMilliseconds !== null;
	switch (failure.answer.status) {
		case 429:
			return 'overloaded';
		case 503:
			return saysWhen ? 'unavailable-says-when' : 'unavailable';
		case 502:
		case 504:
			return saysWhen && failure.answer.isStatus ? 'unavailable-says-when' : 'gateway';
		case 500:
			if (failure.code === 'StorageUnavailable') return 'storage';
			return saysWhen ? 'unavailable-says-when' : 'final';
		default:
			return 'final';
	}
}

/** Retry-After in seconds or as a date (RFC 9110), else the Status' own; null when the server says nothing. */
export function readRetryAfter(header: string, status: ApiStatus, now: number): number | null {
	if (/^\d+$/.test(header)) return Number(header) * 1_000;
	const date = header ? Date.parse(header) : Number.NaN;
	if (!Number.isNaN(date)) return Math.max(0, date - now);
	return status.retryAfterSeconds === null ? null : status.retryAfterSeconds * 1_000;
}

export interface Wait {
	/** 1 after the first try. */
	readonly tries: number;
	readonly firstMilliseconds: number;
	readonly retryAfterMilliseconds: number | null;
	/** 0 to 1: jitter, so that all who failed together do not come back together. */
	readonly random: number;
}

/** How long to wait before the next try; null when the server asks for longer than we wait. */
export function waitBeforeRetry(wait: Wait): number | null {
	const backoff = wait.firstMilliseconds * growth ** (wait.tries - 1) * (0.5 + wait.random);
	if (wait.retryAfterMilliseconds === null) return backoff;
	if (wait.retryAfterMilliseconds > longestRetryAfterMilliseconds) return null;
	// Spread behind the moment named, never before it.
	return wait.retryAfterMilliseconds + wait.random * Math.min(backoff, 500);
}
