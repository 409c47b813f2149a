import type {ObjectKey} from '../../model/object.ts';

/**
 * How often each path was put back lately. A flip is one full turn: it was ours, somebody changed it, we put it back.
 * Pure data; every change gives a new history. Quiet for ten minutes, and a path's past is forgotten.
 */
export type FlipHistory = ReadonlyMap<string, Flips>;

export interface Flips {
	/** Since the path was last quiet. */
	readonly count: number;
	/** Epoch milliseconds of the newest. */
	readonly last: number;
	/** Those within the last ten minutes, oldest first; at most {@link contestedFlips}. */
	readonly recent: readonly number[];
	/** Once contested, contested until it is quiet. */
	readonly isContested: boolean;
}

export const emptyFlipHistory: FlipHistory = new Map();

/** How long a path must be left alone until its past no longer counts. */
export const quietMilliseconds = 10 * 60_000;

/** So many flips within ten minutes make a fight. */
export const contestedFlips = 3;

/** Waits before a path is put back again, after its first, second, third … flip. The last one stays. */
export const backOffMilliseconds: readonly number[] = [1_000, 5_000, 30_000, 120_000, 300_000];

/** Notes that a path was put back. `path` is empty for the object itself. */
export function recordFlip(history: FlipHistory, key: ObjectKey, path: string, at: number): FlipHistory {
	const former = flipsOf(history, key, path, at);
	const recent = [...(former?.recent ?? []).filter(time => at - time < quietMilliseconds), at].slice(-contestedFlips);
	const flips: Flips = {
		count: (former?.count ?? 0) + 1,
		last: at,
		recent,
		isContested: (former?.isContested ?? false) || recent.length >= contestedFlips,
	};
	return new Map(history).set(entryKey(key, path), flips);
}

/** The flips of one path that still count; null when there are none. */
export function flipsOf(history: FlipHistory, key: ObjectKey, path: string, now: number): Flips | null {
	const flips = history.get(entryKey(key, path));
	return flips && isAlive(flips, now) ? flips : null;
}

/** Without what has been quiet for long enough. Gives back the same history when nothing was. */
export function expire(history: FlipHistory, now: number): FlipHistory {
	const alive = [...history].filter(([, flips]) => isAlive(flips, now));
	return alive.length === history.size ? history : new Map(alive);
}

/** Epoch milliseconds before which the path is not put back again; undefined: at once. */
export function backOffUntil(flips: Flips | null): number | undefined {
	if (!flips) return undefined;
	return flips.last + backOffMilliseconds[Math.min(flips.count, backOffMilliseconds.length) - 1]!;
}

/** Whether the drift at hand is, counting itself, one flip too many. */
export function isFight(flips: Flips | null, now: number): boolean {
	if (!flips) return false;
	return flips.isContested || flips.recent.filter(time => now - time < quietMilliseconds).length + 1 >= contestedFlips;
}

function isAlive(flips: Flips, now: number): boolean {
	return now - flips.last < quietMilliseconds;
}

function entryKey(key: ObjectKey, path: string): string {
	return `${key}\n${path}`;
}
