/** The embedded control plane with its controllers: what becomes of objects that somebody writes. */
import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runControllers} from '../../../demo/control-plane/controllers/index.ts';
import {type EmbeddedControlPlane, startControlPlane} from '../../../demo/control-plane/start.ts';
import type {ControllerClient} from '../../../demo/control-plane/types.ts';
import {assessHealth} from '../../../source/engine/health/assess.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';

const writer = {manager: 'test'};
const namespace = 'default';
let plane: EmbeddedControlPlane;
let client: ControllerClient;

beforeAll(async () => {
	plane = await startControlPlane({controllers: runControllers});
	client = plane.client;
});

afterAll(() => plane.stop());

function workload(
	kind: string,
	name: string,
	spec: object,
	image = `registry.example.com/${name}:1.0.0`,
): KubernetesObject {
	const labels = {app: name};
	return {
		apiVersion: 'apps/v1',
		kind,
		metadata: {name, namespace},
		spec: {
			selector: {matchLabels: labels},
			template: {metadata: {labels}, spec: {containers: [{name: 'main', image}]}},
			...spec,
		},
	};
}

const live = (kind: string, name: string): KubernetesObject => {
	const object = client.get(kind, namespace, name);
	if (!object) throw new Error(`${kind} ${name} is not there`);
	return object;
};
const status = (kind: string, name: string): Record<string, unknown> => (live(kind, name).status ?? {}) as never;
const podsOf = (app: string): readonly KubernetesObject[] =>
	client.list('Pod', namespace).filter(({metadata}) => metadata.labels?.app === app);
const health = (kind: string, name: string): string =>
	String(assessHealth(live(kind, name), {now: Date.now(), firstSeenAt: 0}).status);
const eventually = (check: () => void): Promise<void> => expect.poll(() => attempt(check), {timeout: 8_000}).toBe('');

function attempt(check: () => void): string {
	try {
		check();
		return '';
	} catch (error) {
		return String(error);
	}
}

function setImage(name: string, image: string, kind = 'Deployment.apps'): void {
	const deployment = live(kind, name);
	const spec = structuredClone(deployment.spec) as {template: {spec: {containers: {image: string}[]}}};
	spec.template.spec.containers[0]!.image = image;
	client.update({...deployment, spec}, writer);
}

