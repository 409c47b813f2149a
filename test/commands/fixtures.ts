import type {LoggedCommit} from '../../source/model/commit.ts';
import type {DriftEvent, FieldChange} from '../../source/model/drift.ts';
import type {Hold} from '../../source/model/hold.ts';
import type {Plan} from '../../source/model/plan.ts';
import type {ApplicationStatus, OperationState, ResourceStatus, WorkerStatus} from '../../source/model/status.ts';
import type {ChangePreview} from '../../source/protocol/messages/change.ts';

/** 2026-11-21T11:04:31Z: every test's now. */
export const now = Date.UTC(2026, 10, 21, 11, 4, 31);
export const revision = '9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567';

export function makeApplication(overrides: Partial<ApplicationStatus> = {}): ApplicationStatus {
	return {
		name: 'checkout',
		context: 'eu-prod',
		namespace: 'shop',
		repoURL: 'https://git.example.com/shop.git',
		path: 'deploy/checkout',
		target: 'main',
		revision,
		syncedRevision: revision,
		syncedAt: now - 12_000,
		syncStatus: 'Synced',
		health: {status: 'Healthy'},
		operation: null,
		counts: {objects: 11, synced: 11, outOfSync: 0, missing: 0, toPrune: 0, drifted: 0, failed: 0},
		drift: [],
		conditions: [],
		isAutomated: true,
		isHealing: true,
		holds: [],
		parent: null,
		dependsOn: [],
		sourceSeenAt: now - 14_000,
		clusterSeenAt: now - 2_000,
		...overrides,
	};
}

export function makeWorker(overrides: Partial<WorkerStatus> = {}): WorkerStatus {
	return {
		pid: 4711,
		version: '0.1.0',
		startedAt: now - 3 * 3_600_000,
		mode: 'reconcile',
		configuration: '/srv/holdfast.yaml',
		logFile: '/srv/state/worker.log',
		connections: [
			{
				context: 'eu-prod',
				server: 'https://10.0.0.1',
				isProduction: false,
				version: 'v1.36.3',
				state: 'live',
				since: now - 60_000,
			},
		],
		repositories: [],
		counters: {
			reads: 3,
			writes: 0,
			dryRuns: 0,
			watches: 4,
			retries: 0,
			renders: 1,
			renderCacheHits: 0,
			fetches: 1,
			residentBytes: 90_000_000,
		},
		problems: [],
		...overrides,
	};
}

/** An hour's hold of the whole application, with 42 minutes left. */
export function makeHold(overrides: Partial<Hold> = {}): Hold {
	return {
		id: '3f9a1c',
		scope: {type: 'application'},
		owner: 'ana@bastion-1',
		reason: 'INC-2231',
		since: now - 18 * 60_000,
		until: now + 42 * 60_000,
		includesSync: false,
		...overrides,
	};
}

export function makeResource(kind: string, name: string, overrides: Partial<ResourceStatus> = {}): ResourceStatus {
	return {
		group: '',
		version: 'v1',
		kind,
		namespace: 'shop',
		name,
		syncStatus: 'Synced',
		health: {status: 'Healthy'},
		isHook: false,
		requiresPruning: false,
		...overrides,
	};
}

export const revertCommit = '5be1f0c2b4d5e6f708192a3b4c5d6e7f80123456';

/** A change of one line that takes one object of checkout back, and deletes `deletions`. */
export function makePreview(overrides: Partial<ChangePreview> = {}, deletions = 0): ChangePreview {
	return {
		token: 'token-1',
		branch: 'main',
		author: 'Ana <ana@example.com>',
		isSigned: false,
		message: 'Revert "raise memory"\n\nThis reverts commit 9f3c1a2.\n',
		files: [{path: 'deploy/checkout/web.yaml', status: 'modified', additions: 1, deletions: 1, isBinary: false}],
		diff: '--- a/deploy/checkout/web.yaml\n+++ b/deploy/checkout/web.yaml\n@@ -1,1 +1,1 @@\n-replicas: 10\n+replicas: 3\n',
		isTruncated: false,
		effects: [
			{
				application: 'checkout',
				context: 'eu-prod',
				namespace: 'shop',
				plan: makePlan({revision: revertCommit}, deletions),
				objects: [
					{
						object: 'Deployment/checkout',
						namespace: 'shop',
						group: 'apps',
						version: 'v1',
						action: 'change',
						fields: [{path: 'spec.replicas', live: '10', desired: '3'}],
						live: 'spec:\n  replicas: 10\n',
						desired: 'spec:\n  replicas: 3\n',
					},
				],
				problems: [],
				isAutomated: true,
			},
		],
		untouched: ['basket'],
		...overrides,
	};
}

