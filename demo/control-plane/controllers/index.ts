import type {KubernetesObject} from '../../../source/model/object.ts';
import {ApiError, type ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {cronJobController} from './cron-job.ts';
import {daemonSetController} from './daemon-set.ts';
import {deploymentController} from './deployment.ts';
import {endpointsController} from './endpoints.ts';
import {jobController} from './job.ts';
import {Kubelet} from './kubelet.ts';
import {makeNodes} from './nodes.ts';
import {kindOf} from './objects.ts';
import {replicaSetController} from './replica-set.ts';
import {autoscalerController, budgetController, claimController, namespaceController} from './small.ts';
import {statefulSetController} from './stateful-set.ts';
import {WorkQueue} from './work-queue.ts';

const controllers: readonly Controller[] = [
	namespaceController,
	deploymentController,
	replicaSetController,
	statefulSetController,
	daemonSetController,
	jobController,
	cronJobController,
	endpointsController,
	claimController,
	autoscalerController,
	budgetController,
];

const keyOf = ({metadata}: KubernetesObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/**
 * What makes a cluster live: the controllers of a control plane, and a kubelet that only pretends. Answers with what ends
 * them.
 */
export function runControllers(client: ControllerClient): () => void {
	const kubelet = new Kubelet(client);
	const queues = controllers.map(controller => ({controller, queue: queueOf(controller, client)}));
	const react = (object: KubernetesObject): void => {
		const kind = kindOf(object);
		for (const {controller, queue} of queues) {
			if (kind === controller.kind) queue.add(keyOf(object));
			if (controller.owns.includes(kind)) {
				const owner = object.metadata.ownerReferences?.find(({controller: isController}) => isController);
				if (owner && controller.kind.startsWith(owner.kind))
					queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
			}
			for (const key of controller.concerns?.(object, client) ?? []) queue.add(key);
		}
	};
	makeNodes(client);
	for (const {controller} of queues) for (const object of client.list(controller.kind)) react(object);
	for (const pod of client.list('Pod')) kubelet.onChange(pod);
	const stopWatching = client.watch(({type, object}) => {
		react(object);
		if (object.kind !== 'Pod') return;
		if (type === 'DELETED') kubelet.onGone(object);
		else kubelet.onChange(object);
	});
	return () => {
		stopWatching();
		kubelet.stop();
		for (const {queue} of queues) queue.stop();
	};
}

function queueOf(controller: Controller, client: ControllerClient): WorkQueue {
	return new WorkQueue({
		reconcile(key) {
			const [namespace = '', name = ''] = key.split('/');
			const object = client.get(controller.kind, namespace, name);
			const again = object ? controller.reconcile(object, client) : undefined;
			return again === undefined ? undefined : Math.min(again, 2 ** 31 - 1);
		},
		// What is refused for good (a namespace that is going, a volume that nobody wants) is no news; the rest is a defect.
		onError: (key, error) => {
			if (!(error instanceof ApiError)) process.emitWarning(`${controller.kind} ${key}: ${String(error)}`);
		},
	});
}
