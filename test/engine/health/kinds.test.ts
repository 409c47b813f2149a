import {describe, expect, it} from 'vitest';
import {assessHealth, hasHealth} from '../../../source/engine/health/assess.ts';
import type {KubernetesObject, ObjectMetadata} from '../../../source/model/object.ts';
import type {HealthStatus} from '../../../source/model/status.ts';

const now = Date.parse('2026-06-01T12:00:00Z');

/** RFC 3339, that many seconds ago. */
function ago(seconds: number): string {
	return new Date(now - seconds * 1_000).toISOString();
}

function object(
	kind: string,
	fields: Record<string, unknown>,
	metadata: Partial<ObjectMetadata> = {},
): KubernetesObject {
	const apiVersion = apiVersions[kind] ?? 'v1';
	return {
		apiVersion,
		kind,
		metadata: {name: 'x', namespace: 'a', creationTimestamp: ago(3_600), ...metadata},
		...fields,
	};
}

const apiVersions: Record<string, string> = {
	Deployment: 'apps/v1',
	StatefulSet: 'apps/v1',
	DaemonSet: 'apps/v1',
	ReplicaSet: 'apps/v1',
	Job: 'batch/v1',
	CronJob: 'batch/v1',
	HorizontalPodAutoscaler: 'autoscaling/v2',
	APIService: 'apiregistration.k8s.io/v1',
	Ingress: 'networking.k8s.io/v1',
	PodDisruptionBudget: 'policy/v1',
	CustomResourceDefinition: 'apiextensions.k8s.io/v1',
};

function condition(type: string, status: string, reason = '', seconds = 600, message = '') {
	return {type, status, reason, message, lastTransitionTime: ago(seconds)};
}

function waiting(name: string, reason: string, changes: Record<string, unknown> = {}) {
	return {name, ready: false, state: {waiting: {reason, message: `why ${reason}`}}, ...changes};
}

const rolledOut = {replicas: 3, updatedReplicas: 3};

type Case = [title: string, object: KubernetesObject, status: HealthStatus, message?: RegExp];

const workloads: Case[] = [
	['a Deployment that nobody looked at', object('Deployment', {spec: {}, status: {}}), 'Progressing', /0 of 1/],
	['a Deployment of no replicas', object('Deployment', {spec: {replicas: 0}, status: {}}), 'Healthy'],
	[
		'a generation that was not seen',
		object('Deployment', {status: {observedGeneration: 1, ...rolledOut}}, {generation: 2}),
		'Progressing',
		/newest change/,
	],
	[
		'old replicas that still run',
		object('Deployment', {spec: {replicas: 3}, status: {replicas: 4, updatedReplicas: 3, availableReplicas: 3}}),
		'Progressing',
		/1 old replicas/,
	],
	[
		'a finished rollout that lost its pods a moment ago',
		object('Deployment', {
			spec: {replicas: 3},
			status: {
				...rolledOut,
				conditions: [
					condition('Progressing', 'True', 'NewReplicaSetAvailable'),
					condition('Available', 'False', 'x', 30),
				],
			},
		}),
		'Progressing',
		/^0 of 3 replicas are available$/,
	],
	[
		'a finished rollout that lost its pods longer ago than its deadline',
		object('Deployment', {
			spec: {replicas: 3, progressDeadlineSeconds: 60},
			status: {
				...rolledOut,
				availableReplicas: 1,
				conditions: [
					condition('Progressing', 'True', 'NewReplicaSetAvailable'),
					condition('Available', 'False', 'x', 300),
				],
			},
		}),
		'Degraded',
		/^1 of 3 replicas are available for 5 min$/,
	],
	[
		'a StatefulSet with a new revision',
		object('StatefulSet', {
			spec: {replicas: 1},
			status: {replicas: 1, readyReplicas: 1, updatedReplicas: 0, currentRevision: 'a', updateRevision: 'b'},
		}),
		'Progressing',
		/0 of 1 replicas are updated/,
	],
	[
		'a StatefulSet that is updated by hand',
		object('StatefulSet', {
			spec: {replicas: 1, updateStrategy: {type: 'OnDelete'}},
			status: {replicas: 1, readyReplicas: 1, currentRevision: 'a', updateRevision: 'b'},
		}),
		'Healthy',
	],
	[
		'a DaemonSet that nobody looked at',
		object('DaemonSet', {status: {desiredNumberScheduled: 0}}),
		'Progressing',
		/waits/,
	],
	[
		'a DaemonSet that rolls',
		object('DaemonSet', {
			status: {observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 1},
		}),
		'Progressing',
		/1 of 2 pods are updated/,
	],
	[
		'a ReplicaSet that cannot create',
		object('ReplicaSet', {status: {conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 1, 'no')]}}),
		'Degraded',
		/^FailedCreate: no$/,
	],
	[
		'a CronJob whose last run failed',
		object('CronJob', {status: {lastScheduleTime: ago(60), lastSuccessfulTime: ago(120)}}),
		'Degraded',
		/did not succeed/,
	],
	[
		'a CronJob that runs',
		object('CronJob', {status: {active: [{}], lastScheduleTime: ago(60), lastSuccessfulTime: ago(120)}}),
		'Healthy',
		/under way/,
	],
	['a CronJob that was never due', object('CronJob', {status: {}}), 'Healthy', /not due/],
	['a Job that nobody looked at', object('Job', {status: {}}), 'Progressing', /first pod/],
	[
		'a Job that is about to fail',
		object('Job', {status: {conditions: [condition('FailureTarget', 'True', 'PodFailurePolicy', 1, 'exit 42')]}}),
		'Degraded',
		/PodFailurePolicy: exit 42/,
	],
];

