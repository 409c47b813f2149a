import type {ApplicationStatus, WorkerStatus} from '../model/status.ts';
import type {Changes} from './messages/state.ts';

/** Changes that wait to be sent. The last word on each application counts: a status, or that it was removed. */
export interface ChangeBatch {
	add(changes: Changes): void;
	/** Empties the batch; undefined when there is nothing in it. */
	take(): Changes | undefined;
}

export function createChangeBatch(): ChangeBatch {
	const applications = new Map<string, ApplicationStatus>();
	const removed = new Set<string>();
	let worker: WorkerStatus | undefined;
	return {
		add(changes) {
			worker = changes.worker ?? worker;
			for (const status of changes.applications) {
				applications.set(status.name, status);
				removed.delete(status.name);
			}
			for (const name of changes.removed) {
				applications.delete(name);
				removed.add(name);
			}
		},
		take() {
			if (!worker && applications.size === 0 && removed.size === 0) return undefined;
			const changes: Changes = {
				...(worker && {worker}),
				applications: [...applications.values()],
				removed: [...removed],
			};
			worker = undefined;
			applications.clear();
			removed.clear();
			return changes;
		},
	};
}
