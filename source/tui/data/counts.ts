import type {JournalEntry} from '../../model/journal.ts';
import type {ApplicationStatus} from '../../model/status.ts';

/** What the header counts. */
export interface Counts {
	readonly applications: number;
	readonly synced: number;
	readonly outOfSync: number;
	/** Neither is known: it was not compared yet, or it cannot be. */
	readonly unknown: number;
	readonly degraded: number;
	readonly syncing: number;
	/** Applications with any hold. */
	readonly held: number;
	/** Applications that are held as a whole, and so not healed at all. */
	readonly notHealing: number;
	/** Objects that stand drifted now. */
	readonly drifted: number;
	/** Drifts seen in the last hour, healed ones too. */
	readonly driftsLastHour: number;
}

const hourMilliseconds = 3_600_000;

export function countApplications(applications: Iterable<ApplicationStatus>): Omit<Counts, 'driftsLastHour'> {
	const counts = {
		applications: 0,
		synced: 0,
		outOfSync: 0,
		unknown: 0,
		degraded: 0,
		syncing: 0,
		held: 0,
		notHealing: 0,
		drifted: 0,
	};
	for (const {syncStatus, health, operation, holds, counts: objects} of applications) {
		counts.applications++;
		if (syncStatus === 'Synced') counts.synced++;
		if (syncStatus === 'OutOfSync') counts.outOfSync++;
		if (syncStatus === 'Unknown') counts.unknown++;
		if (health.status === 'Degraded') counts.degraded++;
		if (operation?.phase === 'Running') counts.syncing++;
		if (holds.length > 0) counts.held++;
		if (holds.some(({scope}) => scope.type === 'application')) counts.notHealing++;
		counts.drifted += objects.drifted;
	}
	return counts;
}

/** Entries are newest first. */
export function countRecentDrifts(journal: readonly JournalEntry[], now: number): number {
	let count = 0;
	for (const entry of journal) {
		if (entry.time < now - hourMilliseconds) break;
		if (entry.type === 'drift') count++;
	}
	return count;
}
