import {withoutCredentials} from '../engine/inventory/repository-url.ts';
import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import type {ApplicationStatus} from '../model/status.ts';

/** How an application that could not even be set up is shown: nothing is known of it but why. `since`: epoch milliseconds. */
export function failedStatus(application: Application, problem: Problem, since: number): ApplicationStatus {
	return {
		name: application.name,
		context: application.destination.context ?? application.destination.server ?? '',
		namespace: application.destination.namespace,
		repoURL: withoutCredentials(application.source.repoURL),
		path: application.source.path,
		target: application.source.target.value,
		revision: null,
		syncedRevision: null,
		syncedAt: null,
		syncStatus: 'Unknown',
		health: {status: 'Unknown'},
		operation: null,
		counts: {objects: 0, synced: 0, outOfSync: 0, missing: 0, toPrune: 0, drifted: 0, failed: 0},
		drift: [],
		conditions: [{type: 'ComparisonError', problem, since}],
		isAutomated: application.syncPolicy.automated !== undefined,
		isHealing: false,
		holds: [],
		parent: null,
		dependsOn: application.dependsOn,
		sourceSeenAt: null,
		clusterSeenAt: null,
	};
}
