import type {DatabaseSync, SQLInputValue} from 'node:sqlite';
import type {JournalEntry, JournalQuery, WorkerEntry} from '../model/journal.ts';
import {stringifyJson} from '../model/json.ts';
import {safeText} from '../model/text.ts';
import {isAboutContent} from './trouble.ts';

/** Entries that are older than this may go once there are enough newer ones. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1_000;
/** However young: this many times the number of entries to keep is the end. */
const excess = 5;
/** Rows looked at in one step, so that a long history never stops the worker for long. */
const trimStep = 500;

export interface EntryStore {
	/**
	 * Inserts, or replaces the entry of the same id. To be called within a transaction. An entry that cannot be written
	 * for what it holds leaves a line that says so and does not stop the others.
	 */
	put(entry: JournalEntry): void;
	/** Oldest first. */
	query(query: JournalQuery): JournalEntry[];
	/** Removes some of what retention does not keep; one small transaction. Returns the number of entries removed. */
	trim(now: number, maximumEntries: number): number;
}

export function createEntryStore(database: DatabaseSync): EntryStore {
	const put = database.prepare(
		`INSERT INTO entries (id, time, application, type, json) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET json = excluded.json`,
	);
	const newest = database.prepare('SELECT max(sequence) AS sequence FROM entries');
	const trim = database.prepare(
		`DELETE FROM entries WHERE sequence IN (
			SELECT sequence FROM (SELECT sequence, time FROM entries WHERE sequence <= ? ORDER BY sequence LIMIT ${trimStep})
			WHERE time < ? OR sequence <= ?
		)`,
	);
	const write = (entry: JournalEntry) =>
		put.run(entry.id, entry.time, entry.application, entry.type, stringifyJson(entry));
	return {
		put(entry) {
			try {
				write(entry);
			} catch (error) {
				if (!isAboutContent(error)) throw error;
				write(refused(entry, error));
			}
		},
		query(query) {
			const {sql, values} = select(query);
			const entries: JournalEntry[] = [];
			for (const row of database.prepare(sql).iterate(...values)) {
				const entry = parseEntry(row.json);
				if (entry) entries.push(entry);
			}
			return entries.reverse();
		},
		trim(now, maximumEntries) {
			// Rows are only ever removed at the old end, so their numbers tell how many there are, without counting.
			const last = Number(newest.get()?.sequence ?? 0);
			const {changes} = trim.run(last - maximumEntries, now - keptMilliseconds, last - maximumEntries * excess);
			return Number(changes);
		},
	};
}

function refused(entry: JournalEntry, error: unknown): WorkerEntry {
	const reason = error instanceof Error ? error.message : String(error);
	const message = safeText(
		`A ${entry.type} entry of ${entry.application || 'the worker'} could not be written: ${reason}`,
	);
	return {type: 'worker', id: String(entry.id), time: Number(entry.time) || 0, application: '', message};
}

/** One row that is no JSON (a later version's, or an old damage) does not stop the others. */
function parseEntry(json: unknown): JournalEntry | undefined {
	try {
		return JSON.parse(String(json)) as JournalEntry;
	} catch {
		return undefined;
	}
}

function select(query: JournalQuery): {sql: string; values: SQLInputValue[]} {
	const conditions: string[] = [];
	const values: SQLInputValue[] = [];
	const add = (condition: string, ...more: SQLInputValue[]) => {
		conditions.push(condition);
		values.push(...more);
	};
	if (query.application !== undefined) add('application = ?', query.application);
	if (query.types !== undefined) add(`type IN (${query.types.map(() => '?').join(', ')})`, ...query.types);
	if (query.since !== undefined) add('time >= ?', query.since);
	if (query.until !== undefined) add('time <= ?', query.until);
	const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
	const limit = query.limit === undefined ? '' : ' LIMIT ?';
	if (query.limit !== undefined) values.push(Math.max(0, Math.floor(query.limit)));
	return {sql: `SELECT json FROM entries${where} ORDER BY time DESC, sequence DESC${limit}`, values};
}
