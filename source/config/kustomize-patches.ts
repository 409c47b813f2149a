/**
 * Things that kustomize's own fields cannot say exactly, as patches for every object. A strategic merge patch with a target
 * is applied to each object the target selects; its own kind and name mean nothing.
 */

/**
 * Labels and annotations on `metadata` alone. Kustomize's `commonLabels` would also change selectors, which cannot be
 * changed on a running Deployment, and `commonAnnotations` would restart pods by changing their templates.
 */
export function metadataPatch(metadata: {
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
}): Record<string, unknown>[] {
	const entries = Object.entries(metadata).filter(([, map]) => map && Object.keys(map).length > 0);
	if (entries.length === 0) return [];
	const patch = {apiVersion: 'any/v1', kind: 'Any', metadata: {name: 'any', ...Object.fromEntries(entries)}};
	return [{patch: JSON.stringify(patch), target: {kind: '.*'}}];
}

const replicated = 'Deployment|ReplicaSet|ReplicationController|StatefulSet';

/** Kustomize's `replicas`: the count of everything that has replicas and this name. Targets are regular expressions. */
export function replicasPatch(name: string, count: number): Record<string, unknown> {
	const patch = [{op: 'add', path: '/spec/replicas', value: count}];
	return {patch: JSON.stringify(patch), target: {kind: replicated, name: name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}};
}
