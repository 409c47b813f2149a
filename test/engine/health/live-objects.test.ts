import {describe, expect, it} from 'vitest';
import {assessHealth} from '../../../source/engine/health/assess.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {HealthStatus} from '../../../source/model/status.ts';
import recorded from './fixtures/live-objects.json' with {type: 'json'};

/** Objects as a real API server 1.36 with its controllers gave them, fields without meaning for health cut away. */
const objects = recorded as unknown as Record<string, KubernetesObject>;

/** Shortly after the recording. */
const now = Date.parse('2026-11-21T09:43:00Z');

const cases: [string, HealthStatus, RegExp | undefined][] = [
	['deployment-healthy', 'Healthy', undefined],
	['deployment-image-missing', 'Degraded', /^ProgressDeadlineExceeded: ReplicaSet "pull-.*has timed out progressing/],
	['deployment-not-ready', 'Progressing', /^0 of 2 replicas are available$/],
	['deployment-rolling', 'Progressing', /^1 of 2 replicas are updated$/],
	['deployment-paused', 'Suspended', /paused/],
	['deployment-over-quota', 'Degraded', /^FailedCreate: pods .* is forbidden: exceeded quota/],
	['statefulset-healthy', 'Healthy', undefined],
	['statefulset-not-ready', 'Progressing', /^0 of 2 replicas are ready$/],
	['statefulset-partitioned', 'Healthy', /^1 of 3 replicas are updated, as its partition says$/],
	['daemonset-healthy', 'Healthy', undefined],
	['daemonset-crashing', 'Progressing', /^0 of 3 pods are available$/],
	['pod-healthy', 'Healthy', undefined],
	['pod-crashing', 'Degraded', /^container web: CrashLoopBackOff/],
	['pod-image-missing', 'Degraded', /^container web: ErrImagePull/],
	['pod-not-ready', 'Progressing', /^not ready: web$/],
	['pod-done', 'Healthy', undefined],
	['pod-failed', 'Degraded', /^container web: last exit code 3$/],
	['pod-one-shot-running', 'Progressing', /runs until it is done/],
	['pod-gated', 'Suspended', /^SchedulingGated: /],
	['pod-unscheduled', 'Progressing', /waits for its scheduler/],
	['job-complete', 'Healthy', undefined],
	['job-failed', 'Degraded', /^BackoffLimitExceeded: /],
	['job-suspended', 'Suspended', /suspended/],
	['job-running', 'Progressing', /^its pods: 1 active$/],
	['job-terminating', 'Progressing', /^is being deleted, waits for .*example\.com\/audit/],
	['cronjob-succeeded', 'Healthy', undefined],
	['cronjob-never-succeeded', 'Healthy', /no run has succeeded yet/],
	['cronjob-suspended', 'Suspended', /suspended/],
	['claim-bound', 'Healthy', undefined],
	['claim-pending', 'Progressing', /waits for a volume/],
	['volume-bound', 'Healthy', undefined],
	['service-plain', 'Healthy', undefined],
	['service-load-balancer', 'Progressing', /external address/],
	['ingress-without-address', 'Progressing', /address/],
	['autoscaler-without-metrics', 'Progressing', /^FailedGetResourceMetric: /],
	['autoscaler-without-target', 'Degraded', /^FailedGetScale: .*"nothere" not found/],
	['disruption-budget-exhausted', 'Healthy', /allows no disruption now: 2 pods are healthy, 2 are required/],
	['api-service-local', 'Healthy', undefined],
	['api-service-unavailable', 'Degraded', /^ServiceNotFound: service\/gone/],
	['definition-established', 'Healthy', undefined],
	['definition-name-taken', 'Degraded', /^ListKindConflict: /],
	['namespace-active', 'Healthy', undefined],
	['namespace-stuck', 'Degraded', /^is being deleted: DiscoveryFailed: .*gone\.example\.com\/v1/],
	['custom-silent', 'Unknown', /nothing has reported on it yet/],
	['quota', 'Healthy', undefined],
];

describe('health of recorded objects', () => {
	it.each(cases)('%s: %s', (name, status, message) => {
		const health = assessHealth(objects[name]!, {now, firstSeenAt: now});
		expect(health.status).toBe(status);
		if (message) expect(health.message).toMatch(message);
		else expect(health).not.toHaveProperty('message');
	});

	it('looks at every one of them', () => {
		expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(objects).sort());
	});
});

describe('time', () => {
	const later: [string, number, HealthStatus, RegExp][] = [
		['autoscaler-without-metrics', 120_000, 'Degraded', /^for 4 min: FailedGetResourceMetric/],
		['custom-silent', 31_000, 'Healthy', /^nothing reports on its health$/],
		// Not its business: nothing in it depends on the clock.
		['deployment-not-ready', 86_400_000, 'Progressing', /^0 of 2/],
	];
	it.each(later)('%s after %d ms: %s', (name, milliseconds, status, message) => {
		const health = assessHealth(objects[name]!, {now: now + milliseconds, firstSeenAt: now});
		expect(health.status).toBe(status);
		expect(health.message).toMatch(message);
	});

	it('an old object that is first seen now is not waited for', () => {
		const health = assessHealth(objects['custom-silent']!, {now: now + 86_400_000, firstSeenAt: now + 86_400_000});
		expect(health.status).toBe('Healthy');
	});
});
