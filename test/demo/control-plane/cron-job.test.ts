/** CronJobs on a clock that the test sets: just before a minute is full. */
import {afterEach, expect, test} from 'vitest';
import {runControllers} from '../../../demo/control-plane/controllers/index.ts';
import {type EmbeddedControlPlane, startControlPlane} from '../../../demo/control-plane/start.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';

const writer = {manager: 'test'};
const namespace = 'default';
const minute = 60_000;
let plane: EmbeddedControlPlane | undefined;

afterEach(async () => {
	await plane?.stop();
	plane = undefined;
});

/** A cluster in which the next full minute is one second away. */
async function startBeforeMinute(): Promise<EmbeddedControlPlane> {
	const start = Date.now();
	plane = await startControlPlane({
		controllers: runControllers,
		now: () => Date.UTC(2026, 0, 1, 12) - 1_000 + Date.now() - start,
	});
	return plane;
}

function cronJob(spec: object, runs = 50): KubernetesObject {
	const template = {
		metadata: {annotations: {'fakelet/run-ms': String(runs), 'fakelet/ready-delay-ms': '50'}},
		spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'registry.example.com/job:1.0.0'}]},
	};
	return {
		apiVersion: 'batch/v1',
		kind: 'CronJob',
		metadata: {name: 'nightly', namespace},
		spec: {schedule: '* * * * *', jobTemplate: {spec: {template}}, ...spec},
	};
}

const jobsOf = ({client}: EmbeddedControlPlane): string[] =>
	client.list('Job.batch', namespace).map(({metadata}) => metadata.name);
const statusOf = ({client}: EmbeddedControlPlane): unknown => client.get('CronJob.batch', namespace, 'nightly')?.status;

/** A Job of an earlier minute, as if the CronJob had made it. */
function earlierJob({client}: EmbeddedControlPlane, owner: KubernetesObject, minutesAgo: number): string {
	const name = `nightly-${Math.floor(Date.UTC(2026, 0, 1, 12) / minute) - minutesAgo}`;
	const {jobTemplate} = cronJob({}, 600_000).spec as {jobTemplate: {spec: object}};
	const {apiVersion, kind, metadata} = owner;
	const ownerReferences = [{apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true}];
	client.create(
		{apiVersion: 'batch/v1', kind: 'Job', metadata: {name, namespace, ownerReferences}, spec: jobTemplate.spec},
		writer,
	);
	return name;
}

test('runs a Job when its minute comes, named by it, and says when it succeeded', async () => {
	const {client} = await startBeforeMinute();
	client.create(cronJob({}), writer);
	expect(jobsOf(plane!)).toEqual([]);
	await expect.poll(() => jobsOf(plane!), {timeout: 8_000}).toEqual([`nightly-${Date.UTC(2026, 0, 1, 12) / minute}`]);
	await expect
		.poll(() => statusOf(plane!), {timeout: 8_000})
		.toMatchObject({lastScheduleTime: '2026-01-01T12:00:00Z', lastSuccessfulTime: expect.any(String)});
});

test.each([
	{concurrencyPolicy: 'Allow', left: 2},
	{concurrencyPolicy: 'Forbid', left: 1},
	{concurrencyPolicy: 'Replace', left: 1},
])('$concurrencyPolicy: what becomes of a Job that still runs', async ({concurrencyPolicy, left}) => {
	const {client} = await startBeforeMinute();
	const owner = client.create(cronJob({concurrencyPolicy}, 600_000), writer);
	const earlier = earlierJob(plane!, owner, 1);
	await expect.poll(() => statusOf(plane!), {timeout: 8_000}).toMatchObject({lastScheduleTime: '2026-01-01T12:00:00Z'});
	await expect.poll(() => jobsOf(plane!).length, {timeout: 8_000}).toBe(left);
	expect(jobsOf(plane!).includes(earlier)).toBe(concurrencyPolicy !== 'Replace');
});

test('a suspended one runs nothing', async () => {
	const {client} = await startBeforeMinute();
	client.create(cronJob({suspend: true}), writer);
	await expect.poll(() => client.now(), {timeout: 8_000}).toBeGreaterThan(Date.UTC(2026, 0, 1, 12) + 500);
	expect(jobsOf(plane!)).toEqual([]);
});
