import {isoTime} from '../../model/ages.ts';
import type {JournalEntry} from '../../model/journal.ts';
import {holdJson} from './hold-text.ts';
import {fieldJson} from './status-json.ts';

/**
 * `events -o json`: one object a line. Documented in the README; keys are added, never renamed or removed. Every line has
 * `id`, `time` and `type`; `application` is null for what concerns none. A drift event comes again with the same id when
 * what was done about it changes. `duration` is in milliseconds, null when it is not known.
 */
export function eventJson(entry: JournalEntry): object {
	const head = {
		id: entry.id,
		time: isoTime(entry.time),
		type: entry.type,
		application: entry.application || null,
	};
	switch (entry.type) {
		case 'drift': {
			const {event} = entry;
			return {
				...head,
				object: event.object,
				namespace: event.namespace,
				class: event.type,
				fields: event.fields.map(fieldJson),
				action: event.action,
				reason: event.reason ?? null,
				duration: event.duration ?? null,
				revision: event.revision,
			};
		}
		case 'sync':
			return {
				...head,
				revision: entry.revision,
				initiatedBy: entry.initiatedBy,
				phase: entry.phase,
				message: entry.message,
				duration: entry.duration,
				counts: {
					created: entry.created,
					changed: entry.changed,
					deleted: entry.deleted,
					failed: entry.failed,
				},
				results: entry.results.map(result => ({...result})),
			};
		case 'error':
			return {...head, ...entry.problem};
		case 'revision':
			return {
				...head,
				revision: entry.revision,
				author: entry.author,
				subject: entry.subject,
				isForced: entry.isForced,
			};
		case 'hold':
			return {...head, action: entry.action, by: entry.by, hold: holdJson(entry.hold)};
		case 'revert':
			return {
				...head,
				phase: entry.phase,
				commits: [...entry.commits],
				revertCommit: entry.revertCommit,
				branch: entry.branch,
				by: entry.by,
				reason: entry.reason,
				message: entry.message,
			};
		case 'adopt':
			return {
				...head,
				object: entry.object,
				paths: [...entry.paths],
				commit: entry.commit,
				branch: entry.branch,
				by: entry.by,
			};
		case 'worker':
			return {...head, message: entry.message};
	}
}
