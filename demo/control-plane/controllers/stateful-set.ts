import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {tell} from './events.ts';
import {
	controlledBy,
	controllerManager,
	isGoing,
	numberAt,
	setStatus,
	type Tree,
	templateHash,
	treeAt,
	valueAt,
} from './objects.ts';
import {availability, isReady, podOf} from './pod-template.ts';

const revisionLabel = 'controller-revision-hash';

/** One pod after the other, by number: made upwards, renewed downwards, the next when the one before is ready. */
export const statefulSetController: Controller = {
	kind: 'StatefulSet.apps',
	owns: ['Pod'],
	reconcile(set, client) {
		if (isGoing(set)) return undefined;
		const revision = `${set.metadata.name}-${templateHash(treeAt(set, 'spec', 'template'))}`;
		step(set, client, revision);
		const live = client.get('StatefulSet.apps', set.metadata.namespace ?? '', set.metadata.name);
		return live ? tellStatus(live, client, revision) : undefined;
	},
};

/** Does the one thing that comes next. */
function step(set: KubernetesObject, client: ControllerClient, revision: string): void {
	const wanted = numberAt(set, 1, 'spec', 'replicas');
	const isParallel = valueAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
	const pods = new Map(controlledBy(client, set, 'Pod').map(pod => [pod.metadata.name, pod]));
	for (let number = 0; number < wanted; number++) {
		const pod = pods.get(nameOf(set, number));
		if (!pod) makePod(set, client, number, revision);
		if (!isParallel && !(pod && isReady(pod) && !isGoing(pod))) return;
	}
	for (let number = pods.size - 1; number >= wanted; number--) {
		const pod = pods.get(nameOf(set, number));
		if (pod && !isGoing(pod)) client.remove('Pod', set.metadata.namespace ?? '', pod.metadata.name);
		if (!isParallel) return;
	}
	if (valueAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return;
	const partition = numberAt(set, 0, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
	for (let number = wanted - 1; number >= partition; number--) {
		const pod = pods.get(nameOf(set, number));
		if (!pod || pod.metadata.labels?.[revisionLabel] === revision) continue;
		if (!isGoing(pod)) client.remove('Pod', set.metadata.namespace ?? '', pod.metadata.name);
		return;
	}
}

const nameOf = (set: KubernetesObject, number: number): string => `${set.metadata.name}-${number}`;

function makePod(set: KubernetesObject, client: ControllerClient, number: number, revision: string): void {
	const name = nameOf(set, number);
	const labels = {
		'statefulset.kubernetes.io/pod-name': name,
		'apps.kubernetes.io/pod-index': String(number),
		[revisionLabel]: revision,
	};
	const volumes = claimVolumes(set, client, name);
	client.create(podOf(set, treeAt(set, 'spec', 'template'), {name}, {labels, turn: number, volumes}), {
		manager: controllerManager,
	});
	tell(client, set, {
		type: 'Normal',
		reason: 'SuccessfulCreate',
		message: `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
	});
}

/** Its claims by the template, made when they are not there yet: they outlive the pod and the set. */
function claimVolumes(set: KubernetesObject, client: ControllerClient, pod: string): Tree[] {
	const templates = (valueAt(set, 'spec', 'volumeClaimTemplates') ?? []) as Tree[];
	const {namespace = ''} = set.metadata;
	return templates.map(template => {
		const {name, labels, annotations} = treeAt(template, 'metadata');
		const claimName = `${name}-${pod}`;
		if (!client.get('PersistentVolumeClaim', namespace, claimName)) {
			client.create(
				{
					apiVersion: 'v1',
					kind: 'PersistentVolumeClaim',
					metadata: {
						name: claimName,
						namespace,
						labels: {...treeAt(set, 'spec', 'selector', 'matchLabels'), ...(labels as object | undefined)},
						...(annotations ? {annotations} : {}),
					} as KubernetesObject['metadata'],
					spec: template.spec,
				},
				{manager: controllerManager},
			);
		}
		return {name, persistentVolumeClaim: {claimName}};
	});
}

/** Answers when time alone will change it. */
function tellStatus(set: KubernetesObject, client: ControllerClient, revision: string): number | undefined {
	const pods = controlledBy(client, set, 'Pod').filter(pod => !isGoing(pod));
	const wanted = numberAt(set, 1, 'spec', 'replicas');
	const ready = pods.filter(isReady).length;
	const updated = pods.filter(pod => pod.metadata.labels?.[revisionLabel] === revision);
	const isDone = updated.length === wanted && updated.filter(isReady).length === wanted;
	const {available, again} = availability(pods, set, client.now());
	const before = String(valueAt(set, 'status', 'currentRevision') ?? revision);
	setStatus(client, set, {
		observedGeneration: set.metadata.generation ?? 1,
		replicas: pods.length,
		...(ready > 0 ? {readyReplicas: ready} : {}),
		availableReplicas: available,
		...(isDone || before === revision ? {currentReplicas: updated.length} : {}),
		...(updated.length > 0 ? {updatedReplicas: updated.length} : {}),
		currentRevision: isDone ? revision : before,
		updateRevision: revision,
		collisionCount: 0,
	});
	return again;
}
