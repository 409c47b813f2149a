import type {Problem} from '../../model/errors.ts';
import {nameOf} from '../../model/object.ts';
import type {ApplicationStatus} from '../../model/status.ts';

/** What is asked about an application that others depend on. */
export type DependencyStatus = Pick<
	ApplicationStatus,
	'syncStatus' | 'health' | 'operation' | 'repoURL' | 'target' | 'syncedRevision'
>;

/** The application that waits; `revision` is the commit that it would sync. */
export type Dependent = Pick<ApplicationStatus, 'repoURL' | 'target' | 'revision'>;

/**
 * Why each dependency is not ready; nothing: all are. Ready is Synced and Healthy after a sync that went well, and at the
 * same commit when both come from one branch of one repository: a commit that changes both arrives in order (Flux).
 */
export function unreadyDependencies(
	dependencies: readonly {readonly name: string; readonly status: DependencyStatus | undefined}[],
	dependent: Dependent,
): Problem[] {
	return dependencies.flatMap(({name, status}) => {
		const reason = status ? whyUnready(status, dependent) : 'it is not known here; see its problems';
		if (reason === null) return [];
		const object = nameOf({kind: 'Application', name});
		return {code: 'DependencyNotReady', message: `waits for ${name}: ${reason}`, object};
	});
}

function whyUnready(status: DependencyStatus, dependent: Dependent): string | null {
	const {operation, health} = status;
	if (operation?.phase === 'Running') return 'it is being synced';
	if (operation?.phase === 'Failed') return 'its last sync failed';
	if (status.syncStatus !== 'Synced') return `it is ${status.syncStatus}`;
	if (health.status !== 'Healthy') return `it is ${health.status}${health.message ? ` (${health.message})` : ''}`;
	const isSameSource = status.repoURL === dependent.repoURL && status.target === dependent.target;
	if (!isSameSource || dependent.revision === null || status.syncedRevision === dependent.revision) return null;
	return `it is not at ${dependent.revision.slice(0, 7)} yet`;
}