describe('a Deployment', () => {
	test('rolls out, is rolled on without falling below its limits, and keeps the old ReplicaSet', async () => {
		client.create(workload('Deployment', 'web', {replicas: 3}), writer);
		await eventually(() => expect(health('Deployment.apps', 'web')).toBe('Healthy'));
		expect(status('Deployment.apps', 'web')).toMatchObject({replicas: 3, updatedReplicas: 3, availableReplicas: 3});
		const fewest: number[] = [];
		const stop = client.watch(({object}) => {
			if (object.kind === 'Deployment')
				fewest.push(Number((object.status as {availableReplicas?: number}).availableReplicas));
		});
		setImage('web', 'registry.example.com/web:1.1.0');
		await eventually(() => {
			expect(health('Deployment.apps', 'web')).toBe('Healthy');
			expect(podsOf('web')).toHaveLength(3);
		});
		stop();
		expect(Math.min(...fewest)).toBeGreaterThanOrEqual(3);
		const sets = client.list('ReplicaSet.apps', namespace).filter(({metadata}) => metadata.labels?.app === 'web');
		expect(sets.map(({spec}) => (spec as {replicas: number}).replicas).sort()).toEqual([0, 3]);
		expect(live('Deployment.apps', 'web').metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
	});

	test('is scaled up and down', async () => {
		client.create(workload('Deployment', 'scaled', {replicas: 1}), writer);
		for (const replicas of [4, 2]) {
			const deployment = live('Deployment.apps', 'scaled');
			client.update(
				{...deployment, spec: {...(deployment.spec as object), replicas}},
				{manager: 'kubectl', subresource: 'scale'},
			);
			await eventually(() => expect(podsOf('scaled')).toHaveLength(replicas));
		}
		await eventually(() => expect(health('Deployment.apps', 'scaled')).toBe('Healthy'));
	});

	test('whose image nobody has is late, and its Pod tells why', async () => {
		const image = 'registry.example.com/bad:2.3.O';
		client.create(workload('Deployment', 'bad', {replicas: 1, progressDeadlineSeconds: 2}, image), writer);
		await eventually(() => {
			expect(JSON.stringify(podsOf('bad')[0]?.status)).toMatch(/ErrImagePull|ImagePullBackOff/);
			expect(health('Deployment.apps', 'bad')).toBe('Degraded');
		});
		const reasons = client.list('Event', namespace).map(({reason, message}) => `${reason}: ${message}`);
		expect(reasons).toContain(`Failed: Failed to pull image "${image}": not found`);
		client.remove('Deployment.apps', namespace, 'bad', {propagation: 'Background'});
		await eventually(() => expect(podsOf('bad')).toHaveLength(0));
	});
});

test('a Service leads to the Pods that are ready', async () => {
	client.create(workload('Deployment', 'served', {replicas: 2}), writer);
	const spec = {selector: {app: 'served'}, ports: [{name: 'http', port: 80, targetPort: 8080}]};
	client.create({apiVersion: 'v1', kind: 'Service', metadata: {name: 'served', namespace}, spec}, writer);
	await eventually(() => {
		const [subset] = live('Endpoints', 'served').subsets as {addresses: object[]; ports: {port: number}[]}[];
		expect(subset?.addresses).toHaveLength(2);
		expect(subset?.ports[0]?.port).toBe(8080);
		const slices = client.list('EndpointSlice.discovery.k8s.io', namespace);
		expect(slices.find(({metadata}) => metadata.name.startsWith('served-'))?.endpoints).toHaveLength(2);
	});
});

test('a StatefulSet starts its Pods in order and changes them from the last to the first', async () => {
	const order: string[] = [];
	const stop = client.watch(({type, object}) => {
		if (type === 'ADDED' && object.kind === 'Pod' && object.metadata.labels?.app === 'db')
			order.push(object.metadata.name);
	});
	client.create(workload('StatefulSet', 'db', {replicas: 2, serviceName: 'db'}), writer);
	await eventually(() => expect(health('StatefulSet.apps', 'db')).toBe('Healthy'));
	setImage('db', 'registry.example.com/db:1.1.0', 'StatefulSet.apps');
	await eventually(() => expect(order).toHaveLength(4));
	await eventually(() => expect(health('StatefulSet.apps', 'db')).toBe('Healthy'));
	stop();
	expect(order).toEqual(['db-0', 'db-1', 'db-1', 'db-0']);
	const {currentRevision, updateRevision, updatedReplicas} = status('StatefulSet.apps', 'db');
	expect(updatedReplicas).toBe(2);
	expect(currentRevision).toBe(updateRevision);
});

test('a DaemonSet has a Pod on every node', async () => {
	client.create(workload('DaemonSet', 'agent', {}), writer);
	await eventually(() => expect(health('DaemonSet.apps', 'agent')).toBe('Healthy'));
	const nodes = podsOf('agent').map(({spec}) => (spec as {nodeName: string}).nodeName);
	expect(new Set(nodes).size).toBe(3);
});

const jobSpec = (code: number): object => ({
	backoffLimit: 1,
	template: {
		metadata: {annotations: {'fakelet/exit-code': String(code), 'fakelet/run-ms': '100'}},
		spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'registry.example.com/job:1.0.0'}]},
	},
});

test.each([
	{code: 0, condition: 'Complete', counts: {succeeded: 1}, expected: 'Healthy'},
	{code: 3, condition: 'Failed', counts: {failed: 2}, expected: 'Degraded'},
])('a Job whose Pods exit with $code is $condition', async ({code, condition, counts, expected}) => {
	const name = `job-${code}`;
	client.create({apiVersion: 'batch/v1', kind: 'Job', metadata: {name, namespace}, spec: jobSpec(code)}, writer);
	await eventually(() => {
		const {conditions, ...rest} = status('Job.batch', name);
		expect(conditions).toContainEqual(expect.objectContaining({type: condition, status: 'True'}));
		expect(rest).toMatchObject(counts);
		expect(health('Job.batch', name)).toBe(expected);
	});
});

test('a claim is bound', async () => {
	const spec = {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}};
	const metadata = {name: 'data', namespace};
	client.create({apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec}, writer);
	await eventually(() => expect(health('PersistentVolumeClaim', 'data')).toBe('Healthy'));
});