export function makeCommit(overrides: Partial<LoggedCommit> = {}): LoggedCommit {
	return {
		id: revision,
		author: 'lena',
		email: 'lena@example.com',
		time: now - 3 * 3_600_000,
		subject: 'raise memory',
		parents: ['a'.repeat(40)],
		state: 'live',
		objects: {created: 0, changed: 2, deleted: 0},
		...overrides,
	};
}

export function makeOperation(overrides: Partial<OperationState> = {}): OperationState {
	return {
		id: 'op-1',
		phase: 'Succeeded',
		syncPhase: 'Sync',
		wave: 0,
		initiatedBy: 'ana@bastion-1',
		revision,
		startedAt: now - 1_000,
		finishedAt: now - 600,
		step: 0,
		steps: 1,
		done: 2,
		total: 2,
		message: '1 created, 1 changed',
		results: [
			{object: 'ConfigMap/extra', action: 'create', result: 'Succeeded'},
			{object: 'Deployment/checkout', action: 'change', result: 'Succeeded'},
		],
		failureCodes: [],
		attempt: 1,
		...overrides,
	};
}

export function makeField(overrides: Partial<FieldChange> = {}): FieldChange {
	return {
		path: 'spec.replicas',
		class: 'modified',
		was: '3',
		now: '10',
		manager: 'kubectl',
		operation: 'Update',
		subresource: 'scale',
		notBefore: now - 1_000,
		notAfter: now,
		confidence: 'exact',
		evidence: 'managedFields',
		...overrides,
	};
}

export function makeDrift(overrides: Partial<DriftEvent> = {}): DriftEvent {
	return {
		id: 'drift-1',
		time: now,
		application: 'checkout',
		object: 'Deployment/checkout',
		key: 'apps/Deployment/shop/checkout',
		namespace: 'shop',
		type: 'modified',
		fields: [makeField()],
		action: 'healed',
		duration: 100,
		revision,
		...overrides,
	};
}

/** A plan of one creation, one change that takes a field over, and `deletions` deletions. */
export function makePlan(overrides: Partial<Plan> = {}, deletions = 0): Plan {
	const ref = (kind: string, name: string, group = '') => ({group, version: 'v1', kind, namespace: 'shop', name});
	return {
		application: 'checkout',
		revision,
		steps: [
			{
				title: 'wave 0',
				phase: 'Sync',
				wave: 0,
				waitsForReady: false,
				items: [
					{
						action: 'create',
						ref: ref('ConfigMap', 'extra'),
						key: '/ConfigMap/shop/extra',
						reason: 'new in Git',
					},
					{
						action: 'change',
						ref: ref('Deployment', 'checkout', 'apps'),
						key: 'apps/Deployment/shop/checkout',
						reason: 'drifted',
						takeOver: [{path: 'spec.replicas', manager: 'kubectl-edit'}],
					},
					...Array.from({length: deletions}, (_item, index) => ({
						action: 'delete' as const,
						ref: ref('ConfigMap', `old-${index + 1}`),
						key: `/ConfigMap/shop/old-${index + 1}`,
						reason: 'not in Git any more',
						uid: `uid-${index + 1}`,
					})),
				],
			},
		],
		counts: {create: 1, change: 1, delete: deletions, hooks: 0, unchanged: 9, blocked: 0},
		blocked: [],
		kept: [],
		held: [],
		deletion: deletions > 0 ? {type: 'allowed', count: deletions} : {type: 'none'},
		...overrides,
	};
}

export function makeEmptyPlan(application = 'checkout'): Plan {
	return makePlan({
		application,
		steps: [],
		counts: {create: 0, change: 0, delete: 0, hooks: 0, unchanged: 11, blocked: 0},
	});
}
