import type {DatabaseSync} from 'node:sqlite';

/**
 * What turns a database of version n into one of version n + 1; `user_version` counts them. A step that was released is
 * never edited, only followed by another.
 */
const migrations: readonly string[] = [
	`
	CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

	CREATE TABLE entries (
		sequence INTEGER PRIMARY KEY,
		id TEXT NOT NULL UNIQUE,
		time INTEGER NOT NULL,
		application TEXT NOT NULL,
		type TEXT NOT NULL,
		json TEXT NOT NULL
	);
	CREATE INDEX entries_by_time ON entries (time);
	CREATE INDEX entries_by_type ON entries (type, time);
	CREATE INDEX entries_by_application ON entries (application, time);

	-- One set: what one application has in one cluster, hashed with one key (named by key_id).
	CREATE TABLE fingerprint_sets (
		id INTEGER PRIMARY KEY,
		cluster_uid TEXT NOT NULL,
		application TEXT NOT NULL,
		key_id TEXT NOT NULL,
		used_at INTEGER NOT NULL,
		UNIQUE (cluster_uid, application, key_id)
	);
	-- Objects made from one template own the same fields: their set of owned fields is stored once.
	CREATE TABLE owned_fields (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, text TEXT NOT NULL);
	CREATE TABLE fingerprints (
		set_id INTEGER NOT NULL,
		key TEXT NOT NULL,
		uid TEXT NOT NULL,
		resource_version TEXT NOT NULL,
		generation INTEGER NOT NULL,
		applied_at INTEGER NOT NULL,
		manager TEXT NOT NULL,
		api_version TEXT NOT NULL,
		entry_time TEXT NOT NULL,
		owned_id INTEGER NOT NULL,
		leaf_hashes TEXT NOT NULL,
		desired_hash TEXT NOT NULL,
		others TEXT NOT NULL,
		PRIMARY KEY (set_id, key)
	) WITHOUT ROWID;
	`,
	`
	CREATE TABLE standings (
		cluster_uid TEXT NOT NULL,
		application TEXT NOT NULL,
		json TEXT NOT NULL,
		saved_at INTEGER NOT NULL,
		PRIMARY KEY (cluster_uid, application)
	) WITHOUT ROWID;
	`,
];

/** Thrown for a database that a later version of holdfast wrote: it is left alone. */
export class NewerSchemaError extends Error {
	constructor(version: number) {
		super(`it was written by a newer holdfast (schema ${version}, this one knows ${migrations.length})`);
	}
}

/** Brings the database to the newest schema. Safe when several processes start at the same time. */
export function migrate(database: DatabaseSync): void {
	if (schemaVersion(database) === migrations.length) return;
	inTransaction(database, () => {
		// Read again under the write lock: another process may have migrated in between.
		const version = schemaVersion(database);
		if (version > migrations.length) throw new NewerSchemaError(version);
		for (const step of migrations.slice(version)) database.exec(step);
		database.exec(`PRAGMA user_version = ${migrations.length}`);
	});
}

/** Runs `work` in one write transaction: all of it is committed, or nothing is and its error is thrown. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		try {
			database.exec('ROLLBACK');
		} catch {
			// SQLite rolls back by itself when the disk is full or broken; there is nothing left to undo then.
		}
		throw error;
	}
}

function schemaVersion(database: DatabaseSync): number {
	return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
