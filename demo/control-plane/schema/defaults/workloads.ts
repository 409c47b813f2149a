import {at, demand, each, fill, type Structure} from './fill.ts';
import {defaultPodSpec} from './pod.ts';
import {defaultClaim} from './storage.ts';

/** kubernetes pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go */

function defaultTemplate(spec: Structure): void {
	const template = at(spec, 'template', 'spec');
	if (template) defaultPodSpec(template);
}

export function defaultDeployment(object: Structure): void {
	const spec = demand(object, 'spec');
	const strategy = demand(spec, 'strategy');
	fill(spec, {replicas: 1});
	fill(strategy, {type: 'RollingUpdate'});
	if (strategy.type === 'RollingUpdate') {
		fill(demand(strategy, 'rollingUpdate'), {maxUnavailable: '25%', maxSurge: '25%'});
	}
	fill(spec, {revisionHistoryLimit: 10, progressDeadlineSeconds: 600});
	defaultTemplate(spec);
}

export function defaultReplicaSet(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {replicas: 1});
	defaultTemplate(spec);
}

export function defaultStatefulSet(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {replicas: 1, podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10});
	const strategy = demand(spec, 'updateStrategy');
	fill(strategy, {type: 'RollingUpdate'});
	if (strategy.type === 'RollingUpdate') fill(demand(strategy, 'rollingUpdate'), {partition: 0});
	fill(demand(spec, 'persistentVolumeClaimRetentionPolicy'), {whenDeleted: 'Retain', whenScaled: 'Retain'});
	for (const claim of each(spec.volumeClaimTemplates)) {
		claim.kind = 'PersistentVolumeClaim';
		claim.apiVersion = 'v1';
		defaultClaim(claim);
	}
	defaultTemplate(spec);
}

export function defaultDaemonSet(object: Structure): void {
	const spec = demand(object, 'spec');
	const strategy = demand(spec, 'updateStrategy');
	fill(strategy, {type: 'RollingUpdate'});
	if (strategy.type === 'RollingUpdate') fill(demand(strategy, 'rollingUpdate'), {maxUnavailable: 1, maxSurge: 0});
	fill(spec, {revisionHistoryLimit: 10});
	// Counted by the server since before objects had a generation.
	fill(demand(demand(object, 'metadata'), 'annotations'), {'deprecated.daemonset.template.generation': '0'});
	defaultTemplate(spec);
}

export function defaultJob(object: Structure): void {
	const spec = demand(object, 'spec');
	// A job that says neither runs once; one that says how many at a time ends when one succeeded.
	if (spec.completions === undefined && spec.parallelism === undefined) fill(spec, {completions: 1});
	fill(spec, {
		parallelism: 1,
		backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647,
		completionMode: 'NonIndexed',
		suspend: false,
		manualSelector: false,
		podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
	});
	for (const rule of each(at(spec, 'podFailurePolicy')?.rules)) {
		for (const pattern of each(rule.onPodConditions)) fill(pattern, {status: 'True'});
	}
	const labels = at(spec, 'template', 'metadata', 'labels');
	if (labels) fill(demand(object, 'metadata'), {labels});
	defaultTemplate(spec);
}

export function defaultCronJob(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {
		concurrencyPolicy: 'Allow',
		suspend: false,
		successfulJobsHistoryLimit: 3,
		failedJobsHistoryLimit: 1,
	});
	const job = at(spec, 'jobTemplate', 'spec');
	if (job) defaultTemplate(job);
}
