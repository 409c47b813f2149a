import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Controller} from './controller.ts';
import {bare, controllerManager, countOf, isGoing, numberAt, selects, setStatus, treeAt, valueAt} from './objects.ts';
import {isReady} from './pod-template.ts';

/** What every namespace gets: an account for its pods, and the authority that vouches for the server. */
export const namespaceController: Controller = {
	kind: 'Namespace',
	owns: [],
	concerns: ({kind, metadata}) =>
		kind === 'ServiceAccount' || kind === 'ConfigMap' ? [`/${metadata.namespace ?? ''}`] : [],
	reconcile({metadata}, client) {
		if (metadata.deletionTimestamp) return undefined;
		const {name: namespace} = metadata;
		if (!client.get('ServiceAccount', namespace, 'default')) {
			client.create(bare('', 'v1', 'ServiceAccount', namespace, 'default'), {manager: controllerManager});
		}
		if (!client.get('ConfigMap', namespace, 'kube-root-ca.crt')) {
			const data = {'ca.crt': 'the certificate that the kubeconfig has'};
			client.create(
				{...bare('', 'v1', 'ConfigMap', namespace, 'kube-root-ca.crt'), data},
				{manager: controllerManager},
			);
		}
		return undefined;
	},
};

/** Every claim finds a volume that is as large as it asks. */
export const claimController: Controller = {
	kind: 'PersistentVolumeClaim',
	owns: [],
	reconcile(claim, client) {
		if (isGoing(claim) || valueAt(claim, 'status', 'phase') === 'Bound') return undefined;
		const {namespace = '', name, uid = ''} = claim.metadata;
		const volume = `pvc-${uid}`;
		const accessModes = valueAt(claim, 'spec', 'accessModes');
		const capacity = {storage: valueAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '1Gi'};
		if (!client.get('PersistentVolume', '', volume)) {
			client.create(
				{
					...bare('', 'v1', 'PersistentVolume', '', volume),
					spec: {
						accessModes,
						capacity,
						claimRef: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid},
						hostPath: {path: `/demo/${volume}`},
						persistentVolumeReclaimPolicy: 'Delete',
						storageClassName: 'standard',
					},
				},
				{manager: controllerManager},
			);
		}
		const bound = client.update(
			{...claim, spec: {...treeAt(claim, 'spec'), volumeName: volume}},
			{manager: controllerManager},
		);
		setStatus(client, bound, {phase: 'Bound', accessModes, capacity});
		return undefined;
	},
};

const wantAnnotation = 'demo.holdfast.dev/want';

/** Has no metrics to go by: it wants what its annotation says. */
export const autoscalerController: Controller = {
	kind: 'HorizontalPodAutoscaler.autoscaling',
	owns: [],
	reconcile(autoscaler, client) {
		if (isGoing(autoscaler)) return undefined;
		const {namespace = ''} = autoscaler.metadata;
		const target = treeAt(autoscaler, 'spec', 'scaleTargetRef');
		const live = target.kind === 'Deployment' ? client.get('Deployment.apps', namespace, String(target.name)) : null;
		const wanted = Number(autoscaler.metadata.annotations?.[wantAnnotation]);
		const current = live ? numberAt(live, 1, 'spec', 'replicas') : 0;
		if (live && wanted > 0 && wanted !== current) {
			client.update(
				{...live, spec: {...treeAt(live, 'spec'), replicas: wanted}},
				{manager: controllerManager, subresource: 'scale'},
			);
		}
		const replicas = wanted > 0 ? wanted : current;
		setStatus(client, autoscaler, {
			...treeAt(autoscaler, 'status'),
			currentReplicas: current,
			desiredReplicas: replicas,
			conditions: valueAt(autoscaler, 'status', 'conditions') ?? [
				{
					type: 'AbleToScale',
					status: 'True',
					reason: 'ReadyForNewScale',
					message: 'recommended size matches current size',
					lastTransitionTime: autoscaler.metadata.creationTimestamp,
				},
				{
					type: 'ScalingActive',
					status: 'True',
					reason: 'ValidMetricFound',
					message: 'the demo has no metrics',
					lastTransitionTime: autoscaler.metadata.creationTimestamp,
				},
			],
		});
		return undefined;
	},
};

/** Percentages are rounded up, as the disruption controller does. */
function desiredHealthy(budget: KubernetesObject, expected: number): number {
	const minimum = valueAt(budget, 'spec', 'minAvailable');
	if (minimum !== undefined) return countOf(minimum, expected, Math.ceil);
	const maximum = valueAt(budget, 'spec', 'maxUnavailable');
	return maximum === undefined ? expected : Math.max(0, expected - countOf(maximum, expected, Math.ceil));
}

export const budgetController: Controller = {
	kind: 'PodDisruptionBudget.policy',
	owns: [],
	concerns: (changed, client) =>
		changed.kind === 'Pod'
			? client
					.list('PodDisruptionBudget.policy', changed.metadata.namespace)
					.map(({metadata}) => `${metadata.namespace}/${metadata.name}`)
			: [],
	reconcile(budget, client) {
		if (isGoing(budget)) return undefined;
		const pods = client
			.list('Pod', budget.metadata.namespace)
			.filter(pod => selects(treeAt(budget, 'spec', 'selector'), pod.metadata.labels));
		const healthy = pods.filter(isReady).length;
		const desired = desiredHealthy(budget, pods.length);
		setStatus(client, budget, {
			...treeAt(budget, 'status'),
			observedGeneration: budget.metadata.generation ?? 1,
			expectedPods: pods.length,
			currentHealthy: healthy,
			desiredHealthy: desired,
			disruptionsAllowed: Math.max(0, healthy - desired),
		});
		return undefined;
	},
};
