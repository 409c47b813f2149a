import {describe, expect, test} from 'vitest';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {childKindsOf} from '../../../source/worker/inspect/child-kinds.ts';
import {summarise} from '../../../source/worker/inspect/summary.ts';

const object = (kind: string, rest: Record<string, unknown>, metadata = {}): KubernetesObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {name: 'x', ...metadata},
	...rest,
});
const pod = (status: Record<string, unknown>, metadata = {}) => object('Pod', {status}, metadata);
const waiting = (reason: string, restartCount = 0) => ({name: 'app', state: {waiting: {reason}}, restartCount});
const ready = [{type: 'Ready', status: 'True'}];

describe('what a row says of a pod', () => {
	test.each<[string, KubernetesObject, string]>([
		['cannot pull', pod({phase: 'Pending', containerStatuses: [waiting('ImagePullBackOff')]}), 'ImagePullBackOff'],
		[
			'crashes again and again',
			pod({phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff', 6)]}),
			'CrashLoopBackOff, 6 restarts',
		],
		['runs', pod({phase: 'Running', conditions: ready, containerStatuses: [{ready: true}]}), 'Running'],
		[
			'ran into trouble once',
			pod({phase: 'Running', conditions: ready, containerStatuses: [{ready: true, restartCount: 1}]}),
			'Running, 1 restart',
		],
		['is not ready', pod({phase: 'Running', containerStatuses: [{ready: false}]}), 'Running, not ready'],
		['is being made', pod({phase: 'Pending', containerStatuses: [waiting('ContainerCreating')]}), 'ContainerCreating'],
		[
			'finds no node',
			pod({phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]}),
			'Unschedulable',
		],
		['was evicted', pod({phase: 'Failed', reason: 'Evicted'}), 'Evicted'],
		[
			'ended badly',
			pod({phase: 'Failed', containerStatuses: [{state: {terminated: {exitCode: 1, reason: 'OOMKilled'}}}]}),
			'OOMKilled',
		],
		['goes', pod({phase: 'Running'}, {deletionTimestamp: '2026-11-21T11:00:00Z'}), 'Terminating'],
		['says nothing', pod({}), 'Pending'],
		['says nonsense', pod({phase: 7, containerStatuses: 'none', conditions: {}}), 'Pending'],
		['is hostile', pod({phase: 'Failed', reason: '\u001b[2J'}), '\\x1b[2J'],
	])('that %s', (_name, given, words) => {
		expect(summarise(given)).toMatchObject({type: 'pod', words});
	});
});

describe('what a row says of other objects', () => {
	test('an old ReplicaSet is history, a scaled-down one that still has pods is not', () => {
		const set = (replicas: number, left: number) => object('ReplicaSet', {spec: {replicas}, status: {replicas: left}});
		expect(summarise(set(0, 0))).toMatchObject({isRetired: true});
		expect(summarise(set(0, 1))).toMatchObject({isRetired: false});
		expect(summarise(set(2, 0))).toMatchObject({isRetired: false});
	});

	test('a ReplicaSet knows what its Deployment wants', () => {
		const metadata = {annotations: {'deployment.kubernetes.io/desired-replicas': '3'}};
		expect(summarise(object('ReplicaSet', {spec: {replicas: 1}, status: {readyReplicas: 1}}, metadata))).toEqual({
			type: 'replicas',
			ready: 1,
			desired: 1,
			desiredAbove: 3,
			isRetired: false,
		});
	});

	test('endpoints without a condition count as ready, as kube-proxy takes them', () => {
		const endpoints = [{conditions: {ready: true}}, {conditions: {ready: false}}, {}];
		expect(summarise(object('EndpointSlice', {endpoints}))).toEqual({type: 'endpoints', ready: 2, total: 3});
	});

	test('a job counts what is done and what failed', () => {
		const job = object('Job', {spec: {completions: 3}, status: {succeeded: 1, failed: 2}});
		expect(summarise(job)).toEqual({type: 'job', succeeded: 1, completions: 3, failed: 2});
	});
});

describe('kinds worth listing', () => {
	const kinds = (...owners: [group: string, kind: string][]) =>
		childKindsOf(owners.map(([group, kind]) => ({group, kind}))).map(({kind}) => kind);

	test.each<[string, [string, string][], string[]]>([
		[
			'configuration makes nothing',
			[
				['', 'ConfigMap'],
				['', 'Secret'],
			],
			[],
		],
		['a Deployment', [['apps', 'Deployment']], ['ReplicaSet', 'Pod', 'PersistentVolumeClaim']],
		['a CronJob', [['batch', 'CronJob']], ['Job', 'Pod', 'PersistentVolumeClaim']],
		['a Service', [['', 'Service']], ['EndpointSlice']],
	])('%s', (_name, owners, expected) => {
		expect(kinds(...owners)).toEqual(expected);
	});

	test('an operator may make anything', () => {
		expect(kinds(['postgresql.example.com', 'Cluster'])).toContain('StatefulSet');
		expect(kinds(['postgresql.example.com', 'Cluster'])).toContain('EndpointSlice');
	});
});
