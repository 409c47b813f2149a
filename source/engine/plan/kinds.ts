import {groupKindOf, type ObjectRef} from '../../model/object.ts';
import {builtInGroups} from '../desired/built-in-groups.ts';

/**
 * Groups of kinds that may be written in parallel, in order. The first two are stages of the whole sync, as in Flux,
 * and come before any wave; the others repeat in each wave.
 * - `definitions`: what everything else needs to exist at all. Because it comes first, a Namespace is always before
 * what is in   it and a CRD before its resources, whatever their waves (Argo CD's two bubble-up rules).
 * - `cluster`: cluster-wide definitions that others name.
 * - `foundation`: must be there before others in the namespace: limits before pods, accounts before their tokens, roles
 * before   the bindings that are checked against them.
 * - `last`: APIServices and webhooks: from then on other writes depend on the workloads behind them.
 */
export type Slot = 'definitions' | 'cluster' | 'foundation' | 'configuration' | 'workload' | 'custom' | 'last';

export const slots: readonly Slot[] = [
	'definitions',
	'cluster',
	'foundation',
	'configuration',
	'workload',
	'custom',
	'last',
];

/** Kinds of each slot in the order in which they are sent; Flux' and Argo CD's lists agree on most of it. */
const kindsOfSlot: Readonly<Record<Slot, readonly string[]>> = {
	definitions: ['CustomResourceDefinition.apiextensions.k8s.io', 'Namespace'],
	cluster: [
		'ClusterRole.rbac.authorization.k8s.io',
		'RuntimeClass.node.k8s.io',
		'PriorityClass.scheduling.k8s.io',
		'StorageClass.storage.k8s.io',
		'VolumeAttributesClass.storage.k8s.io',
		'CSIDriver.storage.k8s.io',
		'IngressClass.networking.k8s.io',
		'DeviceClass.resource.k8s.io',
		'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io',
		'FlowSchema.flowcontrol.apiserver.k8s.io',
	],
	foundation: [
		'NetworkPolicy.networking.k8s.io',
		'ResourceQuota',
		'LimitRange',
		'PodDisruptionBudget.policy',
		'ServiceAccount',
		'Role.rbac.authorization.k8s.io',
	],
	configuration: [
		'ClusterRoleBinding.rbac.authorization.k8s.io',
		'RoleBinding.rbac.authorization.k8s.io',
		'ConfigMap',
		'Secret',
		'ClusterSecretStore.external-secrets.io',
		'SecretStore.external-secrets.io',
		'ExternalSecret.external-secrets.io',
		'SealedSecret.bitnami.com',
		'PersistentVolume',
		'PersistentVolumeClaim',
		'Service',
		'Endpoints',
		'EndpointSlice.discovery.k8s.io',
	],
	workload: [
		'DaemonSet.apps',
		'Pod',
		'ReplicationController',
		'ReplicaSet.apps',
		'Deployment.apps',
		'StatefulSet.apps',
		'HorizontalPodAutoscaler.autoscaling',
		'Job.batch',
		'CronJob.batch',
		'Ingress.networking.k8s.io',
	],
	custom: [],
	last: [
		'APIService.apiregistration.k8s.io',
		'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
		'MutatingAdmissionPolicy.admissionregistration.k8s.io',
		'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
		'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
		'MutatingWebhookConfiguration.admissionregistration.k8s.io',
		'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
	],
};

const knownKinds: ReadonlyMap<string, {slot: Slot; rank: number}> = new Map(
	slots.flatMap(slot => kindsOfSlot[slot].map((kind, rank) => [kind, {slot, rank}] as const)),
);

/** After every kind that is listed. */
const unlisted = 1_000;

/** Where a kind comes: its slot, and its rank within it. */
export function kindPlace(ref: Pick<ObjectRef, 'group' | 'kind'>): {slot: Slot; rank: number} {
	const known = knownKinds.get(groupKindOf(ref));
	if (known) return known;
	// As in Flux: whatever is a class is named by others (GatewayClass, ClusterClass, VolumeSnapshotClass).
	if (ref.kind.endsWith('Class')) return {slot: 'cluster', rank: unlisted};
	return {slot: builtInGroups.has(ref.group) ? 'workload' : 'custom', rank: unlisted};
}
