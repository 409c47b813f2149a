/** The narrow interface between the worker and its memory on disk, which `journal/` implements. */
import type {DriftEvent, Fingerprint} from '../drift.ts';
import type {Problem} from '../errors.ts';
import type {JournalEntry, JournalQuery} from '../journal.ts';
import type {ObjectKey} from '../object.ts';
import type {Standing} from '../standing-record.ts';

/** Append-only history and the rebuildable fingerprints. Never throws on write: a full disk is a state, not a crash. */
export interface Journal {
	/** Fresh id, sortable by time. */
	append(entry: JournalEntry): void;
	query(query: JournalQuery): JournalEntry[];
	/** Drift events whose action changed later (healing → healed): same id, last write wins. */
	updateDrift(event: DriftEvent): void;
	loadFingerprints(clusterUid: string, application: string): Map<ObjectKey, Fingerprint>;
	/** Batched and written in one transaction shortly after. */
	saveFingerprint(clusterUid: string, application: string, key: ObjectKey, fingerprint: Fingerprint): void;
	dropFingerprint(clusterUid: string, application: string, key: ObjectKey): void;
	/** How the application stood when it was last told; null: nobody remembers. */
	loadStanding(clusterUid: string, application: string): Standing | null;
	/** Batched like fingerprints; the last one counts. */
	saveStanding(clusterUid: string, application: string, standing: Standing): void;
	/** 32 random bytes made once per installation: keys the hashes of values, so that stored hashes tell nothing. */
	readonly hashKey: Buffer;
	/** Absent while all is well. */
	readonly problem: Problem | undefined;
	onProblemChange(listener: (problem: Problem | undefined) => void): void;
	/** Writes what is batched. */
	flush(): void;
	close(): void;
}
