import type {ApplicationStatus, ResourceStatus} from './status.ts';

/** How an application stands, in one word. */
export type Standing =
	| 'failed'
	| 'degraded'
	| 'unknown'
	| 'missing'
	| 'out-of-sync'
	| 'held'
	| 'syncing'
	| 'progressing'
	| 'suspended'
	| 'good';

/** Worst first. */
export const standings: readonly Standing[] = [
	'failed',
	'degraded',
	'unknown',
	'missing',
	'out-of-sync',
	'held',
	'syncing',
	'progressing',
	'suspended',
	'good',
];

export function standingOf(application: ApplicationStatus): Standing {
	const {operation, syncStatus, health} = application;
	if (operation?.phase === 'Running') return 'syncing';
	if (isStuck(application)) return 'failed';
	if (health.status === 'Degraded') return 'degraded';
	if (syncStatus === 'Unknown' || health.status === 'Unknown') return 'unknown';
	if (health.status === 'Missing') return 'missing';
	if (syncStatus === 'OutOfSync') return isHeldWhole(application) ? 'held' : 'out-of-sync';
	if (health.status === 'Progressing') return 'progressing';
	return health.status === 'Suspended' ? 'suspended' : 'good';
}

/** It differs because somebody wants it to, for a while. */
function isHeldWhole({holds}: ApplicationStatus): boolean {
	return holds.some(({scope}) => scope.type === 'application');
}

/** The last operation did not reach its end, and what it was for still stands. */
function isStuck({operation, syncStatus}: ApplicationStatus): boolean {
	if (syncStatus === 'Synced') return false;
	return operation?.phase === 'Failed' || operation?.phase === 'AwaitingConfirmation';
}

export function resourceStandingOf(resource: ResourceStatus): Standing {
	if (resource.problem) return 'failed';
	if (resource.health.status === 'Degraded') return 'degraded';
	if (resource.health.status === 'Missing') return 'missing';
	if (resource.syncStatus === 'OutOfSync') return 'out-of-sync';
	if (resource.syncStatus === 'Unknown') return 'unknown';
	if (resource.health.status === 'Progressing') return 'progressing';
	return resource.health.status === 'Suspended' ? 'suspended' : 'good';
}

/** A copy, worst first, equals by name. */
export function sortWorstFirst(applications: readonly ApplicationStatus[]): ApplicationStatus[] {
	const rank = (application: ApplicationStatus) => standings.indexOf(standingOf(application));
	return [...applications].sort((a, b) => rank(a) - rank(b) || compareText(a.name, b.name));
}

/** By code unit: the same order on every machine. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** What `--wait` waits for. */
export function isSyncedAndHealthy(application: ApplicationStatus): boolean {
	return (
		application.syncStatus === 'Synced' &&
		application.health.status === 'Healthy' &&
		application.operation?.phase !== 'Running'
	);
}
