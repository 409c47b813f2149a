import {createHash} from 'node:crypto';
import type {DatabaseSync} from 'node:sqlite';
import type {Fingerprint, OtherManager} from '../model/drift.ts';
import type {ObjectKey} from '../model/object.ts';
import type {FingerprintChange} from './backlog.ts';
import {isAboutContent} from './trouble.ts';

/** Sets that nobody used for so long belong to clusters and applications that are gone; fingerprints can be made again. */
const keptMilliseconds = 180 * 24 * 60 * 60 * 1_000;

export interface FingerprintStore {
	/** Saves or drops. To be called within a transaction. */
	put(changes: Iterable<FingerprintChange>, now: number): void;
	load(clusterUid: string, application: string): Map<ObjectKey, Fingerprint>;
	/** Removes the sets of clusters and applications that are gone. To be called within a transaction. */
	trim(now: number): void;
}

/**
 * @param keyId Names the key that the hashes in these fingerprints were made with: those made with another key say
 * nothing and are not found.
 */
export function createFingerprintStore(database: DatabaseSync, keyId: string): FingerprintStore {
	const statements = prepare(database);

	function setId(clusterUid: string, application: string, now: number): number {
		return Number(statements.touchSet.get(clusterUid, application, keyId, now)?.id);
	}

	function ownedId(text: string): number {
		const digest = createHash('sha256').update(text).digest();
		statements.insertOwned.run(digest, text);
		return Number(statements.findOwned.get(digest)?.id);
	}

	function save(set: number, key: ObjectKey, fingerprint: Fingerprint, ownedIds: Remember<number>): void {
		try {
			statements.save.run(
				set,
				key,
				fingerprint.uid,
				fingerprint.resourceVersion,
				fingerprint.generation,
				fingerprint.appliedAt,
				fingerprint.manager,
				fingerprint.apiVersion,
				fingerprint.entryTime,
				ownedIds(fingerprint.owned, () => ownedId(fingerprint.owned)),
				fingerprint.leafHashes,
				fingerprint.desiredHash,
				fingerprint.others.length === 0 ? '' : JSON.stringify(fingerprint.others),
			);
		} catch (error) {
			if (!isAboutContent(error)) throw error;
			// One that cannot be kept is made again after the next start; an older one must not be found in its place.
			statements.drop.run(set, key);
		}
	}

	return {
		put(changes, now) {
			// Ids are looked up anew in every transaction: another process may have trimmed what a former one saw.
			const setIds = remember<number>();
			const ownedIds = remember<number>();
			for (const change of changes) {
				const {clusterUid, application, key, fingerprint} = change;
				const set = setIds(`${clusterUid}\n${application}`, () => setId(clusterUid, application, now));
				if (fingerprint) save(set, key, fingerprint, ownedIds);
				else statements.drop.run(set, key);
			}
		},
		load(clusterUid, application) {
			const found = new Map<ObjectKey, Fingerprint>();
			const set = statements.findSet.get(clusterUid, application, keyId)?.id;
			if (set === undefined) return found;
			const owned = new Map<unknown, string>();
			for (const row of statements.loadOwned.iterate(set)) owned.set(row.id, String(row.text));
			// Thousands of objects have the same manager and were applied in the same second: one string for all of them.
			const shared = remember<string>();
			const share = (value: unknown) => shared(String(value), () => String(value));
			for (const row of statements.load.iterate(set)) {
				const fingerprint = toFingerprint(row, owned, share);
				if (fingerprint) found.set(String(row.key), fingerprint);
			}
			return found;
		},
		trim(now) {
			statements.trimSets.run(now - keptMilliseconds);
			statements.trimFingerprints.run();
			statements.trimOwned.run();
		},
	};
}

function prepare(database: DatabaseSync) {
	return {
		touchSet: database.prepare(
			`INSERT INTO fingerprint_sets (cluster_uid, application, key_id, used_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (cluster_uid, application, key_id) DO UPDATE SET used_at = excluded.used_at RETURNING id`,
		),
		findSet: database.prepare(
			'SELECT id FROM fingerprint_sets WHERE cluster_uid = ? AND application = ? AND key_id = ?',
		),
		insertOwned: database.prepare('INSERT OR IGNORE INTO owned_fields (digest, text) VALUES (?, ?)'),
		findOwned: database.prepare('SELECT id FROM owned_fields WHERE digest = ?'),
		save: database.prepare('INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
		drop: database.prepare('DELETE FROM fingerprints WHERE set_id = ? AND key = ?'),
		load: database.prepare('SELECT * FROM fingerprints WHERE set_id = ?'),
		loadOwned: database.prepare(
			'SELECT id, text FROM owned_fields WHERE id IN (SELECT owned_id FROM fingerprints WHERE set_id = ?)',
		),
		trimSets: database.prepare('DELETE FROM fingerprint_sets WHERE used_at < ?'),
		trimFingerprints: database.prepare(
			'DELETE FROM fingerprints WHERE set_id NOT IN (SELECT id FROM fingerprint_sets)',
		),
		trimOwned: database.prepare('DELETE FROM owned_fields WHERE id NOT IN (SELECT owned_id FROM fingerprints)'),
	};
}

/** A row that cannot be read is left out: its object is fingerprinted anew. */
function toFingerprint(
	row: Record<string, unknown>,
	ownedFields: Map<unknown, string>,
	share: (value: unknown) => string,
): Fingerprint | undefined {
	const owned = ownedFields.get(row.owned_id);
	const others = parseOthers(String(row.others));
	if (owned === undefined || others === undefined) return undefined;
	return {
		uid: String(row.uid),
		resourceVersion: String(row.resource_version),
		generation: Number(row.generation),
		appliedAt: Number(row.applied_at),
		manager: share(row.manager),
		apiVersion: share(row.api_version),
		entryTime: share(row.entry_time),
		owned,
		leafHashes: String(row.leaf_hashes),
		desiredHash: String(row.desired_hash),
		others,
	};
}

const none: readonly OtherManager[] = [];

function parseOthers(text: string): readonly OtherManager[] | undefined {
	if (text === '') return none;
	try {
		return JSON.parse(text) as OtherManager[];
	} catch {
		return undefined;
	}
}

type Remember<Value> = (name: string, compute: () => Value) => Value;

/** Computes once per name. */
function remember<Value>(): Remember<Value> {
	const values = new Map<string, Value>();
	return (name, compute) => {
		const known = values.get(name);
		if (known !== undefined) return known;
		const value = compute();
		values.set(name, value);
		return value;
	};
}
