import type {DatabaseSync} from 'node:sqlite';
import type {Standing} from '../model/standing-record.ts';
import type {StandingChange} from './backlog.ts';

/** Applications that nobody looked at for so long are gone. */
const keptMilliseconds = 180 * 24 * 60 * 60 * 1_000;

export interface StandingStore {
	/** To be called within a transaction. */
	put(changes: Iterable<StandingChange>, now: number): void;
	load(clusterUid: string, application: string): Standing | null;
	/** To be called within a transaction. */
	trim(now: number): void;
}

/** How each application stood last, in each cluster. */
export function createStandingStore(database: DatabaseSync): StandingStore {
	const save = database.prepare('INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?)');
	const find = database.prepare('SELECT json FROM standings WHERE cluster_uid = ? AND application = ?');
	const trim = database.prepare('DELETE FROM standings WHERE saved_at < ?');
	return {
		put(changes, now) {
			for (const {clusterUid, application, standing} of changes) {
				save.run(clusterUid, application, JSON.stringify(standing), now);
			}
		},
		load(clusterUid, application) {
			const json = find.get(clusterUid, application)?.json;
			return json === undefined ? null : parse(String(json));
		},
		trim(now) {
			trim.run(now - keptMilliseconds);
		},
	};
}

/** One that cannot be read is as good as none. */
function parse(json: string): Standing | null {
	try {
		const {syncStatus, syncSince, health, healthSince} = JSON.parse(json) as Standing;
		return Number.isFinite(syncSince) && Number.isFinite(healthSince)
			? {syncStatus, syncSince, health, healthSince}
			: null;
	} catch {
		return null;
	}
}
