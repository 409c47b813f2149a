/**
 * Things that kustomize's own fields cannot say exactly, as patches for every object. A strategic merge patch with a target
 * is applied to each object the target selects; its own kind and name mean nothing.
 */

/** Labels on `metadata` alone. With `commonLabels` selectors would change too, which a running Deployment refuses. */
export function labelsPatch(labels: Readonly<Record<string, string>>): Record<string, unknown>[] {
	if (Object.keys(labels).length === 0) return [];
	const patch = {apiVersion: 'any/v1', kind: 'Any', metadata: {name: 'any', labels}};
	return [{patch: JSON.stringify(patch), target: {kind: '.*'}}];
}

const replicated = 'Deployment|ReplicaSet|ReplicationController|StatefulSet';

/** Kustomize's `replicas`: the count of everything that has replicas and this name. Targets are regular expressions. */
export function replicasPatch(name: string, count: number): Record<string, unknown> {
	const patch = [{op: 'add', path: '/spec/replicas', value: count}];
	return {patch: JSON.stringify(patch), target: {kind: replicated, name: name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}};
}
