/**
 * The keys of an ApplySet as shipped kubectl writes and reads them. KEP-3659 spells the prefix `applyset.k8s.io`;
 * kubectl is right (engines.md b.7).
 */

/** Label of every member: the set's id. */
export const partOfLabel = 'applyset.kubernetes.io/part-of';
/** Label of the parent: the set's id. */
export const idLabel = 'applyset.kubernetes.io/id';
/** Annotation of the parent: `<tool>/<version>`; kubectl refuses the sets of other tools. */
export const toolingAnnotation = 'applyset.kubernetes.io/tooling';
/** Annotation of the parent: sorted `Kind.group` list. kubectl requires it. */
export const groupKindsAnnotation = 'applyset.kubernetes.io/contains-group-kinds';
/** Annotation of the parent: sorted list of namespaces other than the parent's own. */
export const additionalNamespacesAnnotation = 'applyset.kubernetes.io/additional-namespaces';

export const managedByLabel = 'app.kubernetes.io/managed-by';

/** Name of an application's inventory ConfigMap, in the application's destination namespace. */
export function inventoryName(application: string): string {
	return `holdfast-${application}`;
}

/** The id that kubectl computes for a ConfigMap parent: `<name>.<namespace>.<kind>.<group>`, hashed, group empty. */
export function applySetId(name: string, namespace: string, sha256Base64Url: (text: string) => string): string {
	const digest = sha256Base64Url(`${name}.${namespace}.ConfigMap.`).replace(/=+$/, '');
	return `applyset-${digest}-v1`;
}
