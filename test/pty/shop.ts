import type {JournalEntry} from '../../source/model/journal.ts';
import type {ApplicationStatus} from '../../source/model/status.ts';
import type {FakeWorkerOptions} from '../commands/fake-worker.ts';
import {makeApplication, makeDrift, makeField, makeWorker, revision} from '../commands/fixtures.ts';
import {degraded, makeClusterEvent, makeCommit, makeHold, makeNode, makeSync} from '../tui/fixtures.ts';

const minute = 60_000;
const before = '77e01bd4b4d5e6f708192a3b4c5d6e7f80123456';

/** The story of the screens: a bad image in checkout, a drift, a hold, and 1,000 applications where that is asked for. */
export function shop(more = 0): FakeWorkerOptions {
	const now = Date.now();
	const counts = {...makeApplication().counts, synced: 9, outOfSync: 2};
	const fresh = {sourceSeenAt: now, clusterSeenAt: now, syncedAt: now - 12_000};
	const checkout = makeApplication({
		...fresh,
		syncStatus: 'OutOfSync',
		health: degraded('container app: ImagePullBackOff'),
		healthSince: now - 9 * minute,
		counts: {...counts, drifted: 1},
		drift: [
			{
				eventId: 'drift-1',
				object: 'Deployment/checkout',
				namespace: 'shop',
				type: 'modified',
				fields: [makeField()],
				action: 'reported',
				since: now - 5 * minute,
			},
		],
		isHealing: false,
	});
	const ledger = makeApplication({
		...fresh,
		name: 'ledger',
		syncStatus: 'OutOfSync',
		counts,
		holds: [makeHold({since: now - 18 * minute, until: now + 42 * minute})],
	});
	const good = (name: string): ApplicationStatus => makeApplication({...fresh, name, syncedAt: now - 3_600_000});
	const many = Array.from({length: more}, (_item, index) => good(`app-${String(index).padStart(4, '0')}`));
	return {
		applications: [checkout, ledger, good('frontend'), good('mail'), ...many],
		worker: {startedAt: now - 3_600_000, connections: [{...makeWorker().connections[0]!, isProduction: true}]},
		handlers: {
			tree: ({application}) =>
				application === 'checkout'
					? [
							makeNode('Deployment/checkout', {health: degraded('x'), detail: '1/3 ready: ImagePullBackOff'}),
							makeNode('Deployment/checkout ReplicaSet/checkout-7c9f', {detail: '1/3 ready'}),
							makeNode('Deployment/checkout ReplicaSet/checkout-7c9f Pod/checkout-7c9f-x2x', {
								health: degraded('container app: ImagePullBackOff, no such image "shop/checkout:2.3.O"'),
								detail: 'ImagePullBackOff',
								createdAt: now - 41_000,
							}),
							makeNode('Service/checkout'),
						]
					: [makeNode(`Deployment/${application}`)],
			log: () => ({
				branch: 'main',
				commits: [
					makeCommit({state: 'live', time: now - 12 * minute}),
					makeCommit({id: before, subject: 'log level back', author: 'dan', time: now - 60 * minute}),
				],
			}),
			events: () => [makeClusterEvent({firstSeen: now - 2 * minute, lastSeen: now - 5_000})],
			history: () => history(now),
			commit: () => ({
				info: {...makeCommit(), time: now - 12 * minute},
				body: 'More room for the cache.',
				files: [{path: 'deploy/checkout.yaml', status: 'modified', additions: 2, deletions: 2, isBinary: false}],
				diff: '--- a/deploy/checkout.yaml\n+++ b/deploy/checkout.yaml\n@@ -1 +1 @@\n-memory: 256Mi\n+memory: 512Mi\n',
				isTruncated: false,
				problems: [],
			}),
			diff: () => ({
				application: 'checkout',
				revision,
				objects: [
					{
						object: 'Deployment/checkout',
						namespace: 'shop',
						group: 'apps',
						version: 'v1',
						action: 'change',
						fields: [{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'}],
						live: 'spec:\n  replicas: 10\n',
						desired: 'spec:\n  replicas: 3\n',
					},
				],
				problems: [],
				dryRuns: 1,
			}),
			object: () => ({
				live: 'kind: Deployment\nspec:\n  replicas: 10\n',
				desired: 'kind: Deployment\nspec:\n  replicas: 3\n',
				managers: [
					{
						manager: 'kubectl',
						operation: 'Update',
						subresource: 'scale',
						time: now - 5 * minute,
						paths: ['spec.replicas'],
					},
				],
			}),
			workerLog: () => [JSON.stringify({level: 40, time: new Date(now).toISOString(), msg: 'sync failed once'})],
		},
	};
}

function history(now: number): JournalEntry[] {
	const event = makeDrift({time: now - 5 * minute, action: 'reported', reason: 'healing is off', duration: undefined});
	return [
		makeSync({id: 's0', revision: before, time: now - 70 * minute}),
		makeSync({time: now - 10 * minute}),
		{type: 'drift', id: event.id, time: event.time, application: event.application, event},
	];
}

/** The drift of {@link shop} as it comes in while somebody looks. */
export function newDrift(id: string): JournalEntry {
	const event = makeDrift({
		id,
		time: Date.now(),
		object: 'ConfigMap/checkout-env',
		fields: [makeField({path: 'data.LOG_LEVEL', was: 'info', now: 'debug'})],
	});
	return {type: 'drift', id, time: event.time, application: event.application, event};
}
