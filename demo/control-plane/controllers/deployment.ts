import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {tell} from './events.ts';
import {
	type Condition,
	conditionsOf,
	controlledBy,
	controllerManager,
	countOf,
	isGoing,
	numberAt,
	ownedBy,
	setStatus,
	templateHash,
	treeAt,
	valueAt,
} from './objects.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** Rolls a Deployment out by a ReplicaSet for each template, as many pods at once as its strategy allows. */
export const deploymentController: Controller = {
	kind: 'Deployment.apps',
	owns: ['ReplicaSet.apps'],
	reconcile(deployment, client) {
		if (isGoing(deployment)) return undefined;
		const sets = controlledBy(client, deployment, 'ReplicaSet.apps').filter(set => !isGoing(set));
		const hash = templateHash(treeAt(deployment, 'spec', 'template'));
		const current =
			sets.find(set => set.metadata.labels?.[hashLabel] === hash) ?? makeSet(client, deployment, sets, hash);
		const old = sets.filter(set => set.metadata.uid !== current.metadata.uid);
		noteRevision(client, deployment, current);
		keepMinReadySeconds(client, deployment, current);
		if (valueAt(deployment, 'spec', 'paused') !== true) roll(client, deployment, current, old);
		clearOld(client, deployment, old);
		return tellStatus(client, deployment);
	},
};

function makeSet(
	client: ControllerClient,
	deployment: KubernetesObject,
	sets: readonly KubernetesObject[],
	hash: string,
): KubernetesObject {
	const template = treeAt(deployment, 'spec', 'template');
	const metadata = treeAt(template, 'metadata');
	const labels = {...(metadata.labels as Record<string, string> | undefined), [hashLabel]: hash};
	const selector = treeAt(deployment, 'spec', 'selector');
	const revision = 1 + Math.max(0, ...sets.map(set => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0)));
	return client.create(
		{
			apiVersion: 'apps/v1',
			kind: 'ReplicaSet',
			metadata: {
				name: `${deployment.metadata.name}-${hash}`,
				namespace: deployment.metadata.namespace ?? '',
				labels,
				annotations: {[revisionAnnotation]: String(revision)},
				ownerReferences: [ownedBy(deployment)],
			},
			spec: {
				replicas: 0,
				...minReadySeconds(deployment),
				selector: {...selector, matchLabels: {...treeAt(selector, 'matchLabels'), [hashLabel]: hash}},
				template: {...template, metadata: {...metadata, labels}},
			},
		},
		{manager: controllerManager},
	);
}

function minReadySeconds(deployment: KubernetesObject): {minReadySeconds?: number} {
	const seconds = numberAt(deployment, 0, 'spec', 'minReadySeconds');
	return seconds > 0 ? {minReadySeconds: seconds} : {};
}

/** Not a part of the template: a change of it rolls nothing. */
function keepMinReadySeconds(client: ControllerClient, deployment: KubernetesObject, current: KubernetesObject): void {
	const wanted = numberAt(deployment, 0, 'spec', 'minReadySeconds');
	const live = client.get('ReplicaSet.apps', current.metadata.namespace ?? '', current.metadata.name);
	if (!live || numberAt(live, 0, 'spec', 'minReadySeconds') === wanted) return;
	client.update({...live, spec: {...treeAt(live, 'spec'), minReadySeconds: wanted}}, {manager: controllerManager});
}

/** A template that comes back takes the newest number again. */
function noteRevision(client: ControllerClient, deployment: KubernetesObject, current: KubernetesObject): void {
	const revision = current.metadata.annotations?.[revisionAnnotation] ?? '1';
	if (deployment.metadata.annotations?.[revisionAnnotation] === revision) return;
	const live = client.get('Deployment.apps', deployment.metadata.namespace ?? '', deployment.metadata.name);
	if (!live) return;
	const annotations = {...live.metadata.annotations, [revisionAnnotation]: revision};
	client.update({...live, metadata: {...live.metadata, annotations}}, {manager: controllerManager});
}

function roll(
	client: ControllerClient,
	deployment: KubernetesObject,
	current: KubernetesObject,
	old: readonly KubernetesObject[],
): void {
	const wanted = numberAt(deployment, 1, 'spec', 'replicas');
	const strategy = treeAt(deployment, 'spec', 'strategy');
	const running = old.reduce((sum, set) => sum + replicasOf(set), 0);
	if (strategy.type === 'Recreate') {
		for (const set of old) scaleTo(client, deployment, set, 0);
		if (old.every(set => numberAt(set, 0, 'status', 'replicas') === 0)) scaleTo(client, deployment, current, wanted);
		return;
	}
	const surge = countOf(valueAt(strategy, 'rollingUpdate', 'maxSurge') ?? '25%', wanted, Math.ceil);
	const missing = countOf(valueAt(strategy, 'rollingUpdate', 'maxUnavailable') ?? '25%', wanted, Math.floor);
	const room = wanted + Math.max(surge, missing === 0 ? 1 : 0) - running;
	scaleTo(client, deployment, current, Math.min(wanted, Math.max(room, replicasOf(current) > wanted ? wanted : 0)));
	let available = [current, ...old].reduce((sum, set) => sum + numberAt(set, 0, 'status', 'availableReplicas'), 0);
	for (const set of old) {
		const replicas = replicasOf(set);
		const ready = numberAt(set, 0, 'status', 'availableReplicas');
		// What is not available costs nothing to take away.
		const spare = Math.max(0, available - (wanted - missing));
		const taken = Math.min(replicas, replicas - ready + Math.min(ready, spare));
		available -= Math.max(0, taken - (replicas - ready));
		scaleTo(client, deployment, set, replicas - taken);
	}
}

