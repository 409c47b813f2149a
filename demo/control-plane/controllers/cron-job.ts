import {Cron} from 'croner';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {tell} from './events.ts';
import {hasEnded, hasFailed} from './job.ts';
import {
	controlledBy,
	controllerManager,
	isGoing,
	numberAt,
	ownedBy,
	setStatus,
	timestamp,
	treeAt,
	valueAt,
} from './objects.ts';

const minute = 60_000;

/** Jobs at their times. Of what was missed while nobody looked only the last is made up for. */
export const cronJobController: Controller = {
	kind: 'CronJob.batch',
	owns: ['Job.batch'],
	reconcile(cronJob, client) {
		if (isGoing(cronJob)) return undefined;
		const isSuspended = valueAt(cronJob, 'spec', 'suspend') === true;
		const {due, next} = timesOf(cronJob, client.now());
		if (due !== undefined && !isSuspended) run(cronJob, client, due);
		clearHistory(cronJob, client);
		tellStatus(cronJob, client, isSuspended ? undefined : due);
		return isSuspended || next === undefined ? undefined : next - client.now() + 10;
	},
};

/** The newest time that has come since the last run, and the one after now. */
function timesOf(cronJob: KubernetesObject, now: number): {due: number | undefined; next: number | undefined} {
	const timezone = String(valueAt(cronJob, 'spec', 'timeZone') ?? 'UTC');
	const schedule = new Cron(String(valueAt(cronJob, 'spec', 'schedule')), {timezone, paused: true});
	const last = Date.parse(String(valueAt(cronJob, 'status', 'lastScheduleTime') ?? cronJob.metadata.creationTimestamp));
	const [due] = schedule.previousRuns(1, new Date(now + 1));
	return {
		due: due && due.getTime() > last ? due.getTime() : undefined,
		next: schedule.nextRun(new Date(now))?.getTime(),
	};
}

function run(cronJob: KubernetesObject, client: ControllerClient, due: number): void {
	const {namespace = ''} = cronJob.metadata;
	const name = `${cronJob.metadata.name}-${Math.floor(due / minute)}`;
	if (client.get('Job.batch', namespace, name)) return;
	const active = activeJobs(client, cronJob);
	const policy = valueAt(cronJob, 'spec', 'concurrencyPolicy');
	if (policy === 'Forbid' && active.length > 0) {
		const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
		tell(client, cronJob, {type: 'Normal', reason: 'JobAlreadyActive', message});
		return;
	}
	if (policy === 'Replace') for (const job of active) removeJob(client, job);
	const template = treeAt(cronJob, 'spec', 'jobTemplate');
	const metadata = {...treeAt(template, 'metadata'), name, namespace, ownerReferences: [ownedBy(cronJob)]};
	const spec = treeAt(template, 'spec');
	client.create({apiVersion: 'batch/v1', kind: 'Job', metadata, spec}, {manager: controllerManager});
	tell(client, cronJob, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created job ${name}`});
}

/** Keeps as many ended Jobs as the limits say, the newest. */
function clearHistory(cronJob: KubernetesObject, client: ControllerClient): void {
	const ended = controlledBy(client, cronJob, 'Job.batch')
		.filter(job => hasEnded(job) && !isGoing(job))
		.toSorted((a, b) => (a.metadata.name < b.metadata.name ? 1 : -1));
	const limits = {
		failed: numberAt(cronJob, 1, 'spec', 'failedJobsHistoryLimit'),
		successful: numberAt(cronJob, 3, 'spec', 'successfulJobsHistoryLimit'),
	};
	const failed = ended.filter(hasFailed).slice(limits.failed);
	const successful = ended.filter(job => !hasFailed(job)).slice(limits.successful);
	for (const job of [...failed, ...successful]) removeJob(client, job);
}

function activeJobs(client: ControllerClient, cronJob: KubernetesObject): KubernetesObject[] {
	return controlledBy(client, cronJob, 'Job.batch').filter(job => !hasEnded(job) && !isGoing(job));
}

function removeJob(client: ControllerClient, job: KubernetesObject): void {
	client.remove('Job.batch', job.metadata.namespace ?? '', job.metadata.name, {propagation: 'Background'});
}

function tellStatus(cronJob: KubernetesObject, client: ControllerClient, due: number | undefined): void {
	const {namespace = '', name} = cronJob.metadata;
	const live = client.get('CronJob.batch', namespace, name);
	if (!live) return;
	const jobs = controlledBy(client, live, 'Job.batch');
	const active = activeJobs(client, live);
	const {active: _, ...before} = treeAt(live, 'status');
	const lastSuccessfulTime = jobs
		.map(job => String(valueAt(job, 'status', 'completionTime') ?? ''))
		.toSorted()
		.at(-1);
	setStatus(client, live, {
		...before,
		...(due === undefined ? {} : {lastScheduleTime: timestamp(due)}),
		...(lastSuccessfulTime ? {lastSuccessfulTime} : {}),
		...(active.length > 0 ? {active: active.map(referenceTo)} : {}),
	});
}

function referenceTo({apiVersion, kind, metadata}: KubernetesObject): object {
	const {name, namespace, uid, resourceVersion} = metadata;
	return {apiVersion, kind, name, namespace, uid, resourceVersion};
}
