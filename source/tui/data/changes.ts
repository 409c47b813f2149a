import type {JournalEntry} from '../../model/journal.ts';
import type {Changes, Snapshot} from '../../protocol/messages/state.ts';
import type {ScreenData} from './state.ts';

/** Entries kept: an incident's worth; older ones are asked for when somebody scrolls there. */
export const maximumEntries = 2_000;

/** Takes a whole picture in place of what was known: after attaching, and after attaching again. */
export function takeSnapshot(data: ScreenData, snapshot: Snapshot, now: number): ScreenData {
	return {
		...data,
		link: {type: 'live', since: now},
		worker: snapshot.worker,
		applications: new Map(snapshot.applications.map(application => [application.name, application])),
	};
}

/** Takes what changed. Applications that did not change keep their identity, so that their rows are not drawn again. */
export function takeChanges(data: ScreenData, changes: Changes): ScreenData {
	const isSame = changes.applications.length === 0 && changes.removed.length === 0;
	const applications = isSame ? data.applications : new Map(data.applications);
	if (applications instanceof Map) {
		for (const name of changes.removed) applications.delete(name);
		for (const application of changes.applications) applications.set(application.name, application);
	}
	return {...data, worker: changes.worker ?? data.worker, applications};
}

/**
 * Adds entries; the newest stands first. One that comes again under its id takes the place of the former: a drift that was
 * healing is healed now.
 */
export function takeEntries(data: ScreenData, entries: readonly JournalEntry[]): ScreenData {
	if (entries.length === 0) return data;
	const byId = new Map(data.journal.map(entry => [entry.id, entry]));
	for (const entry of entries) byId.set(entry.id, entry);
	const journal = [...byId.values()].sort(newestFirst);
	return {...data, journal: journal.slice(0, maximumEntries)};
}

function newestFirst(one: JournalEntry, other: JournalEntry): number {
	return other.time - one.time || (one.id < other.id ? 1 : -1);
}
