import type {KubernetesObject} from '../../../source/model/object.ts';
import {chooseNode} from './nodes.ts';
import {ownedBy, type Tree, treeAt} from './objects.ts';

/**
 * A pod of a template, controlled by its owner and already on a node: the scheduler's choice is made with it, because
 * where a pod runs cannot be changed by an update.
 */
export function podOf(
	owner: KubernetesObject,
	template: Tree,
	identity: {readonly name: string} | {readonly generateName: string},
	extra: {readonly labels?: Record<string, string>; readonly node?: string; readonly turn?: number} = {},
): KubernetesObject {
	const {labels, annotations} = treeAt(template, 'metadata') as {
		labels?: Record<string, string>;
		annotations?: Record<string, string>;
	};
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			...identity,
			namespace: owner.metadata.namespace,
			labels: {...labels, ...extra.labels},
			...(annotations ? {annotations} : {}),
			ownerReferences: [ownedBy(owner)],
		} as KubernetesObject['metadata'],
		spec: {...treeAt(template, 'spec'), nodeName: extra.node ?? chooseNode(extra.turn ?? 0)},
	};
}

export const isReady = (pod: KubernetesObject): boolean =>
	((treeAt(pod, 'status').conditions ?? []) as Tree[]).some(({type, status}) => type === 'Ready' && status === 'True');

export const phaseOf = (pod: KubernetesObject): string => String(treeAt(pod, 'status').phase ?? 'Pending');
