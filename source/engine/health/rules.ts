import {apiServiceHealth} from './api-service.ts';
import {autoscalerHealth} from './autoscaler.ts';
import {definitionHealth, namespaceHealth} from './containing-kinds.ts';
import {daemonSetHealth} from './daemon-set.ts';
import {deploymentHealth} from './deployment.ts';
import {disruptionBudgetHealth} from './disruption-budget.ts';
import {ingressHealth, serviceHealth} from './exposure.ts';
import {cronJobHealth, jobHealth} from './job.ts';
import {podHealth} from './pod.ts';
import {replicaSetHealth} from './replica-set.ts';
import {statefulSetHealth} from './stateful-set.ts';
import {claimHealth, volumeHealth} from './storage.ts';
import type {HealthRule} from './types.ts';

/** Built-in kinds that have health, by `Kind.group`. Built-in kinds that are not here are healthy once they exist. */
export const builtInRules: ReadonlyMap<string, HealthRule> = new Map<string, HealthRule>([
	['APIService.apiregistration.k8s.io', apiServiceHealth],
	['CronJob.batch', cronJobHealth],
	['CustomResourceDefinition.apiextensions.k8s.io', definitionHealth],
	['DaemonSet.apps', daemonSetHealth],
	['Deployment.apps', deploymentHealth],
	['HorizontalPodAutoscaler.autoscaling', autoscalerHealth],
	['Ingress.networking.k8s.io', ingressHealth],
	['Job.batch', jobHealth],
	['Namespace', namespaceHealth],
	['PersistentVolume', volumeHealth],
	['PersistentVolumeClaim', claimHealth],
	['Pod', podHealth],
	['PodDisruptionBudget.policy', disruptionBudgetHealth],
	['ReplicaSet.apps', replicaSetHealth],
	['ReplicationController', replicaSetHealth],
	['Service', serviceHealth],
	['StatefulSet.apps', statefulSetHealth],
]);

/** Kinds that tell of their own deletion in more words than a finalizer list has. */
export const kindsWithDeletionReport: ReadonlySet<string> = new Set([
	'CustomResourceDefinition.apiextensions.k8s.io',
	'Namespace',
]);
