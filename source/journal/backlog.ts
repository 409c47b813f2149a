import type {Fingerprint} from '../model/drift.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {ObjectKey} from '../model/object.ts';
import type {Standing} from '../model/standing-record.ts';

/** What becomes of one stored fingerprint; null: it goes. */
export interface FingerprintChange {
	readonly clusterUid: string;
	readonly application: string;
	readonly key: ObjectKey;
	readonly fingerprint: Fingerprint | null;
}

/** How an application stands from now on. */
export interface StandingChange {
	readonly clusterUid: string;
	readonly application: string;
	readonly standing: Standing;
}

/** What is not on the disk yet. Last write wins, per entry id and per object. */
export interface Backlog {
	addEntry(entry: JournalEntry): void;
	addFingerprint(change: FingerprintChange): void;
	/** Oldest first. */
	entries(): Iterable<JournalEntry>;
	entry(id: string): JournalEntry | undefined;
	fingerprints(): Iterable<FingerprintChange>;
	addStanding(change: StandingChange): void;
	standings(): Iterable<StandingChange>;
	readonly entryCount: number;
	/** Entries, fingerprints and standings. */
	readonly size: number;
	/** Entries that had to go because the disk was away for too long; since the last clear. */
	readonly lost: number;
	clear(): void;
}

/** @param maximumEntries The newest so many entries are kept. Fingerprints are as many as there are objects, no more. */
export function createBacklog(maximumEntries: number): Backlog {
	const entries = new Map<string, JournalEntry>();
	const fingerprints = new Map<string, FingerprintChange>();
	const standings = new Map<string, StandingChange>();
	let lost = 0;
	return {
		addEntry(entry) {
			entries.set(entry.id, entry);
			if (entries.size <= maximumEntries) return;
			for (const oldest of entries.keys()) {
				entries.delete(oldest);
				lost += 1;
				break;
			}
		},
		addFingerprint(change) {
			// A line end cannot be part of any of the three.
			fingerprints.set(`${change.clusterUid}\n${change.application}\n${change.key}`, change);
		},
		entries: () => entries.values(),
		entry: id => entries.get(id),
		fingerprints: () => fingerprints.values(),
		addStanding(change) {
			standings.set(`${change.clusterUid}\n${change.application}`, change);
		},
		standings: () => standings.values(),
		get entryCount() {
			return entries.size;
		},
		get size() {
			return entries.size + fingerprints.size + standings.size;
		},
		get lost() {
			return lost;
		},
		clear() {
			entries.clear();
			fingerprints.clear();
			standings.clear();
			lost = 0;
		},
	};
}
