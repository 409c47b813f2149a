import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {tell} from './events.ts';
import {controlledBy, controllerManager, isGoing, numberAt, setStatus, treeAt} from './objects.ts';
import {availability, isReady, phaseOf, podOf} from './pod-template.ts';

export const replicaSetController: Controller = {
	kind: 'ReplicaSet.apps',
	owns: ['Pod'],
	reconcile(set, client) {
		if (isGoing(set)) return undefined;
		const wanted = numberAt(set, 1, 'spec', 'replicas');
		const pods = livePods(client, set);
		for (let turn = pods.length; turn < wanted; turn++) makePod(client, set, turn);
		for (const pod of pods.toSorted(leastUsefulFirst).slice(0, Math.max(0, pods.length - wanted))) {
			client.remove('Pod', pod.metadata.namespace ?? '', pod.metadata.name);
			tell(client, set, {type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`});
		}
		const current = livePods(client, set);
		const ready = current.filter(isReady).length;
		const {available, again} = availability(current, set, client.now());
		const live = client.get('ReplicaSet.apps', set.metadata.namespace ?? '', set.metadata.name);
		if (!live) return undefined;
		setStatus(client, live, {
			replicas: current.length,
			...(current.length > 0 ? {fullyLabeledReplicas: current.length} : {}),
			...(ready > 0 ? {readyReplicas: ready} : {}),
			...(available > 0 ? {availableReplicas: available} : {}),
			observedGeneration: live.metadata.generation ?? 1,
		});
		return again;
	},
};

function makePod(client: ControllerClient, set: KubernetesObject, turn: number): void {
	const pod = client.create(
		podOf(set, treeAt(set, 'spec', 'template'), {generateName: `${set.metadata.name}-`}, {turn}),
		{
			manager: controllerManager,
		},
	);
	tell(client, set, {type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`});
}

/** Pods that count: those on their way out and those that ended are replaced. */
function livePods(client: ControllerClient, set: KubernetesObject): KubernetesObject[] {
	return controlledBy(client, set, 'Pod').filter(
		pod => !isGoing(pod) && phaseOf(pod) !== 'Succeeded' && phaseOf(pod) !== 'Failed',
	);
}

function leastUsefulFirst(left: KubernetesObject, right: KubernetesObject): number {
	const youngest = (right.metadata.creationTimestamp ?? '') > (left.metadata.creationTimestamp ?? '') ? 1 : -1;
	return Number(isReady(left)) - Number(isReady(right)) || youngest;
}
