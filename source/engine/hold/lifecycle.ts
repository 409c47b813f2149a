import type {Hold} from '../../model/hold.ts';

/** How long before its end a hold is announced to end. */
export const warningMilliseconds = 5 * 60_000;

/** Holds in force at `now` (epoch milliseconds), the one that ends first first; those without an end come last. */
export function activeHolds(holds: readonly Hold[], now: number): Hold[] {
	return holds.filter(hold => !hasEnded(hold, now)).sort((left, right) => endOf(left) - endOf(right));
}

/** A hold ends by itself, whether or not anybody is there to notice. */
export function hasEnded(hold: Hold, now: number): boolean {
	return hold.until !== null && hold.until <= now;
}

/** Whether its end is near enough to be announced. A hold that was short from the start announces nothing. */
export function isEnding(hold: Hold, now: number): boolean {
	if (hold.until === null || hasEnded(hold, now)) return false;
	return hold.until - now <= warningMilliseconds && hold.until - hold.since > warningMilliseconds;
}

/** Epoch milliseconds of the next moment at which a hold begins to end or ends; null: none will. */
export function nextMoment(holds: readonly Hold[], now: number): number | null {
	const moments = holds.flatMap(({since, until}) => {
		if (until === null) return [];
		return until - since > warningMilliseconds ? [until - warningMilliseconds, until] : [until];
	});
	const coming = moments.filter(moment => moment > now);
	return coming.length > 0 ? Math.min(...coming) : null;
}

/** Whether automatic syncs are stopped. */
export function stopsSync(holds: readonly Hold[], now: number): boolean {
	return holds.some(hold => hold.includesSync && !hasEnded(hold, now));
}

function endOf({until}: Hold): number {
	return until ?? Number.POSITIVE_INFINITY;
}
