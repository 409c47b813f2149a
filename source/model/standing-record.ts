import type {HealthStatus, SyncStatus} from './status.ts';

/** How an application stood last, and since when; what it takes to answer "since when" after a restart. */
export interface Standing {
	readonly syncStatus: SyncStatus;
	/** Epoch milliseconds. */
	readonly syncSince: number;
	readonly health: HealthStatus;
	/** Epoch milliseconds. */
	readonly healthSince: number;
}
