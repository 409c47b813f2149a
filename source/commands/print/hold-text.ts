import {formatAge, isoTime} from '../../model/ages.ts';
import {type Hold, printScope} from '../../model/hold.ts';
import {describeHold, formatLeft, formatUntil} from '../../model/hold-text.ts';
import {safeText} from '../../model/text.ts';
import {type Cell, layOut} from '../terminal/columns.ts';
import type {Surface} from '../terminal/surface.ts';

/** One hold and whose it is. */
export interface OwnedHold {
	readonly application: string;
	readonly hold: Hold;
}

/** A sentence about each hold in force: what, by whom, until when, why, and whether new commits wait too. */
export function holdLines(holds: readonly Hold[], {surface, now}: {surface: Surface; now: number}): string[] {
	return holds.map(hold => {
		const mark = surface.paint(surface.glyph('paused'), 'warning');
		const syncs = hold.includesSync ? '; automatic syncs are stopped' : '';
		return `${mark} ${safeText(printScope(hold.scope))} ${describeHold(hold, now)}${syncs}`;
	});
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
	return layOut([titles.map(text => ({text, tone: 'quiet'}) satisfies Cell), ...rows], surface);
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
