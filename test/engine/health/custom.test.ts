import {describe, expect, it} from 'vitest';
import {assessHealth} from '../../../source/engine/health/assess.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {HealthStatus} from '../../../source/model/status.ts';

const now = Date.parse('2026-06-01T12:00:00Z');

function condition(type: string, status: string, reason = '', seconds = 10, message = '') {
	return {type, status, reason, message, lastTransitionTime: new Date(now - seconds * 1_000).toISOString()};
}

function custom(kind: string, status: unknown, changes: Record<string, unknown> = {}): KubernetesObject {
	const [name = '', ...group] = kind.split('.');
	const metadata = {name: 'x', generation: 3, creationTimestamp: new Date(now - 3_600_000).toISOString()};
	return {apiVersion: `${group.join('.')}/v1`, kind: name, metadata, ...changes, status};
}

function conditions(...list: ReturnType<typeof condition>[]) {
	return {conditions: list};
}

type Case = [title: string, kind: string, status: unknown, expected: HealthStatus, message?: RegExp, spec?: unknown];

const thing = 'Thing.example.com';

const general: Case[] = [
	['Ready', thing, conditions(condition('Ready', 'True')), 'Healthy'],
	['Ready is what counts', thing, conditions(condition('Ready', 'True'), condition('Available', 'False')), 'Healthy'],
	['Ready unknown', thing, conditions(condition('Ready', 'Unknown', 'Checking')), 'Progressing', /^Checking$/],
	['not Ready, a moment', thing, conditions(condition('Ready', 'False', 'Creating', 60)), 'Progressing', /^Creating$/],
	[
		'not Ready, too long',
		thing,
		conditions(condition('Ready', 'False', 'Creating', 400)),
		'Degraded',
		/^for 6 min: Creating$/,
	],
	[
		'not Ready for a reason that is no work',
		thing,
		conditions(condition('Ready', 'False', 'SecretSyncedError', 1, 'no such key')),
		'Degraded',
		/^SecretSyncedError: no such key$/,
	],
	[
		'not Ready but working',
		thing,
		conditions(condition('Ready', 'False', 'UpdateFailed', 900), condition('Progressing', 'True')),
		'Progressing',
	],
	[
		'Reconciling beats Ready (kstatus)',
		thing,
		conditions(condition('Ready', 'True'), condition('Reconciling', 'True', 'New')),
		'Progressing',
		/^New$/,
	],
	[
		'Stalled beats all (kstatus)',
		thing,
		conditions(condition('Reconciling', 'True'), condition('Stalled', 'True', 'Bad')),
		'Degraded',
		/^Bad$/,
	],
	[
		'a bad condition beside a good one',
		thing,
		conditions(condition('Ready', 'True'), condition('Degraded', 'True', 'Disk')),
		'Degraded',
		/Disk/,
	],
	[
		'a bad condition that is False',
		thing,
		conditions(condition('Ready', 'True'), condition('Degraded', 'False')),
		'Healthy',
	],
	['Available', thing, conditions(condition('Available', 'True')), 'Healthy'],
	[
		'all good ones have to be True',
		thing,
		conditions(condition('Available', 'True'), condition('Synced', 'False', 'Waiting')),
		'Progressing',
	],
	['only Progressing', thing, conditions(condition('Progressing', 'True', 'Busy')), 'Progressing', /Busy/],
	[
		'conditions that say nothing',
		thing,
		conditions(condition('Painted', 'True')),
		'Healthy',
		/say nothing about health: Painted/,
	],
	[
		'a condition of an older generation',
		thing,
		{conditions: [{...condition('Ready', 'True'), observedGeneration: 2}]},
		'Progressing',
		/newest change/,
	],
	[
		'an older observedGeneration',
		thing,
		{observedGeneration: 2, ...conditions(condition('Ready', 'True'))},
		'Progressing',
		/newest/,
	],
	['the same observedGeneration, and no more', thing, {observedGeneration: 3}, 'Healthy', /has seen it/],
	['a good phase', thing, {phase: 'Running'}, 'Healthy', /its phase is Running/],
	['a bad phase', thing, {phase: 'Failed', message: 'disk'}, 'Degraded', /^its phase is Failed: disk$/],
	['a phase between', thing, {phase: 'Creating'}, 'Progressing'],
	['silence of an old object', thing, undefined, 'Healthy', /^nothing reports on its health$/],
];

const known: Case[] = [
	[
		'a Rollout that waits for a person',
		'Rollout.argoproj.io',
		{phase: 'Paused', message: 'CanaryPauseStep'},
		'Suspended',
		/CanaryPauseStep/,
	],
	['a Rollout that failed', 'Rollout.argoproj.io', {phase: 'Degraded', message: 'aborted'}, 'Degraded', /aborted/],
	[
		'a Rollout with an old kind of observedGeneration',
		'Rollout.argoproj.io',
		{phase: 'Healthy', observedGeneration: '5d8f9'},
		'Healthy',
	],
	['an Argo CD application', 'Application.argoproj.io', {health: {status: 'Missing'}}, 'Degraded', /Missing/],
	['a Workflow', 'Workflow.argoproj.io', {phase: 'Running'}, 'Progressing', /Running/],
	[
		'a sealed secret',
		'SealedSecret.bitnami.com',
		conditions(condition('Synced', 'False', 'ErrorUnsealing')),
		'Degraded',
		/ErrorUnsealing/,
	],
	[
		'a certificate that is being issued',
		'Certificate.cert-manager.io',
		conditions(condition('Ready', 'False', 'DoesNotExist', 900), condition('Issuing', 'True')),
		'Progressing',
	],
	[
		'a gateway without an address',
		'Gateway.gateway.networking.k8s.io',
		conditions(condition('Accepted', 'True'), condition('Programmed', 'False', 'AddressNotAssigned')),
		'Progressing',
	],
	[
		'a route that no backend answers',
		'HTTPRoute.gateway.networking.k8s.io',
		{parents: [{conditions: [condition('Accepted', 'True'), condition('ResolvedRefs', 'False', 'BackendNotFound')]}]},
		'Degraded',
		/BackendNotFound/,
	],
	[
		'a route that is served',
		'HTTPRoute.gateway.networking.k8s.io',
		{parents: [{conditions: [condition('Accepted', 'True')]}]},
		'Healthy',
	],
	[
		'a pipeline that runs',
		'PipelineRun.tekton.dev',
		conditions(condition('Succeeded', 'Unknown', 'Running')),
		'Progressing',
		/Running/,
	],
	[
		'a Flux Kustomization that is suspended',
		'Kustomization.kustomize.toolkit.fluxcd.io',
		conditions(condition('Ready', 'True')),
		'Suspended',
		undefined,
		{suspend: true},
	],
	[
		'a Knative service is no Service',
		'Service.serving.knative.dev',
		conditions(condition('Ready', 'False', 'RevisionFailed')),
		'Degraded',
	],
];

describe.each([
	['custom resources', general],
	['custom resources that are known', known],
])('%s', (_group, cases) => {
	it.each(cases)('%s', (_title, kind, status, expected, message, spec) => {
		const health = assessHealth(custom(kind, status, {spec}), {now, firstSeenAt: now});
		expect(health.status).toBe(expected);
		if (message) expect(health.message).toMatch(message);
	});
});
