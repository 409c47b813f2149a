import {formatAge} from './ages.ts';
import type {Hold} from './hold.ts';
import type {ApplicationStatus} from './status.ts';
import {safeText} from './text.ts';

/** `12:06Z`; on another day than now `2026-11-22T12:06Z`. In UTC: who reads it may sit somewhere else. */
export function formatUntil(time: number, now: number): string {
	const minute = new Date(time).toISOString().slice(0, 16);
	const today = new Date(now).toISOString().slice(0, 10);
	return `${minute.startsWith(today) ? minute.slice(11) : minute}Z`;
}

/** `until 12:06Z, 42m left`, or that it has no end. */
export function describeEnd(hold: Pick<Hold, 'until'>, now: number): string {
	return `until ${formatEnd(hold, now)}`;
}

/** `12:06Z, 42m left`. */
export function formatEnd({until}: Pick<Hold, 'until'>, now: number): string {
	if (until === null) return 'somebody resumes it (break-glass)';
	return `${formatUntil(until, now)}, ${formatLeft(until - now)} left`;
}

/** A moment after it was placed, an hour is still an hour. */
export function formatLeft(milliseconds: number): string {
	return formatAge(Math.round(milliseconds / 1000) * 1000);
}

/** `held by ana@bastion-1 until 12:06Z, 42m left: INC-2231`. */
export function describeHold(hold: Hold, now: number): string {
	const reason = hold.reason ? `: ${safeText(hold.reason)}` : '';
	return `held by ${safeText(hold.owner)} ${describeEnd(hold, now)}${reason}`;
}

/** The same inside a line about something else: `held by ana@bastion-1 until 12:06Z (INC-2231)`. */
export function describeHolder(hold: Hold | undefined, now: number): string {
	// The plan is newer than what this client knows: the hold is there, but not who placed it.
	if (!hold) return 'held by somebody';
	const end = hold.until === null ? 'until somebody resumes it' : `until ${formatUntil(hold.until, now)}`;
	return `held by ${safeText(hold.owner)} ${end}${hold.reason ? ` (${safeText(hold.reason)})` : ''}`;
}

/** For the line of an application in a table: `held 42m` when all of it is, else how many parts are. */
export function heldMark({holds}: ApplicationStatus, now: number): string {
	const whole = holds.find(({scope}) => scope.type === 'application');
	if (whole) return whole.until === null ? 'held' : `held ${formatLeft(whole.until - now)}`;
	return holds.length > 0 ? `${holds.length} held` : '';
}
