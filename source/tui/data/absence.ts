import type {JournalEntry} from '../../model/journal.ts';

/** What happened between two looks at the screen, counted. */
export interface Absence {
	/** Epoch milliseconds: when somebody last looked, and when somebody looks again. */
	readonly since: number;
	readonly until: number;
	readonly syncs: number;
	readonly failedSyncs: number;
	readonly drifts: number;
	readonly healed: number;
	readonly commits: number;
	readonly reverts: number;
	readonly holds: number;
	readonly errors: number;
}

/** Shorter absences are a glance at another pane, and nobody wants to hear of them. */
const shortestMilliseconds = 60_000;

/** Counts the history since the last look; null: nothing worth telling. Entries of one id count once. */
export function countAbsence(
	entries: readonly JournalEntry[],
	{since, until}: {readonly since: number; readonly until: number},
): Absence | null {
	if (until - since < shortestMilliseconds) return null;
	const latest = new Map(entries.filter(entry => entry.time >= since).map(entry => [entry.id, entry]));
	const counts = {syncs: 0, failedSyncs: 0, drifts: 0, healed: 0, commits: 0, reverts: 0, holds: 0, errors: 0};
	for (const entry of latest.values()) {
		switch (entry.type) {
			case 'sync':
				if (entry.phase === 'Succeeded') counts.syncs++;
				else counts.failedSyncs++;
				break;
			case 'drift':
				counts.drifts++;
				if (entry.event.action === 'healed') counts.healed++;
				break;
			case 'revision':
				counts.commits++;
				break;
			case 'revert':
				if (entry.phase === 'pushed' || entry.phase === 'offered') counts.reverts++;
				break;
			case 'hold':
				if (entry.action === 'held') counts.holds++;
				break;
			case 'error':
				counts.errors++;
				break;
			case 'adopt':
			case 'worker':
				break;
		}
	}
	return Object.values(counts).some(count => count > 0) ? {since, until, ...counts} : null;
}

/** `2 syncs, 1 sync failed, 3 drifts, 2 of them healed`. */
export function describeAbsence(absence: Absence): string {
	const many = (count: number, one: string, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;
	const healed = (): string => {
		if (absence.healed === 0) return '';
		if (absence.healed < absence.drifts) return `, ${absence.healed} of them healed`;
		return absence.drifts === 1 ? ' healed' : ', all healed';
	};
	const parts = [
		absence.failedSyncs > 0 && many(absence.failedSyncs, 'failed sync'),
		absence.syncs > 0 && many(absence.syncs, 'sync'),
		absence.drifts > 0 && `${many(absence.drifts, 'drift')}${healed()}`,
		absence.commits > 0 && many(absence.commits, 'new commit'),
		absence.reverts > 0 && many(absence.reverts, 'revert'),
		absence.holds > 0 && many(absence.holds, 'hold'),
		absence.errors > 0 && many(absence.errors, 'error'),
	];
	return parts.filter(part => part !== false).join(', ');
}
