import {randomBytes} from 'node:crypto';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import type {Fingerprint} from '../model/drift.ts';
import type {Problem} from '../model/errors.ts';
import type {JournalEntry, JournalQuery} from '../model/journal.ts';
import type {ObjectKey} from '../model/object.ts';
import type {Journal} from '../model/ports/journal.ts';
import {safeText} from '../model/text.ts';
import {createBacklog, type StandingChange} from './backlog.ts';
import {moveCorruptFileAside} from './corrupt-file.ts';
import {guardEntry} from './guard.ts';
import {createIdFactory} from './id.ts';
import {inodeOf, type JournalFile, makeJournalFile, openJournalFile} from './journal-file.ts';
import {mergeEntries} from './merge.ts';
import {explainTrouble, type Trouble} from './trouble.ts';

const fileName = 'journal.sqlite';
const flushDelayMilliseconds = 50;
const flushSize = 500;
const backlogEntries = 10_000;
const firstRetryMilliseconds = 250;
const lastRetryMilliseconds = 30_000;

export interface JournalOptions {
	/** Made when missing, for this user only. */
	readonly directory: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** The newest so many entries are kept for ever; older ones for 30 days, at most five times as many. */
	readonly maximumEntries?: number;
	/** Called with each new connection before anything is written; tests make the disk small with it. */
	readonly configure?: (database: DatabaseSync) => void;
}

/**
 * Opens the journal of this installation: append-only history and fingerprints in one SQLite file. Several processes may
 * have it open at once. Writes are batched: at most 50 ms or 500 of them later they are in the file. Nothing here throws:
 * while the file cannot be written `problem` says why, the newest 10,000 entries stay in memory, queries see them too, and
 * they are written when the disk is back.
 */
