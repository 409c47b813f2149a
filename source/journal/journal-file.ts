import {createHash, randomBytes} from 'node:crypto';
import {chmodSync, closeSync, mkdirSync, openSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import type {Fingerprint} from '../model/drift.ts';
import type {JournalEntry, JournalQuery} from '../model/journal.ts';
import type {ObjectKey} from '../model/object.ts';
import type {Standing} from '../model/standing-record.ts';
import type {Backlog} from './backlog.ts';
import {createEntryStore} from './entry-store.ts';
import {createFingerprintStore} from './fingerprint-store.ts';
import {inTransaction, migrate} from './schema.ts';
import {createStandingStore} from './standing-store.ts';

/** Waiting for another process's lock stops the whole worker, so it is short; whoever waits in vain tries again later. */
const busyMilliseconds = 250;
/** Opening and closing happen once, and there is no later. */
const patientBusyMilliseconds = 2_000;
const openAttempts = 20;
const openPauseMilliseconds = 25;
const sqliteBusy = 5;

/** An open journal file. Everything here throws what SQLite or the file system throws. */
export interface JournalFile {
	/** The installation's key: see Journal.hashKey. */
	readonly hashKey: Buffer;
	/** Writes all of it in one transaction. */
	write(backlog: Backlog, now: number): void;
	readEntries(query: JournalQuery): JournalEntry[];
	readFingerprints(clusterUid: string, application: string): Map<ObjectKey, Fingerprint>;
	readStanding(clusterUid: string, application: string): Standing | null;
	trim(now: number, maximumEntries: number): void;
	/** From now on wait longer for a lock: this is the last write. */
	bePatient(): void;
	close(): void;
}

export interface JournalFileOptions {
	readonly file: string;
	/** Becomes the installation's key when there is none yet. */
	readonly hashKey?: Buffer;
	/** Called with the connection before anything is written; tests make the disk small with it. */
	readonly configure?: (database: DatabaseSync) => void;
}

/** Opens the file that {@link makeJournalFile} made. */
export function openJournalFile(options: JournalFileOptions): JournalFile {
	const database = new DatabaseSync(options.file);
	try {
		setUp(database, options.configure);
		migrate(database);
		const hashKey = keepHashKey(database, options.hashKey ?? randomBytes(32));
		// The hashes of this process are made with the key it started with, whatever the file holds.
		const keyId = nameKey(options.hashKey ?? hashKey);
		const entries = createEntryStore(database);
		const fingerprints = createFingerprintStore(database, keyId);
		const standings = createStandingStore(database);
		let isTrimmed = false;
		database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
		return {
			hashKey,
			write(backlog, now) {
				inTransaction(database, () => {
					for (const entry of backlog.entries()) entries.put(entry);
					fingerprints.put(backlog.fingerprints(), now);
					standings.put(backlog.standings(), now);
					if (isTrimmed) return;
					fingerprints.trim(now);
					standings.trim(now);
				});
				isTrimmed = true;
			},
			readEntries: entries.query,
			readFingerprints: fingerprints.load,
			readStanding: standings.load,
			trim: entries.trim,
			bePatient: () => database.exec(`PRAGMA busy_timeout = ${patientBusyMilliseconds}`),
			close: () => database.close(),
		};
	} catch (error) {
		database.close();
		throw error;
	}
}

/**
 * Makes the file when there is none, for this user only: 0600 in a 0700 directory. SQLite gives its -wal and -shm files
 * the mode of the database, so it is made before SQLite sees it.
 */
export function makeJournalFile(file: string): void {
	mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	try {
		closeSync(openSync(file, 'wx', 0o600));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		alignModes(file);
	}
}

/**
 * What belongs to the database gets its mode: after it was read-only for a while, its log is too. By name: to open and
 * close an existing file would drop the locks that this process holds on it.
 */
function alignModes(file: string): void {
	const mode = statSync(file).mode & 0o700;
	for (const each of [file, `${file}-wal`, `${file}-shm`]) {
		const stat = statSync(each, {throwIfNoEntry: false});
		if (!stat || (stat.mode & 0o777) === mode) continue;
		try {
			chmodSync(each, mode);
		} catch {
			// It belongs to somebody else who lets us write it, as volumes in a Pod may: then that is how it is.
		}
	}
}

function setUp(database: DatabaseSync, configure: ((database: DatabaseSync) => void) | undefined): void {
	database.exec(`PRAGMA busy_timeout = ${patientBusyMilliseconds}`);
	configure?.(database);
	untilUnlocked(() => database.exec('PRAGMA journal_mode = WAL'));
	database.exec(`
		PRAGMA synchronous = NORMAL;
		PRAGMA journal_size_limit = 16777216;
		PRAGMA temp_store = MEMORY;
	`);
}

/** The switch to WAL does not wait for a lock, whatever the timeout: when two processes start together one must ask again. */
function untilUnlocked(action: () => void): void {
	for (let attempt = 1; ; attempt++) {
		try {
			action();
			return;
		} catch (error) {
			if ((error as {errcode?: number}).errcode !== sqliteBusy || attempt === openAttempts) throw error;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, openPauseMilliseconds);
		}
	}
}

/** Of several processes that start at the same time the first decides; all of them read what it wrote. */
function keepHashKey(database: DatabaseSync, candidate: Buffer): Buffer {
	const read = database.prepare("SELECT value FROM meta WHERE name = 'hash_key'");
	let value = read.get()?.value;
	if (value === undefined) {
		database.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('hash_key', ?)").run(candidate);
		value = read.get()?.value;
	}
	return Buffer.from(value as Uint8Array);
}

/** A name for the key that tells nothing of it. */
function nameKey(key: Buffer): string {
	return createHash('sha256').update('holdfast key').update(key).digest('base64url').slice(0, 11);
}

/** Names the file behind a path, so that one can tell that it was replaced; undefined when there is none. */
export function inodeOf(file: string): string | undefined {
	const stat = statSync(file, {bigint: true, throwIfNoEntry: false});
	return stat && `${stat.dev}:${stat.ino}`;
}
