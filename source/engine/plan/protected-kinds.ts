import {groupKindOf, type ObjectRef} from '../../model/object.ts';

/** Kinds whose deletion cannot be taken back: a person has to say so, whatever the budget. */
const protectedKinds: ReadonlyMap<string, string> = new Map([
	['Namespace', 'everything in it goes with it'],
	['CustomResourceDefinition.apiextensions.k8s.io', 'every object of its kind goes with it'],
	['PersistentVolumeClaim', 'its data goes with it'],
	['PersistentVolume', 'its data may go with it'],
	['StatefulSet.apps', 'it holds data'],
	['VolumeSnapshot.snapshot.storage.k8s.io', 'its data goes with it'],
	['VolumeSnapshotContent.snapshot.storage.k8s.io', 'its data goes with it'],
]);

/** Namespaces that a cluster cannot live without. */
const systemNamespaces: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** Why deleting this kind needs a person's word; null when it does not. */
export function whyProtected(ref: Pick<ObjectRef, 'group' | 'kind'>): string | null {
	return protectedKinds.get(groupKindOf(ref)) ?? null;
}

export function isSystemNamespace(ref: ObjectRef): boolean {
	return isNamespace(ref) && systemNamespaces.has(ref.name);
}

export function isNamespace(ref: Pick<ObjectRef, 'group' | 'kind'>): boolean {
	return ref.group === '' && ref.kind === 'Namespace';
}

export function isDefinition(ref: Pick<ObjectRef, 'group' | 'kind'>): boolean {
	return ref.group === 'apiextensions.k8s.io' && ref.kind === 'CustomResourceDefinition';
}
