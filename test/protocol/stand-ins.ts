import type {ApplicationStatus, WorkerStatus} from '../../source/model/status.ts';
import {protocolVersion, type Snapshot} from '../../source/protocol/messages/state.ts';
import type {Handlers} from '../../source/protocol/server.ts';

export const workerStatus: WorkerStatus = {
	pid: 4242,
	version: '0.1.0',
	startedAt: 1,
	mode: 'reconcile',
	configuration: 'holdfast.yaml',
	logFile: '/log',
	connections: [],
	repositories: [],
	counters: {
		reads: 0,
		writes: 0,
		dryRuns: 0,
		watches: 0,
		retries: 0,
		renders: 0,
		renderCacheHits: 0,
		fetches: 0,
		residentBytes: 0,
	},
	problems: [],
};

export function applicationStatus(name: string, fields: Partial<ApplicationStatus> = {}): ApplicationStatus {
	return {
		name,
		context: 'test',
		namespace: 'shop',
		repoURL: '/repo',
		path: '',
		target: 'main',
		revision: null,
		syncedRevision: null,
		syncedAt: null,
		syncStatus: 'Unknown',
		health: {status: 'Unknown'},
		operation: null,
		counts: {objects: 0, synced: 0, outOfSync: 0, missing: 0, toPrune: 0, drifted: 0, failed: 0},
		drift: [],
		conditions: [],
		isAutomated: true,
		isHealing: false,
		holds: [],
		parent: null,
		dependsOn: [],
		sourceSeenAt: null,
		clusterSeenAt: null,
		...fields,
	};
}

export const emptySnapshot: Snapshot = {protocolVersion, worker: workerStatus, applications: []};

export function testHandlers(changed: Partial<Handlers> = {}): Handlers {
	const snapshot = () => emptySnapshot;
	const notExpected = () => {
		throw new Error('not expected');
	};
	return {
		attach: snapshot,
		snapshot,
		sync: notExpected,
		endSync: notExpected,
		hold: notExpected,
		resume: notExpected,
		revert: notExpected,
		adopt: notExpected,
		log: notExpected,
		commit: notExpected,
		object: notExpected,
		tree: () => [],
		events: () => [],
		workerLog: () => [],
		diff: ({application}) => ({application, revision: 'abc', objects: [], problems: [], dryRuns: 0}),
		refresh: snapshot,
		resources: () => [],
		history: () => [],
		settled: snapshot,
		shutdown: () => null,
		...changed,
	};
}
