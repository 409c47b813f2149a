import type {DriftEvent, FieldChange} from '../model/drift.ts';
import type {JournalEntry} from '../model/journal.ts';
import {parseKey} from '../model/object.ts';
import {isSecretKind, isSecretPath, redacted, redactMessage} from '../model/redact.ts';

const coreSecret = {group: '', kind: 'Secret'};

/**
 * The last guard before the disk. Redaction happens where data enters the model; should a caller forget it, no value of
 * a Secret gets into the journal all the same. What is redacted already passes unchanged.
 */
export function guardEntry(entry: JournalEntry): JournalEntry {
	switch (entry.type) {
		case 'drift':
			// The event's id names the row: that is what a later change of its action comes with.
			return {...entry, id: entry.event.id, event: guardEvent(entry.event)};
		case 'sync':
			return {
				...entry,
				message: guardMessage(entry.message),
				results: entry.results.map(result =>
					result.message === undefined ? result : {...result, message: guardMessage(result.message, result.object)},
				),
			};
		case 'error':
			return {
				...entry,
				problem: {...entry.problem, message: guardMessage(entry.problem.message, entry.problem.object)},
			};
		case 'revert':
			return {...entry, message: guardMessage(entry.message)};
		case 'revision':
		case 'hold':
		case 'adopt':
		case 'worker':
			return entry;
	}
}

function guardEvent(event: DriftEvent): DriftEvent {
	const ref = parseKey(event.key);
	const isSecret = isSecretKind(ref);
	const fields = event.fields.map(field => (isSecret ? guardSecretField(ref, field) : guardField(ref, field)));
	// Only a failure's reason quotes the API server; every other reason is a sentence of our own.
	if (!isSecret || event.action !== 'failed' || event.reason === undefined) return {...event, fields};
	return {...event, fields, reason: redactMessage(coreSecret, event.reason)};
}

/** An empty path stands for the whole object, values included. */
function guardSecretField(ref: {group: string; kind: string}, field: FieldChange): FieldChange {
	return field.path === '' ? mask(field) : guardField(ref, field);
}

function guardField(ref: {group: string; kind: string}, field: FieldChange): FieldChange {
	return isSecretPath(ref, field.path) ? mask(field) : field;
}

/** null and undefined say only that there was nothing, or that it is not known: they stay. */
function mask(field: FieldChange): FieldChange {
	return {
		...field,
		...(typeof field.was === 'string' ? {was: redacted} : {}),
		...(typeof field.now === 'string' ? {now: redacted} : {}),
	};
}

/**
 * API error texts quote what was refused. Those about a Secret are known by the object they come with (`Secret/name`,
 * `Secret/namespace/name`) or by how they name it themselves.
 */
function guardMessage(message: string, object = ''): string {
	return object.startsWith('Secret/') || /\bSecret(\/| ")/.test(message) ? redactMessage(coreSecret, message) : message;
}
