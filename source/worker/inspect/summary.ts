import {isMap, valueAt} from '../../engine/desired/tree.ts';
import {containersOf} from '../../engine/health/container-trouble.ts';
import {isTrueAt, mapsAt, numberAt, textAt} from '../../engine/health/fields.ts';
import type {KubernetesObject} from '../../model/object.ts';
import {boundedText} from '../../model/text.ts';

/** The few things a row of the tree says of an object, by what it is. */
export type Summary =
	| {readonly type: 'pod'; readonly isReady: boolean; readonly isDone: boolean; readonly words: string}
	| {
			readonly type: 'replicas';
			readonly ready: number;
			readonly desired: number;
			/** Of the Deployment above, when it says so; else null. */
			readonly desiredAbove: number | null;
			/** No pod of it is there or wanted: an old version kept for rollbacks. */
			readonly isRetired: boolean;
	  }
	| {readonly type: 'job'; readonly succeeded: number; readonly completions: number; readonly failed: number}
	| {readonly type: 'endpoints'; readonly ready: number; readonly total: number}
	| {readonly type: 'other'; readonly words: string};

const wordsLimit = 60;
const desiredReplicas = 'deployment.kubernetes.io/desired-replicas';

/** Never throws, whatever the object holds. */
export function summarise(object: KubernetesObject): Summary {
	switch (object.kind) {
		case 'Pod':
			return summarisePod(object);
		case 'ReplicaSet':
		case 'StatefulSet':
		case 'Deployment':
			return summariseReplicas(object);
		case 'DaemonSet':
			return {
				type: 'replicas',
				ready: numberAt(object, 'status.numberReady'),
				desired: numberAt(object, 'status.desiredNumberScheduled'),
				desiredAbove: null,
				isRetired: false,
			};
		case 'Job':
			return {
				type: 'job',
				succeeded: numberAt(object, 'status.succeeded'),
				completions: numberAt(object, 'spec.completions', 1),
				failed: numberAt(object, 'status.failed'),
			};
		case 'EndpointSlice': {
			const endpoints = mapsAt(object, 'endpoints');
			const ready = endpoints.filter(endpoint => valueAt(endpoint, ['conditions', 'ready']) !== false);
			return {type: 'endpoints', ready: ready.length, total: endpoints.length};
		}
		default:
			return {type: 'other', words: short(textAt(object, 'status.phase'))};
	}
}

function summariseReplicas(object: KubernetesObject): Summary {
	const desired = numberAt(object, 'spec.replicas', 1);
	const above = Number(object.metadata.annotations?.[desiredReplicas] ?? Number.NaN);
	return {
		type: 'replicas',
		ready: numberAt(object, 'status.readyReplicas'),
		desired,
		desiredAbove: Number.isInteger(above) ? above : null,
		isRetired: object.kind === 'ReplicaSet' && desired === 0 && numberAt(object, 'status.replicas') === 0,
	};
}

function summarisePod(pod: KubernetesObject): Summary {
	const phase = textAt(pod, 'status.phase');
	const isReady = mapsAt(pod, 'status.conditions').some(
		condition => condition.type === 'Ready' && condition.status === 'True',
	);
	return {type: 'pod', isReady, isDone: phase === 'Succeeded', words: short(podWords(pod, phase))};
}

/** As kubectl's STATUS column: the reason a container waits or ended, else the phase; restarts where there were any. */
function podWords(pod: KubernetesObject, phase: string): string {
	if (pod.metadata.deletionTimestamp) return 'Terminating';
	const containers = containersOf(pod);
	const restarts = containers.reduce((sum, container) => sum + numberAt(container, 'restartCount'), 0);
	const suffix = restarts === 0 ? '' : `, ${restarts} restart${restarts === 1 ? '' : 's'}`;
	for (const container of containers) {
		const waiting = textAt(container, 'state.waiting.reason');
		if (waiting !== '' && waiting !== 'PodInitializing' && waiting !== 'ContainerCreating')
			return `${waiting}${suffix}`;
	}
	for (const container of containers) {
		const ended = valueAt(container, ['state', 'terminated']);
		if (isMap(ended) && numberAt(ended, 'exitCode') !== 0) return `${textAt(ended, 'reason') || 'Error'}${suffix}`;
	}
	const reason = textAt(pod, 'status.reason');
	if (reason !== '') return reason;
	const unscheduled = mapsAt(pod, 'status.conditions').find(
		condition => condition.type === 'PodScheduled' && condition.status === 'False',
	);
	if (unscheduled) return textAt(unscheduled, 'reason') || 'Pending';
	if (containers.some(container => textAt(container, 'state.waiting.reason') === 'ContainerCreating')) {
		return `ContainerCreating${suffix}`;
	}
	const isUnready = phase === 'Running' && containers.some(container => !isTrueAt(container, 'ready'));
	return `${isUnready ? 'Running, not ready' : phase || 'Pending'}${suffix}`;
}

function short(text: string): string {
	return boundedText(text, wordsLimit);
}
