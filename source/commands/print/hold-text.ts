import {type Hold, printScope} from '../../model/hold.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {type Cell, layOut} from '../terminal/columns.ts';
import type {Surface} from '../terminal/surface.ts';
import {formatAge, isoTime} from './ages.ts';

/** One hold and whose it is. */
export interface OwnedHold {
	readonly application: string;
	readonly hold: Hold;
}

/** `12:06Z`; on another day than now `2026-11-22T12:06Z`. In UTC: who reads it may sit somewhere else. */
export function formatUntil(time: number, now: number): string {
	const minute = new Date(time).toISOString().slice(0, 16);
	const today = new Date(now).toISOString().slice(0, 10);
	return `${minute.startsWith(today) ? minute.slice(11) : minute}Z`;
}

/** `until 12:06Z, 42m left`, or that it has no end. */
export function describeEnd({until}: Pick<Hold, 'until'>, now: number): string {
	if (until === null) return 'until somebody resumes it (break-glass)';
	return `until ${formatUntil(until, now)}, ${formatLeft(until - now)} left`;
}

/** A moment after it was placed, an hour is still an hour. */
function formatLeft(milliseconds: number): string {
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

/** A sentence about each hold in force: what, by whom, until when, why, and whether new commits wait too. */
export function holdLines(holds: readonly Hold[], {surface, now}: {surface: Surface; now: number}): string[] {
	return holds.map(hold => {
		const mark = surface.paint(surface.glyph('paused'), 'warning');
		const syncs = hold.includesSync ? '; automatic syncs are stopped' : '';
		return `${mark} ${safeText(printScope(hold.scope))} ${describeHold(hold, now)}${syncs}`;
	});
}

/** For the line of an application in a table: `held 42m` when all of it is, else how many parts are. */
export function heldMark({holds}: ApplicationStatus, now: number): string {
	const whole = holds.find(({scope}) => scope.type === 'application');
	if (whole) return whole.until === null ? 'held' : `held ${formatLeft(whole.until - now)}`;
	return holds.length > 0 ? `${holds.length} held` : '';
}

/** What `holds` shows, the one that ends first first. */
export function holdTable(
	holds: readonly OwnedHold[],
	{surface, now}: {readonly surface: Surface; readonly now: number},
): string[] {
	const titles = ['APPLICATION', 'SCOPE', 'ID', 'OWNER', 'SINCE', 'UNTIL', 'LEFT', 'SYNCS', 'REASON'];
	const rows = holds.map(({application, hold}) => [
		application,
		printScope(hold.scope),
		hold.id,
		hold.owner,
		formatAge(now - hold.since),
		hold.until === null ? 'resumed' : formatUntil(hold.until, now),
		hold.until === null ? '-' : formatLeft(hold.until - now),
		hold.includesSync ? {text: 'stopped', tone: 'warning' as const} : 'go on',
		hold.reason,
	]);
	return layOut([titles.map(text => ({text, tone: 'quiet'}) satisfies Cell), ...rows], surface, '', [1, 3]);
}

export function sortByEnd(holds: readonly OwnedHold[]): OwnedHold[] {
	const endOf = ({hold}: OwnedHold) => hold.until ?? Number.POSITIVE_INFINITY;
	// Not a subtraction: two without an end would compare as not a number.
	return [...holds].sort((a, b) => (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0));
}

/** A hold as every `-o json` shows it; see the README. */
export function holdJson(hold: Hold): object {
	return {
		id: hold.id,
		scope: {...hold.scope},
		owner: hold.owner,
		reason: hold.reason,
		since: isoTime(hold.since),
		until: isoTime(hold.until),
		includesSync: hold.includesSync,
	};
}
