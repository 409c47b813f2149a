import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {tell} from './events.ts';
import {
	controlledBy,
	controllerManager,
	isGoing,
	numberAt,
	setStatus,
	type Tree,
	timestamp,
	treeAt,
	valueAt,
} from './objects.ts';
import {isReady, phaseOf, podOf} from './pod-template.ts';

/** Pods until enough of them succeeded, or too many failed. */
export const jobController: Controller = {
	kind: 'Job.batch',
	owns: ['Pod'],
	reconcile(job, client) {
		if (isGoing(job)) return undefined;
		if (hasEnded(job)) return clearAway(job, client);
		const pods = controlledBy(client, job, 'Pod');
		const succeeded = pods.filter(pod => phaseOf(pod) === 'Succeeded').length;
		const failed = pods.filter(pod => phaseOf(pod) === 'Failed').length;
		const active = pods.filter(pod => !isGoing(pod) && ['Pending', 'Running'].includes(phaseOf(pod)));
		const wanted = numberAt(job, 1, 'spec', 'completions');
		const startTime = String(valueAt(job, 'status', 'startTime') ?? timestamp(client.now()));
		const deadline = valueAt(job, 'spec', 'activeDeadlineSeconds');
		const left = typeof deadline === 'number' ? Date.parse(startTime) + deadline * 1_000 - client.now() : undefined;
		const ending = endingOf(job, {succeeded, failed, wanted, isLate: left !== undefined && left <= 0});
		if (!ending && valueAt(job, 'spec', 'suspend') !== true) {
			const room = Math.min(numberAt(job, 1, 'spec', 'parallelism'), wanted - succeeded) - active.length;
			for (let turn = 0; turn < room; turn++) makePod(job, client, turn);
		}
		if (ending?.type === 'Failed') {
			for (const pod of active) client.remove('Pod', pod.metadata.namespace ?? '', pod.metadata.name);
		}
		const live = client.get('Job.batch', job.metadata.namespace ?? '', job.metadata.name);
		if (!live) return undefined;
		const running = ending
			? []
			: controlledBy(client, live, 'Pod').filter(pod => ['Pending', 'Running'].includes(phaseOf(pod)));
		const now = timestamp(client.now());
		setStatus(client, live, {
			startTime,
			...(running.length > 0 ? {active: running.length} : {}),
			ready: running.filter(isReady).length,
			...(succeeded > 0 ? {succeeded} : {}),
			...(failed > 0 ? {failed} : {}),
			terminating: 0,
			...(ending ? {conditions: [{...ending, status: 'True', lastProbeTime: now, lastTransitionTime: now}]} : {}),
			...(ending?.type === 'Complete' ? {completionTime: now} : {}),
			uncountedTerminatedPods: {},
		});
		return left === undefined || ending ? undefined : left + 10;
	},
};

function endingOf(
	job: KubernetesObject,
	{succeeded, failed, wanted, isLate}: {succeeded: number; failed: number; wanted: number; isLate: boolean},
): {readonly type: 'Complete' | 'Failed'; readonly reason: string; readonly message: string} | undefined {
	if (succeeded >= wanted)
		return {type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods'};
	if (isLate)
		return {type: 'Failed', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline'};
	if (failed > numberAt(job, 6, 'spec', 'backoffLimit')) {
		return {type: 'Failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit'};
	}
	return undefined;
}

export const hasEnded = (job: KubernetesObject): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');

export const hasFailed = (job: KubernetesObject): boolean => isTrue(job, 'Failed');

const isTrue = (job: KubernetesObject, condition: string): boolean =>
	((valueAt(job, 'status', 'conditions') ?? []) as Tree[]).some(
		({type, status}) => type === condition && status === 'True',
	);

/** `ttlSecondsAfterFinished`. */
function clearAway(job: KubernetesObject, client: ControllerClient): number | undefined {
	const lifetime = valueAt(job, 'spec', 'ttlSecondsAfterFinished');
	if (typeof lifetime !== 'number') return undefined;
	const [condition] = (valueAt(job, 'status', 'conditions') ?? []) as Tree[];
	const left = Date.parse(String(condition?.lastTransitionTime)) + lifetime * 1_000 - client.now();
	if (left > 0) return left + 10;
	client.remove('Job.batch', job.metadata.namespace ?? '', job.metadata.name, {propagation: 'Background'});
	return undefined;
}

function makePod(job: KubernetesObject, client: ControllerClient, turn: number): void {
	const labels = {'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name};
	const pod = client.create(
		podOf(job, treeAt(job, 'spec', 'template'), {generateName: `${job.metadata.name}-`}, {labels, turn}),
		{manager: controllerManager},
	);
	tell(client, job, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`});
}
