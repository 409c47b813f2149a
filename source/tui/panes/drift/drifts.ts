import type {DriftEvent, OpenDrift} from '../../../model/drift.ts';
import type {JournalEntry} from '../../../model/journal.ts';
import type {ApplicationStatus} from '../../../model/status.ts';

/** A drift as the pane shows it. */
export interface ShownDrift extends DriftEvent {
	/** `open`: nobody has put it back. `unknown`: its application says of more drift than it names. */
	readonly standing: 'open' | 'over' | 'unknown';
}

/**
 * Every drift that is known, newest first: those of the history, and those that stand now although the history that was
 * read does not reach back to them. What stands of one object may have come in several events: each of them stands that
 * was the last to tell of one of its fields.
 */
export function listDrifts(
	journal: readonly JournalEntry[],
	applications: Iterable<ApplicationStatus>,
): readonly ShownDrift[] {
	const events = new Map<string, DriftEvent>();
	for (const entry of journal) if (entry.type === 'drift') events.set(entry.event.id, entry.event);
	const newestFirst = [...events.values()].sort(byTime);
	const drifts = new Map<string, ShownDrift>(newestFirst.map(event => [event.id, {...event, standing: 'over'}]));
	const byApplication = Map.groupBy(newestFirst, event => event.application);
	for (const application of applications) {
		const own = byApplication.get(application.name) ?? [];
		if (application.counts.drifted > application.drift.length) {
			for (const event of own) drifts.set(event.id, {...event, standing: 'unknown'});
		}
		for (const open of application.drift) {
			for (const event of eventsOf(open, own, application)) {
				drifts.set(event.id, {...event, action: open.action, standing: 'open'});
			}
		}
	}
	return [...drifts.values()].sort(byTime);
}

/** The events that what stands now came in: for each of its fields the last one that told of it. */
function eventsOf(
	open: OpenDrift,
	newestFirst: readonly DriftEvent[],
	application: ApplicationStatus,
): readonly DriftEvent[] {
	const about = newestFirst.filter(({object, namespace}) => object === open.object && namespace === open.namespace);
	const found = open.fields.map(({path}) => about.find(({fields}) => fields.some(field => field.path === path)));
	const known = new Set(found.filter(event => event !== undefined));
	if (known.size > 0) return [...known];
	return [about.find(({id}) => id === open.eventId) ?? eventFrom(open, application)];
}

function eventFrom(open: OpenDrift, application: ApplicationStatus): DriftEvent {
	return {
		id: open.eventId,
		time: open.since,
		application: application.name,
		object: open.object,
		// The list of open drifts names no group; what is opened from here is looked up by kind and name.
		key: '',
		namespace: open.namespace,
		type: open.type,
		fields: open.fields,
		action: open.action,
		revision: application.syncedRevision,
	};
}

function byTime(one: DriftEvent, other: DriftEvent): number {
	return other.time - one.time || (one.id < other.id ? 1 : -1);
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
