import type {SyncWindow} from '../../model/application.ts';
import {isOpen, nextEdges} from './occurrence.ts';

export type WindowVerdict =
	| {readonly type: 'allowed'}
	| {
			readonly type: 'denied';
			/** Epoch milliseconds when automatic syncs are allowed again; null: not within what can be foreseen. */
			readonly until: number | null;
			/** The first of the windows that deny. */
			readonly window: SyncWindow;
			/** Whether a person may sync all the same, by saying so: every window that denies lets people. */
			readonly isOverridable: boolean;
	  };

export interface WindowQuestion {
	readonly isManual: boolean;
	/** A person said to sync against the windows. */
	readonly ignoreWindows: boolean;
}

/** Edges looked at before the future counts as not foreseeable: a daily window for eight months has as many. */
const mostEdges = 500;

/**
 * Whether a sync may run now (Argo CD's rules): an open deny window beats everything; with any allow window, one of them
 * has to be open. Against them a person may sync who says so, where every window that denies has manualSync. Schedules
 * must be valid: they are checked where they are read.
 */
export function windowVerdict(
	windows: readonly SyncWindow[],
	now: number,
	{isManual, ignoreWindows}: WindowQuestion,
): WindowVerdict {
	const denying = denyingAt(windows, now);
	const [window] = denying;
	if (!window) return {type: 'allowed'};
	const isOverridable = denying.every(({manualSync}) => manualSync);
	if (isManual && ignoreWindows && isOverridable) return {type: 'allowed'};
	return {type: 'denied', until: nextChange(windows, now), window, isOverridable};
}

/** Epoch milliseconds at which windows begin or cease to deny automatic syncs; null: not within what can be foreseen. */
export function nextChange(windows: readonly SyncWindow[], now: number): number | null {
	const known = foreseen.get(windows);
	if (known && known.from <= now && now < known.until) return known.change;
	const found = lookAhead(windows, now);
	foreseen.set(windows, {from: now, ...found});
	return found.change;
}

/** What was found out about a list holds until the moment that was looked at last: freezing for ever costs one look ahead. */
const foreseen = new WeakMap<readonly SyncWindow[], {from: number; until: number; change: number | null}>();

function lookAhead(windows: readonly SyncWindow[], now: number): {until: number; change: number | null} {
	const isDenied = denyingAt(windows, now).length > 0;
	let moment = now;
	for (let edges = 0; edges < mostEdges; edges++) {
		const coming = windows.flatMap(window => nextEdges(window, moment));
		if (coming.length === 0) return {until: Number.POSITIVE_INFINITY, change: null};
		moment = Math.min(...coming);
		if (denyingAt(windows, moment).length > 0 !== isDenied) return {until: moment, change: moment};
	}
	return {until: moment, change: null};
}

/** Windows that deny at a moment: open deny windows, else every allow window when none of them is open. */
function denyingAt(windows: readonly SyncWindow[], now: number): SyncWindow[] {
	const denies = windows.filter(window => window.kind === 'deny' && isOpen(window, now));
	if (denies.length > 0) return denies;
	const allows = windows.filter(({kind}) => kind === 'allow');
	return allows.some(window => isOpen(window, now)) ? [] : allows;
}
