import type {Hold} from '../../source/model/hold.ts';
import type {ApplicationStatus} from '../../source/model/status.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from '../commands/fake-worker.ts';
import {
	makeApplication,
	makeOperation,
	makePlan,
	makePreview,
	makeWorker,
	revertCommit,
	revision,
} from '../commands/fixtures.ts';
import {shop} from './shop.ts';

/** A worker of the story that does what it is told: holds, resumes, syncs and reverts, and tells every client. */
export interface Incident {
	readonly worker: FakeWorker;
	/** What was really asked for, dry runs left out. */
	readonly writes: () => string[];
	/** Someone scales checkout by hand while healing is off. */
	drift(): void;
	/** A sync that somebody else asked for. */
	begin(): void;
	/** The running sync or revert comes to its end. */
	finish(): void;
}

export async function startIncident({isProduction = false} = {}): Promise<Incident> {
	const story = shop();
	const connection = {...makeWorker().connections[0]!, isProduction};
	let checkout = story.applications!.find(({name}) => name === 'checkout')!;
	const standing = checkout.drift;
	// Nothing has drifted yet.
	checkout = {...checkout, drift: [], counts: {...checkout.counts, drifted: 0}};
	const others = story.applications!.filter(({name}) => name !== 'checkout');
	const become = (changes: Partial<ApplicationStatus>): ApplicationStatus => {
		checkout = {...checkout, ...changes};
		worker.send({applications: [checkout]});
		return checkout;
	};
	const handlers: FakeWorkerOptions['handlers'] = {
		...story.handlers,
		hold({scope, owner, reason, durationMilliseconds, includesSync}) {
			const since = Date.now();
			const until = durationMilliseconds === null ? null : since + durationMilliseconds;
			const hold: Hold = {id: 'h9', scope, owner, reason, since, until, includesSync};
			become({holds: [hold]});
			return {holds: [{application: 'checkout', hold}], problems: []};
		},
		resume() {
			const holds = checkout.holds.map(hold => ({application: 'checkout', hold}));
			become({holds: []});
			return {holds, problems: []};
		},
		sync({dryRun}) {
			if (dryRun) return {plan: makePlan()};
			const operation = running(revision);
			become({operation});
			return {plan: makePlan(), operation};
		},
		revert({dryRun}) {
			const answer = {preview: makePreview(), reverted: []};
			if (dryRun) return answer;
			become({revision: revertCommit, syncStatus: 'OutOfSync', operation: running(revertCommit)});
			const result = {commit: revertCommit, branch: 'main', type: 'tracked', remoteMessage: '', nextSteps: []} as const;
			return {...answer, result};
		},
	};
	const worker = await startFakeWorker({
		...story,
		applications: [checkout, ...others],
		worker: {...story.worker, connections: [connection]},
		handlers,
	});
	return {
		worker,
		writes: () =>
			worker.asked
				.filter(([name, parameters]) => writing.has(name) && !(parameters as {dryRun?: boolean}).dryRun)
				.map(([name]) => name),
		drift() {
			become({drift: standing, counts: {...checkout.counts, drifted: 1}});
		},
		begin() {
			become({operation: running(revision)});
		},
		finish() {
			const {operation} = checkout;
			if (!operation) throw new Error('nothing runs');
			become({
				operation: {...operation, phase: 'Succeeded', finishedAt: Date.now(), done: 2},
				syncedRevision: operation.revision,
				syncedAt: Date.now(),
				syncStatus: 'Synced',
				health: {status: 'Healthy'},
				drift: [],
				counts: makeApplication().counts,
			});
		},
	};
}

const writing = new Set(['hold', 'resume', 'sync', 'endSync', 'revert', 'adopt']);

let operations = 0;

function running(toRevision: string) {
	operations++;
	const now = Date.now();
	const {finishedAt: _ended, ...operation} = makeOperation({revision: toRevision, startedAt: now});
	return {...operation, id: `op-${operations}`, phase: 'Running', done: 1, total: 2} as const;
}
