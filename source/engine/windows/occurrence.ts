import {Cron} from 'croner';
import type {SyncWindow} from '../../model/application.ts';

const beginnings = new Map<string, Cron>();
const mostKept = 1_000;

/** Whether a window is open: it began at or before `now` (epoch milliseconds) and its time is not up. */
export function isOpen(window: SyncWindow, now: number): boolean {
	const begin = nextBegin(window, now - window.durationMilliseconds);
	return begin !== null && begin <= now;
}

/** The next moments, after `now`, at which this window may begin or end. */
export function nextEdges(window: SyncWindow, now: number): number[] {
	const begin = nextBegin(window, now);
	// An open one that begins anew before it ends goes on: then the end named here is one that changes nothing.
	const current = nextBegin(window, now - window.durationMilliseconds);
	const end = current !== null && current <= now ? current + window.durationMilliseconds : null;
	return [begin, end].filter(edge => edge !== null);
}

/** The first beginning after a moment; null: there is none any more. */
function nextBegin({schedule, timeZone}: SyncWindow, after: number): number | null {
	// To the second, and strictly after.
	return cronOf(schedule, timeZone).nextRun(new Date(after))?.getTime() ?? null;
}

/** Reading an expression costs more than asking it; it is a value, so it may be kept. */
function cronOf(schedule: string, timeZone: string): Cron {
	const key = `${timeZone} ${schedule}`;
	const known = beginnings.get(key);
	if (known) return known;
	if (beginnings.size >= mostKept) beginnings.clear();
	const cron = new Cron(schedule, {paused: true, mode: '5-part', timezone: timeZone});
	beginnings.set(key, cron);
	return cron;
}
