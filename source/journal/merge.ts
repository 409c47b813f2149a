import type {JournalEntry, JournalQuery} from '../model/journal.ts';

/**
 * What a query answers while some entries are not on the disk: those of the disk, oldest first, and those in memory that
 * match. An entry in memory replaces the stored one of the same id.
 */
export function mergeEntries(
	stored: readonly JournalEntry[],
	unstored: Iterable<JournalEntry>,
	query: JournalQuery,
): JournalEntry[] {
	const merged = new Map(stored.map(entry => [entry.id, entry]));
	for (const entry of unstored) {
		if (matches(entry, query)) merged.set(entry.id, entry);
	}
	const entries = [...merged.values()].sort((one, other) => one.time - other.time);
	return query.limit === undefined ? entries : entries.slice(Math.max(0, entries.length - query.limit));
}

function matches(entry: JournalEntry, query: JournalQuery): boolean {
	if (query.application !== undefined && entry.application !== query.application) return false;
	if (query.types !== undefined && !query.types.includes(entry.type)) return false;
	return entry.time >= (query.since ?? -Infinity) && entry.time <= (query.until ?? Infinity);
}
