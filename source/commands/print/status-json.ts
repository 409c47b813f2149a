import {isoTime} from '../../model/ages.ts';
import type {FieldChange, OpenDrift} from '../../model/drift.ts';
import type {ApplicationStatus, OperationState, ResourceStatus, WorkerStatus} from '../../model/status.ts';
import type {Held} from './freshness.ts';
import {holdJson} from './hold-text.ts';

/**
 * `status -o json` and `-o yaml`. Documented in the README; fields are added, never renamed or removed. Times are RFC
 * 3339 or null. With exactly one application named, `resources` lists its objects.
 */
export function statusJson(
	worker: WorkerStatus,
	applications: readonly ApplicationStatus[],
	held: Held,
	resources?: readonly ResourceStatus[],
): object {
	return {
		applications: applications.map(application => ({
			...applicationJson(application),
			...(resources && {resources: resources.map(resource => ({...resource}))}),
		})),
		worker: workerJson(worker, held),
	};
}

export function applicationJson(application: ApplicationStatus): object {
	const {repoURL, path, target, operation, drift, conditions, ...rest} = application;
	return {
		name: rest.name,
		context: rest.context,
		namespace: rest.namespace,
		source: {repoURL, path, target},
		revision: rest.revision,
		syncedRevision: rest.syncedRevision,
		syncedAt: isoTime(rest.syncedAt),
		syncStatus: rest.syncStatus,
		health: {...rest.health},
		operation: operation && operationJson(operation),
		counts: {...rest.counts},
		drift: drift.map(driftJson),
		conditions: conditions.map(({type, problem, since}) => ({type, ...problem, since: isoTime(since)})),
		isAutomated: rest.isAutomated,
		isHealing: rest.isHealing,
		holds: rest.holds.map(holdJson),
		parent: rest.parent,
		dependsOn: [...rest.dependsOn],
		sourceSeenAt: isoTime(rest.sourceSeenAt),
		clusterSeenAt: isoTime(rest.clusterSeenAt),
	};
}

/** A running or finished sync. `duration` is in milliseconds. */
export function operationJson(operation: OperationState): object {
	const {startedAt, finishedAt, retryAt, results, confirmation, ...rest} = operation;
	return {
		...rest,
		startedAt: isoTime(startedAt),
		finishedAt: isoTime(finishedAt),
		duration: finishedAt === undefined ? null : finishedAt - startedAt,
		retryAt: isoTime(retryAt),
		results: results.map(result => ({...result})),
		...(confirmation && {confirmation}),
	};
}

function driftJson(drift: OpenDrift): object {
	return {
		eventId: drift.eventId,
		object: drift.object,
		namespace: drift.namespace,
		class: drift.type,
		fields: drift.fields.map(fieldJson),
		action: drift.action,
		since: isoTime(drift.since),
	};
}

/** One changed field. `was` and `now` are null where there is no value, and left out where it is not known. */
export function fieldJson(field: FieldChange): object {
	return {
		path: field.path,
		class: field.class,
		was: field.was,
		now: field.now,
		manager: field.manager,
		operation: field.operation,
		subresource: field.subresource,
		actor: field.actor,
		notBefore: isoTime(field.notBefore),
		notAfter: isoTime(field.notAfter),
		confidence: field.confidence,
		evidence: field.evidence,
	};
}

export function workerJson(worker: WorkerStatus, held: Held): object {
	return {
		pid: worker.pid,
		version: worker.version,
		mode: worker.mode,
		isOneShot: held.type === 'one-shot',
		startedAt: isoTime(worker.startedAt),
		configuration: worker.configuration,
		logFile: worker.logFile,
		connections: worker.connections.map(connection => ({...connection, since: isoTime(connection.since)})),
		repositories: worker.repositories.map(repository => ({...repository, since: isoTime(repository.since)})),
		counters: {...worker.counters},
		problems: worker.problems.map(problem => ({...problem})),
	};
}
