import type {OpenDrift} from '../../model/drift.ts';
import {apiVersionOf, keyOf, nameOf} from '../../model/object.ts';
import {
	type ApplicationCounts,
	type ApplicationStatus,
	type Condition,
	type Health,
	type ResourceStatus,
	type SyncStatus,
	worstHealth,
} from '../../model/status.ts';
import {childHealth, childKnowledge} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {currentHolds} from './holds.ts';
import {knowledgeOf} from './knowledge.ts';
import type {TrackedObject} from './tracked-object.ts';

/** Drifts sent with a status; the rest is in the journal. */
const maximumDrifts = 50;

/** One application as clients see it. Walks all objects: called at most ten times a second for a changing application. */
export function applicationStatus(context: ApplicationContext): ApplicationStatus {
	const {application, state, session, repository} = context;
	const drift: OpenDrift[] = [];
	const healths: Health[] = [];
	let synced = 0;
	let missing = 0;
	let toPrune = 0;
	let failed = 0;
	let drifted = 0;
	for (const tracked of state.objects.values()) {
		if (tracked.desired === null) {
			if (tracked.presence !== 'missing') toPrune++;
			continue;
		}
		const isSynced = knowledgeOf(tracked).type === 'synced';
		if (isSynced && !tracked.problem) synced++;
		if (tracked.presence === 'missing' && !isNeverWritten(tracked)) missing++;
		if (tracked.problem) failed++;
		healths.push(healthOf(tracked));
		if (tracked.drift) {
			drifted++;
			if (drift.length < maximumDrifts) drift.push(tracked.drift);
		}
	}
	for (const key of state.children.keys()) {
		const knowledge = childKnowledge(context, key);
		if (knowledge.type === 'synced') synced++;
		if (knowledge.type === 'missing') missing++;
		healths.push(childHealth(context, key));
	}
	const inGit = new Set([...state.children.keys(), ...state.blocked.map(({ref}) => keyOf(ref))]);
	toPrune += state.inventory.children.filter(({ref}) => !inGit.has(keyOf(ref))).length;
	const objects = healths.length + state.blocked.length;
	const counts: ApplicationCounts = {
		objects,
		synced,
		outOfSync: objects - synced,
		missing,
		toPrune,
		drifted,
		failed: failed + state.blocked.length,
	};
	if (state.blocked.length > 0) healths.push({status: 'Missing', message: state.blocked[0]?.problem.message ?? ''});
	drift.sort((a, b) => b.since - a.since);
	return {
		name: application.name,
		context: session.cluster.context,
		namespace: application.destination.namespace,
		repoURL: repository.url,
		path: application.source.path,
		target: application.source.target.value,
		revision: state.revision,
		syncedRevision: state.syncedRevision,
		syncedAt: state.syncedAt,
		syncStatus: syncStatusOf(context, counts),
		health: state.isCompared ? worstHealth(healths) : {status: 'Unknown'},
		operation: state.operation,
		counts,
		drift,
		conditions: [...connectionCondition(context), ...state.conditions.values()],
		isAutomated: application.syncPolicy.automated !== undefined,
		isHealing:
			context.services.mode === 'reconcile' && application.driftPolicy.mode === 'heal' && !application.isSuspended,
		holds: currentHolds(context),
		parent: null,
		dependsOn: application.dependsOn,
		sourceSeenAt: state.sourceSeenAt,
		clusterSeenAt: clusterSeenAt(context),
	};
}

/** While every watch is live, what we know is as old as now. */
function clusterSeenAt(context: ApplicationContext): number | null {
	const {state, session, services} = context;
	if (!state.isCompared) return null;
	if (session.cluster.connection.state === 'live' && session.watches.staleKinds().length === 0) return services.clock();
	return state.clusterSeenAt;
}

/** Unknown until compared, and while the newest commit cannot be rendered: we do not know what Git wants. */
function syncStatusOf(context: ApplicationContext, counts: ApplicationCounts): SyncStatus {
	const {state} = context;
	const isCurrent = state.isRenderComplete && state.renderedRevision === state.revision;
	if (!state.isCompared || state.revision === null || !isCurrent) return 'Unknown';
	return counts.outOfSync > 0 || counts.toPrune > 0 ? 'OutOfSync' : 'Synced';
}

function connectionCondition(context: ApplicationContext): Condition[] {
	const {connection} = context.session.cluster;
	if (connection.state !== 'stale') return [];
	const problem = connection.problem ?? {code: 'Unreachable', message: 'the API server does not answer'};
	return [{type: 'ClusterUnreachable', problem, since: connection.since}];
}

/** What is left to others altogether is no reason for us to be well or ill. */
function isNeverWritten(tracked: TrackedObject): boolean {
	return tracked.desired?.options.apply === 'ignore';
}

function healthOf(tracked: TrackedObject): Health {
	if (isNeverWritten(tracked)) return {status: 'Healthy'};
	return tracked.presence === 'missing' ? {status: 'Missing'} : tracked.health;
}

/** Every object of an application: those of Git, those that cannot be written, and those that wait to be pruned. */
export function resourceStatuses(context: ApplicationContext): ResourceStatus[] {
	const {state} = context;
	const resources: ResourceStatus[] = [];
	for (const tracked of state.objects.values()) {
		const isSynced = tracked.desired !== null && knowledgeOf(tracked).type === 'synced' && !tracked.problem;
		resources.push({
			...tracked.ref,
			syncStatus: tracked.presence === 'unknown' ? 'Unknown' : isSynced ? 'Synced' : 'OutOfSync',
			health: healthOf(tracked),
			...(tracked.problem ? {problem: tracked.problem} : {}),
			isHook: false,
			requiresPruning: tracked.desired === null,
		});
	}
	for (const [key, {desired}] of state.children) {
		const isSynced = childKnowledge(context, key).type === 'synced';
		resources.push({
			...desired.ref,
			syncStatus: isSynced ? 'Synced' : 'OutOfSync',
			health: childHealth(context, key),
			isHook: false,
			requiresPruning: false,
		});
	}
	for (const {ref, problem} of state.blocked) {
		const health: Health = {status: 'Missing', message: problem.message};
		resources.push({...ref, syncStatus: 'OutOfSync', health, problem, isHook: false, requiresPruning: false});
	}
	for (const hook of state.hooks) {
		resources.push({
			...hook.ref,
			syncStatus: 'Unknown',
			health: {status: 'Unknown'},
			isHook: true,
			requiresPruning: false,
		});
	}
	return resources.sort((a, b) =>
		`${apiVersionOf(a)} ${nameOf(a)} ${a.namespace}` < `${apiVersionOf(b)} ${nameOf(b)} ${b.namespace}` ? -1 : 1,
	);
}
