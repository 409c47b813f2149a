import type {ObjectRef} from '../../model/object.ts';

/**
 * Kinds that declare applications: found in a render they become applications of this worker instead of objects of the
 * cluster (Argo CD's app-of-apps, Flux's nested Kustomizations). Only kinds that declare one application each.
 */
const applicationKinds: readonly {readonly group: string; readonly kind: string}[] = [
	{group: 'holdfast.dev', kind: 'Application'},
	{group: 'argoproj.io', kind: 'Application'},
	{group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization'},
];

/** What those refer to: read with them, and no object of the cluster either. */
const supportingKinds: readonly {readonly group: string; readonly kind: string}[] = [
	{group: 'argoproj.io', kind: 'AppProject'},
	{group: 'source.toolkit.fluxcd.io', kind: 'GitRepository'},
];

type GroupKind = Pick<ObjectRef, 'group' | 'kind'>;

const isOneOf = (kinds: readonly GroupKind[], {group, kind}: GroupKind): boolean =>
	kinds.some(known => known.group === group && known.kind === kind);

/** Whether a document of this kind declares an application. */
export function declaresApplication(ref: GroupKind): boolean {
	return isOneOf(applicationKinds, ref);
}

/** Whether a document of this kind is read as configuration: it declares an application, or one refers to it. */
export function isConfiguration(ref: GroupKind): boolean {
	return declaresApplication(ref) || isOneOf(supportingKinds, ref);
}