const replicasOf = (set: KubernetesObject): number => numberAt(set, 0, 'spec', 'replicas');

function scaleTo(
	client: ControllerClient,
	deployment: KubernetesObject,
	set: KubernetesObject,
	replicas: number,
): void {
	const live = client.get('ReplicaSet.apps', set.metadata.namespace ?? '', set.metadata.name);
	if (!live || replicasOf(live) === replicas) return;
	const before = replicasOf(live);
	client.update({...live, spec: {...treeAt(live, 'spec'), replicas}}, {manager: controllerManager});
	const direction = replicas > before ? 'up' : 'down';
	const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`;
	tell(client, deployment, {type: 'Normal', reason: 'ScalingReplicaSet', message});
}

/** Old ReplicaSets stay for a rollback, as many as the limit says. */
function clearOld(client: ControllerClient, deployment: KubernetesObject, old: readonly KubernetesObject[]): void {
	const limit = numberAt(deployment, 10, 'spec', 'revisionHistoryLimit');
	const idle = old
		.filter(set => replicasOf(set) === 0 && numberAt(set, 0, 'status', 'replicas') === 0)
		.toSorted(
			(a, b) =>
				Number(a.metadata.annotations?.[revisionAnnotation]) - Number(b.metadata.annotations?.[revisionAnnotation]),
		);
	for (const set of idle.slice(0, Math.max(0, idle.length - limit))) {
		client.remove('ReplicaSet.apps', set.metadata.namespace ?? '', set.metadata.name);
	}
}

function tellStatus(client: ControllerClient, deployment: KubernetesObject): number | undefined {
	const live = client.get('Deployment.apps', deployment.metadata.namespace ?? '', deployment.metadata.name);
	if (!live) return undefined;
	const sets = controlledBy(client, live, 'ReplicaSet.apps');
	const hash = templateHash(treeAt(live, 'spec', 'template'));
	const current = sets.find(set => set.metadata.labels?.[hashLabel] === hash);
	const sum = (field: string): number => sets.reduce((total, set) => total + numberAt(set, 0, 'status', field), 0);
	const wanted = numberAt(live, 1, 'spec', 'replicas');
	const [replicas, ready, available] = [sum('replicas'), sum('readyReplicas'), sum('availableReplicas')];
	const updated = current ? numberAt(current, 0, 'status', 'replicas') : 0;
	const missing = countOf(
		valueAt(live, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%',
		wanted,
		Math.floor,
	);
	const isComplete = updated === wanted && replicas === wanted && available === wanted;
	const progress = progressOf(client, live, {isComplete, set: current?.metadata.name ?? '', counts: [updated, ready]});
	const isAvailable = available >= wanted - missing;
	const conditions = conditionsOf(
		live,
		[
			isAvailable
				? {
						type: 'Available',
						status: 'True',
						reason: 'MinimumReplicasAvailable',
						message: 'Deployment has minimum availability.',
					}
				: {
						type: 'Available',
						status: 'False',
						reason: 'MinimumReplicasUnavailable',
						message: 'Deployment does not have minimum availability.',
					},
			progress.condition,
		],
		client.now(),
	).map(condition => ({...condition, lastUpdateTime: condition.lastUpdateTime ?? condition.lastTransitionTime}));
	const unavailable = Math.max(0, wanted - available);
	setStatus(client, live, {
		observedGeneration: live.metadata.generation ?? 1,
		...(replicas > 0 ? {replicas} : {}),
		...(updated > 0 ? {updatedReplicas: updated} : {}),
		...(ready > 0 ? {readyReplicas: ready} : {}),
		...(available > 0 ? {availableReplicas: available} : {}),
		...(unavailable > 0 ? {unavailableReplicas: unavailable} : {}),
		conditions,
	});
	return progress.lookAgain;
}

/** When a rollout last got further, by Deployment: the deadline is counted from there. */
const lastProgress = new Map<string, {counts: string; at: number}>();

function progressOf(
	client: ControllerClient,
	deployment: KubernetesObject,
	state: {readonly isComplete: boolean; readonly set: string; readonly counts: readonly number[]},
): {condition: Condition; lookAgain?: number} {
	const key = deployment.metadata.uid ?? '';
	const name = `ReplicaSet "${state.set}"`;
	if (state.isComplete) {
		lastProgress.delete(key);
		const message = `${name} has successfully progressed.`;
		return {condition: {type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message}};
	}
	const counts = `${state.set} ${state.counts.join(' ')}`;
	const known = lastProgress.get(key);
	if (known?.counts !== counts) lastProgress.set(key, {counts, at: client.now()});
	const since = lastProgress.get(key)?.at ?? client.now();
	const deadline = numberAt(deployment, 600, 'spec', 'progressDeadlineSeconds') * 1_000;
	const left = since + deadline - client.now();
	if (left <= 0) {
		const message = `${name} has timed out progressing.`;
		return {condition: {type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message}};
	}
	const message = `${name} is progressing.`;
	return {condition: {type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message}, lookAgain: left + 10};
}