test('a StatefulSet has a claim for each Pod, which outlives it', async () => {
	const volumeClaimTemplates = [
		{metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}},
	];
	client.create(workload('StatefulSet', 'kept', {replicas: 2, serviceName: 'kept', volumeClaimTemplates}), writer);
	await eventually(() => expect(health('StatefulSet.apps', 'kept')).toBe('Healthy'));
	for (const name of ['kept-0', 'kept-1']) {
		expect(live('Pod', name).spec).toMatchObject({
			volumes: expect.arrayContaining([{name: 'data', persistentVolumeClaim: {claimName: `data-${name}`}}]),
		});
		await eventually(() => expect(health('PersistentVolumeClaim', `data-${name}`)).toBe('Healthy'));
	}
	client.remove('StatefulSet.apps', namespace, 'kept', {propagation: 'Background'});
	await eventually(() => expect(podsOf('kept')).toHaveLength(0));
	live('PersistentVolumeClaim', 'data-kept-1');
});

test('minReadySeconds makes a Pod wait before it counts', async () => {
	client.create(workload('Deployment', 'careful', {replicas: 1, minReadySeconds: 2}), writer);
	await eventually(() => expect(status('Deployment.apps', 'careful').readyReplicas).toBe(1));
	expect(status('Deployment.apps', 'careful').availableReplicas).toBeUndefined();
	await eventually(() => expect(status('Deployment.apps', 'careful').availableReplicas).toBe(1));
});

test.each([
	[{minAvailable: 2}, 2],
	[{minAvailable: '50%'}, 2],
	[{maxUnavailable: 1}, 2],
	[{maxUnavailable: '100%'}, 0],
])('a PodDisruptionBudget of %j wants %i of three healthy', async (limits, desiredHealthy) => {
	if (!client.get('Deployment.apps', namespace, 'guarded')) {
		client.create(workload('Deployment', 'guarded', {replicas: 3}), writer);
	}
	const name = `guarded-${Object.entries(limits)
		.join('-')
		.replace(/[^a-z0-9]+/gi, '-')
		.toLowerCase()}0`;
	const spec = {...limits, selector: {matchExpressions: [{key: 'app', operator: 'In', values: ['guarded']}]}};
	client.create({apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name, namespace}, spec}, writer);
	await eventually(() =>
		expect(status('PodDisruptionBudget.policy', name)).toMatchObject({
			expectedPods: 3,
			currentHealthy: 3,
			desiredHealthy,
			disruptionsAllowed: 3 - desiredHealthy,
		}),
	);
});

test('a HorizontalPodAutoscaler scales to what it is told to want, by the scale subresource', async () => {
	client.create(workload('Deployment', 'busy', {replicas: 1}), writer);
	const scaleTargetRef = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'busy'};
	const metadata = {name: 'busy', namespace, annotations: {'demo.holdfast.dev/want': '3'}};
	const spec = {scaleTargetRef, minReplicas: 1, maxReplicas: 5};
	client.create({apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec}, writer);
	await eventually(() => expect(podsOf('busy')).toHaveLength(3));
	expect(live('Deployment.apps', 'busy').metadata.managedFields).toContainEqual(
		expect.objectContaining({manager: 'kube-controller-manager', subresource: 'scale'}),
	);
	await eventually(() =>
		expect(status('HorizontalPodAutoscaler.autoscaling', 'busy')).toMatchObject({
			currentReplicas: 3,
			desiredReplicas: 3,
		}),
	);
});

test('a namespace has its ServiceAccount, and gets it back', async () => {
	await eventually(() => live('ServiceAccount', 'default'));
	const {uid} = live('ServiceAccount', 'default').metadata;
	client.remove('ServiceAccount', namespace, 'default');
	await eventually(() => expect(live('ServiceAccount', 'default').metadata.uid).not.toBe(uid));
});

test('a cluster at rest is silent', async () => {
	await eventually(() => expect(health('Deployment.apps', 'served')).toBe('Healthy'));
	await sleep(1_500);
	const changes: string[] = [];
	const stop = client.watch(({type, object}) => changes.push(`${type} ${object.kind} ${object.metadata.name}`));
	await sleep(3_000);
	stop();
	expect(changes).toEqual([]);
});
