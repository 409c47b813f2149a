import type {DriftEvent} from '../../../model/drift.ts';
import type {JournalEntry} from '../../../model/journal.ts';
import type {ApplicationStatus} from '../../../model/status.ts';

/** A drift as the pane shows it. */
export interface ShownDrift extends DriftEvent {
	/** Whether it stands now: nobody has put it back. */
	readonly isOpen: boolean;
}

/**
 * Every drift that is known, newest first: those of the history, and those that stand now although the history that was
 * read does not reach back to them.
 */
export function listDrifts(
	journal: readonly JournalEntry[],
	applications: Iterable<ApplicationStatus>,
): readonly ShownDrift[] {
	const drifts = new Map<string, ShownDrift>();
	for (const entry of journal) if (entry.type === 'drift') drifts.set(entry.event.id, {...entry.event, isOpen: false});
	for (const application of applications) {
		for (const open of application.drift) {
			const known = drifts.get(open.eventId);
			const event = known ?? {
				id: open.eventId,
				time: open.since,
				application: application.name,
				object: open.object,
				// The list of open drifts names no group; what is opened from here is looked up by kind and name.
				key: '',
				namespace: open.namespace,
				type: open.type,
				fields: open.fields,
				revision: application.syncedRevision,
			};
			drifts.set(open.eventId, {...event, action: open.action, isOpen: true});
		}
	}
	return [...drifts.values()].sort((one, other) => other.time - one.time || (one.id < other.id ? 1 : -1));
}

type Known = {readonly journal: readonly JournalEntry[]; readonly drifts: ReadonlyMap<string, ShownDrift>};
const lists = new WeakMap<ReadonlyMap<string, ApplicationStatus>, Known>();

/** The same, by id, made once for what all rows of one frame ask. */
export function driftsOf(
	journal: readonly JournalEntry[],
	applications: ReadonlyMap<string, ApplicationStatus>,
): ReadonlyMap<string, ShownDrift> {
	const known = lists.get(applications);
	if (known?.journal === journal) return known.drifts;
	const drifts = new Map(listDrifts(journal, applications.values()).map(drift => [drift.id, drift]));
	lists.set(applications, {journal, drifts});
	return drifts;
}