export function openJournal(options: JournalOptions): Journal {
	const {now, maximumEntries = 200_000} = options;
	const path = join(options.directory, fileName);
	const backlog = createBacklog(backlogEntries);
	const nextId = createIdFactory(now, Math.random);
	const listeners: ((problem: Problem | undefined) => void)[] = [];
	let hashKey: Buffer | undefined;
	let file: JournalFile | undefined;
	let openedInode: string | undefined;
	let trouble: Trouble | undefined;
	let problem: Problem | undefined;
	let isClosed = false;
	let flushTimer: NodeJS.Timeout | undefined;
	let retryTimer: NodeJS.Timeout | undefined;
	let retryMilliseconds = firstRetryMilliseconds;

	function say(message: string): void {
		backlog.addEntry({type: 'worker', id: nextId(), time: now(), application: '', message});
	}

	function setProblem(next: Problem | undefined): void {
		if (next?.message === problem?.message) return;
		problem = next;
		for (const listener of listeners) {
			try {
				listener(next);
			} catch {
				// A listener's error is its own; the journal goes on.
			}
		}
	}

	function open(): JournalFile {
		makeJournalFile(path);
		openedInode = inodeOf(path);
		const opened = openJournalFile({file: path, hashKey, configure: options.configure});
		hashKey ??= opened.hashKey;
		return opened;
	}

	function closeFile(): void {
		try {
			file?.close();
		} catch {
			// It is given up in any case.
		}
		file = undefined;
	}

	function writeBacklog(opened: JournalFile): void {
		if (backlog.size > 0) opened.write(backlog, now());
		backlog.clear();
	}

	function write(): void {
		if (file && inodeOf(path) !== openedInode) {
			closeFile();
			say(`${path} was moved or deleted while it was in use; a new one was begun`);
		}
		// What went wrong with the file may have been how it was opened: read-only, for example.
		if (file && trouble && !trouble.isPassing) closeFile();
		file ??= open();
		const {lost} = backlog;
		writeBacklog(file);
		if (lost > 0) {
			say(`${lost} entries were lost while the history could not be written`);
			writeBacklog(file);
		}
		file.trim(now(), maximumEntries);
	}

	/** Moves a damaged file aside, unless another process was faster. */
	function replaceFile(cause: string): void {
		closeFile();
		if (inodeOf(path) !== openedInode) return;
		const name = moveCorruptFileAside(path, now());
		say(`The history was unreadable (${cause}): it is kept as ${name}, and a new one was begun`);
	}

	/** Tries to do it; after moving a damaged file aside, once more. */
	function attempt<Result>(work: () => Result): Result | undefined {
		for (let isSecond = false; ; isSecond = true) {
			try {
				const result = work();
				recovered();
				return result;
			} catch (error) {
				const found = explainTrouble(error);
				if (!found.isCorrupt || isSecond) {
					failed(found);
					return undefined;
				}
				try {
					replaceFile(found.cause);
				} catch (moveError) {
					failed(explainTrouble(moveError));
					return undefined;
				}
			}
		}
	}

	function recovered(): void {
		trouble = undefined;
		retryMilliseconds = firstRetryMilliseconds;
		clearTimeout(retryTimer);
		retryTimer = undefined;
		setProblem(undefined);
	}

	function failed(found: Trouble): void {
		trouble = found;
		setProblem(describe(path, found, backlog.lost));
		if (isClosed || retryTimer) return;
		retryTimer = setTimeout(() => {
			retryTimer = undefined;
			attempt(write);
		}, retryMilliseconds).unref();
		retryMilliseconds = Math.min(retryMilliseconds * 2, lastRetryMilliseconds);
	}

	function flush(): void {
		clearTimeout(flushTimer);
		flushTimer = undefined;
		if (!isClosed && (backlog.size > 0 || trouble)) attempt(write);
	}

	/** While the disk is away only the timer tries again: every attempt may take the time of a lock. */
	function flushIfHealthy(): void {
		if (!trouble) flush();
	}

	function schedule(): void {
		if (isClosed || trouble) return;
		if (backlog.size >= flushSize) flush();
		else flushTimer ??= setTimeout(flush, flushDelayMilliseconds);
	}

	function append(entry: JournalEntry): void {
		if (isClosed) return;
		const time = Number.isFinite(entry.time) ? Math.floor(entry.time) : now();
		try {
			backlog.addEntry(guardEntry({...entry, time}));
		} catch (error) {
			say(safeText(`A ${entry.type} entry was not understood: ${(error as Error).message}`));
		}
		schedule();
	}

	function read<Result>(work: (opened: JournalFile) => Result): Result | undefined {
		flushIfHealthy();
		if (!file) return undefined;
		if (!trouble) {
			const result = attempt(() => (file ? work(file) : undefined));
			// A damaged file was moved aside: there is a line about that.
			if (backlog.size > 0) schedule();
			return result;
		}
		// A read that works says nothing about writing: the trouble stays.
		try {
			return work(file);
		} catch {
			return undefined;
		}
	}

	attempt(write);
	hashKey ??= randomBytes(32);

	return {
		hashKey,
		append,
		updateDrift(event) {
			append({type: 'drift', id: event.id, time: event.time, application: event.application, event});
		},
		query(query: JournalQuery): JournalEntry[] {
			const stored = read(opened => opened.readEntries(query)) ?? [];
			return backlog.entryCount === 0 ? stored : mergeEntries(stored, backlog.entries(), query);
		},
		loadFingerprints(clusterUid, application) {
			const found =
				read(opened => opened.readFingerprints(clusterUid, application)) ?? new Map<ObjectKey, Fingerprint>();
			for (const change of backlog.fingerprints()) {
				if (change.clusterUid !== clusterUid || change.application !== application) continue;
				if (change.fingerprint) found.set(change.key, change.fingerprint);
				else found.delete(change.key);
			}
			return found;
		},
		saveFingerprint(clusterUid, application, key, fingerprint) {
			if (isClosed) return;
			backlog.addFingerprint({clusterUid, application, key, fingerprint});
			schedule();
		},
		dropFingerprint(clusterUid, application, key) {
			if (isClosed) return;
			backlog.addFingerprint({clusterUid, application, key, fingerprint: null});
			schedule();
		},
		loadStanding(clusterUid, application) {
			const isAbout = (change: StandingChange): boolean =>
				change.clusterUid === clusterUid && change.application === application;
			const waiting = [...backlog.standings()].find(isAbout);
			return waiting?.standing ?? read(opened => opened.readStanding(clusterUid, application)) ?? null;
		},
		saveStanding(clusterUid, application, standing) {
			if (isClosed) return;
			backlog.addStanding({clusterUid, application, standing});
			schedule();
		},
		get problem() {
			return problem;
		},
		onProblemChange(listener) {
			listeners.push(listener);
		},
		flush,
		close() {
			if (isClosed) return;
			file?.bePatient();
			flush();
			isClosed = true;
			clearTimeout(retryTimer);
			closeFile();
		},
	};
}

function describe(path: string, trouble: Trouble, lost: number): Problem {
	const gone = lost === 0 ? '' : `; ${lost} older entries are lost`;
	return {
		code: 'JournalUnavailable',
		message: `The history in ${path} is not being written: ${trouble.cause}${gone}`,
		hint: `${trouble.remedy}. Syncing and healing go on; the newest ${backlogEntries.toLocaleString('en-US')} entries are kept in memory and written when it works again`,
	};
}
