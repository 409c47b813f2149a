import type {KubernetesObject} from '../../../source/model/object.ts';
import {chooseNode} from './nodes.ts';
import {numberAt, ownedBy, type Tree, treeAt} from './objects.ts';

/** What a pod has beyond its template. */
export interface PodExtra {
	readonly labels?: Record<string, string>;
	/** In place of the template's volumes of the same names. */
	readonly volumes?: readonly Tree[];
	readonly node?: string;
	/** Which node, where none is named. */
	readonly turn?: number;
}

/**
 * A pod of a template, controlled by its owner and already on a node: the scheduler's choice is made with it, because
 * where a pod runs cannot be changed by an update.
 */
export function podOf(
	owner: KubernetesObject,
	template: Tree,
	identity: {readonly name: string} | {readonly generateName: string},
	extra: PodExtra = {},
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
		spec: {
			...treeAt(template, 'spec'),
			...(extra.volumes ? {volumes: mergedVolumes(template, extra.volumes)} : {}),
			nodeName: extra.node ?? chooseNode(extra.turn ?? 0),
		},
	};
}

function mergedVolumes(template: Tree, added: readonly Tree[]): Tree[] {
	const names = new Set(added.map(({name}) => name));
	const own = (treeAt(template, 'spec').volumes ?? []) as Tree[];
	return [...added, ...own.filter(({name}) => !names.has(name))];
}

export const isReady = (pod: KubernetesObject): boolean => readyCondition(pod) !== undefined;

function readyCondition(pod: KubernetesObject): Tree | undefined {
	const conditions = (treeAt(pod, 'status').conditions ?? []) as Tree[];
	return conditions.find(({type, status}) => type === 'Ready' && status === 'True');
}

/** Pods that have been ready for `spec.minReadySeconds` of their owner, and when the next one will have been. */
export function availability(
	pods: readonly KubernetesObject[],
	owner: KubernetesObject,
	now: number,
): {readonly available: number; readonly again: number | undefined} {
	const needed = numberAt(owner, 0, 'spec', 'minReadySeconds') * 1_000;
	const waits = pods.flatMap(pod => {
		const condition = readyCondition(pod);
		return condition ? [Math.max(0, Date.parse(String(condition.lastTransitionTime)) + needed - now)] : [];
	});
	const left = needed === 0 ? [] : waits.filter(wait => wait > 0);
	return {available: waits.length - left.length, again: left.length > 0 ? Math.min(...left) + 10 : undefined};
}

export const phaseOf = (pod: KubernetesObject): string => String(treeAt(pod, 'status').phase ?? 'Pending');
