import type {HealDecision} from '../../engine/heal/decide.ts';
import type {DriftEvent, FieldChange, OpenDrift} from '../../model/drift.ts';
import {nameOf} from '../../model/object.ts';
import type {ApplicationContext, ObservedDrift} from './context.ts';
import type {TrackedObject} from './tracked-object.ts';

export const signatureOf = (field: FieldChange): string =>
	`${field.path}\u0000${field.class}\u0000${field.manager}\u0000${field.now ?? ''}`;

/** Whether everything seen now is already known and written down. */
export function isSameDrift(tracked: TrackedObject, fields: readonly FieldChange[]): boolean {
	if (!tracked.drift) return false;
	const known = new Set(tracked.drift.fields.map(signatureOf));
	// The value may not have been read yet; the same path, class and manager then stand for the same drift.
	const knownPaths = new Set(
		tracked.drift.fields.map(field => `${field.path}\u0000${field.class}\u0000${field.manager}`),
	);
	return fields.every(
		field =>
			known.has(signatureOf(field)) ||
			(field.now === undefined && knownPaths.has(`${field.path}\u0000${field.class}\u0000${field.manager}`)),
	);
}

export function describe(
	context: ApplicationContext,
	tracked: TrackedObject,
	drift: ObservedDrift,
	fields: readonly FieldChange[],
	decision: HealDecision,
): DriftEvent {
	const known = knownEvent(context, tracked, drift.fields);
	return {
		id: known?.id ?? context.services.newId(),
		time: known?.time ?? drift.seenAt,
		application: context.application.name,
		object: nameOf(tracked.ref),
		key: tracked.key,
		namespace: tracked.ref.namespace,
		type: drift.class,
		fields: fields.length > 0 ? fields : drift.fields,
		action: decision.action,
		reason: decision.reason,
		revision: context.state.syncedRevision,
	};
}

/**
 * A drift that was written down before this worker started is the same event still: looking again, by a restart or by a
 * one-shot command, makes no news. What stands of one object may have come in several events, each with some of the fields.
 */
function knownEvent(
	context: ApplicationContext,
	tracked: TrackedObject,
	fields: readonly FieldChange[],
): DriftEvent | undefined {
	if (context.state.isCompared) return undefined;
	const {services, application} = context;
	const entries = services.journal.query({application: application.name, types: ['drift'], limit: recentEvents});
	const events = entries.flatMap(entry =>
		entry.type === 'drift' && entry.event.key === tracked.key ? [entry.event] : [],
	);
	const healed = events.findLastIndex(({action}) => action === 'healed');
	const standing = events.slice(healed + 1);
	const known = new Set(standing.flatMap(event => event.fields.map(signatureOf)));
	if (!fields.every(field => known.has(signatureOf(field)))) return undefined;
	const wanted = new Set(fields.map(signatureOf));
	return standing.findLast(event => event.fields.some(field => wanted.has(signatureOf(field))));
}

/** How far back a drift is looked for that stood before this worker started. */
const recentEvents = 500;

export function standing(event: DriftEvent, fields: readonly FieldChange[]): OpenDrift {
	return {
		eventId: event.id,
		object: event.object,
		namespace: event.namespace,
		type: event.type,
		fields,
		action: event.action,
		since: event.time,
	};
}

export function eventOf(context: ApplicationContext, tracked: TrackedObject, drift: OpenDrift): DriftEvent {
	return {
		id: drift.eventId,
		time: drift.since,
		application: context.application.name,
		object: drift.object,
		key: tracked.key,
		namespace: drift.namespace,
		type: drift.type,
		fields: drift.fields,
		action: drift.action,
		revision: context.state.syncedRevision,
	};
}

export function driftEntry(event: DriftEvent) {
	return {type: 'drift', id: event.id, time: event.time, application: event.application, event} as const;
}