const pods: Case[] = [
	[
		'a crash says more than a missing image',
		object('Pod', {
			status: {
				phase: 'Pending',
				containerStatuses: [
					waiting('a', 'ImagePullBackOff'),
					waiting('b', 'CrashLoopBackOff', {
						restartCount: 5,
						lastState: {terminated: {exitCode: 137, reason: 'OOMKilled'}},
					}),
				],
			},
		}),
		'Degraded',
		/^container b: CrashLoopBackOff, last exit code 137 \(OOMKilled\), 5 restarts$/,
	],
	[
		'an init container that cannot start',
		object('Pod', {status: {phase: 'Pending', initContainerStatuses: [waiting('init', 'CreateContainerConfigError')]}}),
		'Degraded',
		/^container init: CreateContainerConfigError, why/,
	],
	[
		'a name of an image that is none',
		object('Pod', {status: {phase: 'Pending', containerStatuses: [waiting('a', 'InvalidImageName')]}}),
		'Degraded',
		/InvalidImageName/,
	],
	[
		'a container that is being created',
		object('Pod', {
			spec: {nodeName: 'n'},
			status: {phase: 'Pending', containerStatuses: [waiting('a', 'ContainerCreating')]},
		}),
		'Progressing',
		/ContainerCreating/,
	],
	[
		'unschedulable for ten seconds',
		object('Pod', {
			status: {phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable', 10, '0/3 nodes')]},
		}),
		'Progressing',
		/0\/3 nodes/,
	],
	[
		'unschedulable for twenty seconds',
		object('Pod', {
			status: {phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable', 20, '0/3 nodes')]},
		}),
		'Degraded',
		/^Unschedulable: 0\/3 nodes$/,
	],
	[
		'running again after a crash',
		object('Pod', {
			spec: {restartPolicy: 'Always'},
			status: {
				phase: 'Running',
				conditions: [condition('Ready', 'False')],
				containerStatuses: [
					{
						name: 'a',
						ready: false,
						restartCount: 1,
						state: {running: {}},
						lastState: {terminated: {exitCode: 1, reason: 'Error'}},
					},
				],
			},
		}),
		'Degraded',
		/^container a is not ready, last exit code 1, 1 restart$/,
	],
	[
		'ready again after a crash',
		object('Pod', {
			spec: {restartPolicy: 'Always'},
			status: {
				phase: 'Running',
				conditions: [condition('Ready', 'True')],
				containerStatuses: [{name: 'a', ready: true, restartCount: 9, lastState: {terminated: {exitCode: 1}}}],
			},
		}),
		'Healthy',
	],
	[
		'evicted',
		object('Pod', {status: {phase: 'Failed', reason: 'Evicted', message: 'node was low on memory'}}),
		'Degraded',
		/^Evicted: node was low on memory$/,
	],
	['a node that does not answer', object('Pod', {status: {phase: 'Unknown'}}), 'Unknown', /node/],
	['no status at all', object('Pod', {}), 'Progressing'],
];

const others: Case[] = [
	['a Service in the cluster', object('Service', {spec: {type: 'ClusterIP'}}), 'Healthy'],
	[
		'a load balancer with an address',
		object('Service', {spec: {type: 'LoadBalancer'}, status: {loadBalancer: {ingress: [{ip: '1.2.3.4'}]}}}),
		'Healthy',
	],
	['an Ingress with an address', object('Ingress', {status: {loadBalancer: {ingress: [{hostname: 'x'}]}}}), 'Healthy'],
	['a claim whose volume is gone', object('PersistentVolumeClaim', {status: {phase: 'Lost'}}), 'Degraded', /gone/],
	['a volume that failed', object('PersistentVolume', {status: {phase: 'Failed', message: 'no'}}), 'Degraded', /no$/],
	['an autoscaler that nobody looked at', object('HorizontalPodAutoscaler', {status: {}}), 'Progressing'],
	[
		'an autoscaler that works, at its limit',
		object('HorizontalPodAutoscaler', {
			status: {
				conditions: [
					condition('AbleToScale', 'True'),
					condition('ScalingActive', 'True'),
					condition('ScalingLimited', 'True'),
				],
			},
		}),
		'Healthy',
	],
	[
		'an autoscaler whose first condition is good and whose second is bad',
		object('HorizontalPodAutoscaler', {
			status: {
				conditions: [condition('AbleToScale', 'True'), condition('ScalingActive', 'False', 'FailedGetPodsMetric')],
			},
		}),
		'Degraded',
		/^for 10 min: FailedGetPodsMetric$/,
	],
	[
		'an autoscaler that is switched off by zero replicas',
		object('HorizontalPodAutoscaler', {status: {conditions: [condition('ScalingActive', 'False', 'ScalingDisabled')]}}),
		'Healthy',
		/ScalingDisabled/,
	],
	[
		'an APIService that starts',
		object('APIService', {status: {conditions: [condition('Available', 'False', 'MissingEndpoints', 30)]}}),
		'Progressing',
		/MissingEndpoints/,
	],
	[
		'a budget that cannot be computed',
		object('PodDisruptionBudget', {status: {conditions: [condition('DisruptionAllowed', 'False', 'SyncFailed')]}}),
		'Degraded',
		/SyncFailed/,
	],
	['a definition that is not established', object('CustomResourceDefinition', {}), 'Progressing', /not established/],
	[
		'a definition that is being deleted',
		object(
			'CustomResourceDefinition',
			{
				status: {
					conditions: [
						condition('Established', 'True'),
						condition('Terminating', 'True', 'InstanceDeletionInProgress'),
					],
				},
			},
			{deletionTimestamp: ago(5)},
		),
		'Progressing',
		/being deleted: InstanceDeletionInProgress/,
	],
	[
		'a namespace that is being emptied',
		object(
			'Namespace',
			{
				status: {
					phase: 'Terminating',
					conditions: [condition('NamespaceContentRemaining', 'True', 'SomeResourcesRemain', 1, 'pods. has 3')],
				},
			},
			{deletionTimestamp: ago(5)},
		),
		'Progressing',
		/^is being deleted: SomeResourcesRemain: pods\. has 3$/,
	],
	['a kind without health', object('ConfigMap', {}), 'Healthy'],
	['a kind without health that is being deleted', object('ConfigMap', {}, {deletionTimestamp: ago(5)}), 'Progressing'],
	[
		'one that is not to be checked',
		object('Pod', {status: {phase: 'Failed'}}, {annotations: {'argocd.argoproj.io/ignore-healthcheck': 'true'}}),
		'Healthy',
		/not checked/,
	],
];

describe.each([
	['workloads', workloads],
	['pods', pods],
	['other built-in kinds', others],
])('%s', (_group, cases) => {
	it.each(cases)('%s', (_title, subject, status, message) => {
		const health = assessHealth(subject, {now, firstSeenAt: now - 3_600_000});
		expect(health.status).toBe(status);
		if (message) expect(health.message).toMatch(message);
	});
});

describe('messages', () => {
	it('are one bounded line that cannot drive a terminal', () => {
		const message = `\u001b[2J${'x'.repeat(10_000)}\r\n\u202eevil`;
		const health = assessHealth(
			object('Job', {status: {conditions: [condition('Failed', 'True', 'Boom', 1, message)]}}),
			{now, firstSeenAt: now},
		);
		expect(health.message?.length).toBeLessThanOrEqual(300);
		expect(health.message).not.toMatch(/[\u0000-\u001f\u202e]/);
		expect(health.message).toContain('\\x1b[2J');
	});
});

describe('objects that hold nonsense', () => {
	const nonsense: unknown[] = [
		null,
		'x',
		7,
		[],
		[null, 1, 'x', {}],
		{conditions: {a: 1}},
		{conditions: [null, {type: 7}]},
	];
	const kinds = [
		...Object.keys(apiVersions),
		'Pod',
		'Service',
		'Namespace',
		'PersistentVolume',
		'PersistentVolumeClaim',
	];
	it.each(kinds)('%s: an answer, no exception', kind => {
		for (const value of nonsense) {
			const health = assessHealth(object(kind, {spec: value, status: value}), {now, firstSeenAt: now});
			expect(health.status).toMatch(/^(Healthy|Progressing|Degraded|Suspended|Unknown)$/);
		}
	});
});

describe('hasHealth', () => {
	it.each([
		['', 'ConfigMap', false],
		['', 'Secret', false],
		['', 'ServiceAccount', false],
		['rbac.authorization.k8s.io', 'Role', false],
		['networking.k8s.io', 'NetworkPolicy', false],
		['', 'Pod', true],
		['apps', 'Deployment', true],
		['', 'Service', true],
		['cert-manager.io', 'Certificate', true],
		['gateway.networking.k8s.io', 'HTTPRoute', true],
	])('%s/%s: %s', (group, kind, expected) => {
		expect(hasHealth(group, kind)).toBe(expected);
	});
});
