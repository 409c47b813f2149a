import {describe, expect, it} from 'vitest';
import {slots} from '../../../source/engine/plan/kinds.ts';
import {
	compareForApply,
	compareForDelete,
	groupBySlot,
	type Placed,
	placeInOrder,
} from '../../../source/engine/plan/order.ts';
import {ref} from './build.ts';

function placed(text: string, wave = 0): Placed {
	return {ref: ref(text), place: placeInOrder(ref(text), wave)};
}

function names(items: readonly Placed[]): string[] {
	return items.map(item => item.ref.name);
}

/** Every kind a cluster has, in the order in which it is written; kinds of one line go in parallel. */
const everyKind: readonly string[][] = [
	['apiextensions.k8s.io/v1/CustomResourceDefinition//1', 'v1/Namespace//2'],
	[
		'rbac.authorization.k8s.io/v1/ClusterRole//3',
		'node.k8s.io/v1/RuntimeClass//4',
		'scheduling.k8s.io/v1/PriorityClass//5',
		'storage.k8s.io/v1/StorageClass//6',
		'storage.k8s.io/v1/VolumeAttributesClass//7',
		'storage.k8s.io/v1/CSIDriver//8',
		'networking.k8s.io/v1/IngressClass//9',
		'resource.k8s.io/v1/DeviceClass//10',
		'flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration//11',
		'flowcontrol.apiserver.k8s.io/v1/FlowSchema//12',
		'cluster.x-k8s.io/v1/ClusterClass/a/13',
		'gateway.networking.k8s.io/v1/GatewayClass//14',
		'snapshot.storage.k8s.io/v1/VolumeSnapshotClass//15',
	],
	[
		'networking.k8s.io/v1/NetworkPolicy/a/16',
		'v1/ResourceQuota/a/17',
		'v1/LimitRange/a/18',
		'policy/v1/PodDisruptionBudget/a/19',
		'v1/ServiceAccount/a/20',
		'rbac.authorization.k8s.io/v1/Role/a/21',
	],
	[
		'rbac.authorization.k8s.io/v1/ClusterRoleBinding//22',
		'rbac.authorization.k8s.io/v1/RoleBinding/a/23',
		'v1/ConfigMap/a/24',
		'v1/Secret/a/25',
		'external-secrets.io/v1/ClusterSecretStore//26',
		'external-secrets.io/v1/SecretStore/a/27',
		'external-secrets.io/v1/ExternalSecret/a/28',
		'bitnami.com/v1alpha1/SealedSecret/a/29',
		'v1/PersistentVolume//30',
		'v1/PersistentVolumeClaim/a/31',
		'v1/Service/a/32',
		'v1/Endpoints/a/33',
		'discovery.k8s.io/v1/EndpointSlice/a/34',
	],
	[
		'apps/v1/DaemonSet/a/35',
		'v1/Pod/a/36',
		'v1/ReplicationController/a/37',
		'apps/v1/ReplicaSet/a/38',
		'apps/v1/Deployment/a/39',
		'apps/v1/StatefulSet/a/40',
		'autoscaling/v2/HorizontalPodAutoscaler/a/41',
		'batch/v1/Job/a/42',
		'batch/v1/CronJob/a/43',
		'networking.k8s.io/v1/Ingress/a/44',
		'v1/PodTemplate/a/45',
		'coordination.k8s.io/v1/Lease/a/46',
	],
	['cert-manager.io/v1/Certificate/a/47', 'example.com/v1/Thing/a/48', 'serving.knative.dev/v1/Service/a/49'],
	[
		'apiregistration.k8s.io/v1/APIService//50',
		'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy//51',
		'admissionregistration.k8s.io/v1/MutatingAdmissionPolicy//52',
		'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding//53',
		'admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding//54',
		'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration//55',
		'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration//56',
	],
];

/** The same shuffle every time. */
function shuffled<T>(items: readonly T[]): T[] {
	return items
		.map((item, index) => ({item, weight: (index * 7_919) % 101}))
		.sort((a, b) => a.weight - b.weight)
		.map(({item}) => item);
}

describe('the order of kinds', () => {
	const expected = everyKind.flat().map(text => ref(text).name);

	it('is stages, then kinds, whatever order they come in', () => {
		const items = shuffled(everyKind.flat()).map(text => placed(text));
		expect(names(items.sort(compareForApply))).toEqual(expected);
	});

	it('puts what does not need one another in one step', () => {
		const items = shuffled(everyKind.flat()).map(text => placed(text));
		expect(groupBySlot(items.sort(compareForApply)).map(names)).toEqual(
			everyKind.map(texts => texts.map(text => ref(text).name)),
		);
		expect(everyKind).toHaveLength(slots.length);
	});

	it('is the exact reverse for deletions: webhooks first, namespaces last', () => {
		const items = shuffled(everyKind.flat()).map(text => placed(text));
		expect(names(items.sort(compareForDelete))).toEqual([...expected].reverse());
	});
});

describe('waves', () => {
	it('come before kinds, negative ones first', () => {
		const items = [
			placed('v1/ConfigMap/a/late', 1),
			placed('apps/v1/Deployment/a/middle', 0),
			placed('example.com/v1/Thing/a/early', -1),
			placed('apps/v1/Deployment/a/early-too', -1),
		];
		expect(names(items.sort(compareForApply))).toEqual(['early-too', 'early', 'middle', 'late']);
	});

	it('never put a namespace or a definition behind what needs it (the two bubble-up rules)', () => {
		const items = [
			placed('v1/ConfigMap/shop/inside', -10),
			placed('v1/Namespace//shop', 10),
			placed('example.com/v1/Thing/a/thing', -10),
			placed('apiextensions.k8s.io/v1/CustomResourceDefinition//things.example.com', 10),
			placed('scheduling.k8s.io/v1/PriorityClass//high', 10),
		];
		expect(names(items.sort(compareForApply))).toEqual(['things.example.com', 'shop', 'high', 'inside', 'thing']);
	});
});

describe('stages', () => {
	it('know no waves: one step each, definitions first', () => {
		const items = [
			placed('scheduling.k8s.io/v1/PriorityClass//high', -5),
			placed('v1/Namespace//late', 5),
			placed('v1/Namespace//early', -5),
		];
		expect(groupBySlot(items.sort(compareForApply)).map(names)).toEqual([['early', 'late'], ['high']]);
	});
});

describe('ties', () => {
	it('are broken by group, kind, namespace and name, by code units', () => {
		const sorted = [
			'a.example/v1/Thing/a/1',
			'b.example/v1/Other/a/2',
			'b.example/v1/Thing/Z/3',
			'b.example/v1/Thing/a/A4',
			'b.example/v1/Thing/a/a5',
		].map(text => placed(text));
		expect([...sorted].reverse().sort(compareForApply)).toEqual(sorted);
	});
});
