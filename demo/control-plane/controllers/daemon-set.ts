import type {Controller} from './controller.ts';
import {nodeNames} from './nodes.ts';
import {controlledBy, controllerManager, isGoing, setStatus, templateHash, treeAt, valueAt} from './objects.ts';
import {availability, isReady, podOf} from './pod-template.ts';

const revisionLabel = 'controller-revision-hash';

/** One pod on each node; renewed one after the other. */
export const daemonSetController: Controller = {
	kind: 'DaemonSet.apps',
	owns: ['Pod'],
	reconcile(set, client) {
		if (isGoing(set)) return undefined;
		const template = treeAt(set, 'spec', 'template');
		const revision = templateHash(template);
		const pods = controlledBy(client, set, 'Pod').filter(pod => !isGoing(pod));
		const onNode = (node: string) => pods.find(pod => valueAt(pod, 'spec', 'nodeName') === node);
		for (const node of nodeNames) {
			if (onNode(node)) continue;
			const identity = {generateName: `${set.metadata.name}-`};
			client.create(podOf(set, template, identity, {node, labels: {[revisionLabel]: revision}}), {
				manager: controllerManager,
			});
		}
		const old = pods.filter(pod => pod.metadata.labels?.[revisionLabel] !== revision);
		const [next] = pods.length === nodeNames.length && pods.every(isReady) ? old : [];
		if (next) client.remove('Pod', next.metadata.namespace ?? '', next.metadata.name);
		const live = client.get('DaemonSet.apps', set.metadata.namespace ?? '', set.metadata.name);
		if (!live) return undefined;
		const current = controlledBy(client, live, 'Pod').filter(pod => !isGoing(pod));
		const ready = current.filter(isReady).length;
		const {available, again} = availability(current, live, client.now());
		const updated = current.filter(pod => pod.metadata.labels?.[revisionLabel] === revision).length;
		setStatus(client, live, {
			observedGeneration: live.metadata.generation ?? 1,
			currentNumberScheduled: current.length,
			desiredNumberScheduled: nodeNames.length,
			numberMisscheduled: 0,
			numberReady: ready,
			updatedNumberScheduled: updated,
			...(available > 0 ? {numberAvailable: available} : {}),
			...(available < nodeNames.length ? {numberUnavailable: nodeNames.length - available} : {}),
		});
		return again;
	},
};
