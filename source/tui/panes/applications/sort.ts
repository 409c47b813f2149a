import {compareText, type Standing, standingOf, standings} from '../../../model/standing.ts';
import type {ApplicationStatus} from '../../../model/status.ts';

/** The orders of the list, its own first; `o` goes through them. */
export const applicationSorts = ['worst first', 'by name', 'most drift first', 'last synced first'] as const;

const rankOf = new Map<Standing, number>(standings.map((standing, index) => [standing, index]));

/** Smaller comes first; equals go by name. */
const keys: readonly ((application: ApplicationStatus) => number)[] = [
	application => rankOf.get(standingOf(application)) ?? 0,
	() => 0,
	application => -application.counts.drifted,
	application => -(application.syncedAt ?? 0),
];

/** A sorted copy. The key is made once an application: standing is asked for a thousand times a frame otherwise. */
export function sortApplications(
	applications: Iterable<ApplicationStatus>,
	sort: number,
	isReversed: boolean,
): ApplicationStatus[] {
	const keyOf = keys[sort] ?? keys[0]!;
	const decorated = Array.from(applications, application => ({application, key: keyOf(application)}));
	decorated.sort((one, other) => one.key - other.key || compareText(one.application.name, other.application.name));
	const sorted = decorated.map(({application}) => application);
	return isReversed ? sorted.reverse() : sorted;
}
