import {matches, type Pattern, parsePattern} from '../fields/pattern.ts';
import type {Path} from '../fields/step.ts';

/**
 * What controllers write into other people's objects as a matter of course, whatever their name is: additions there are
 * not drift. A field that Git itself declares is another matter: when somebody changes it, that is reported.
 */
const bookkeepingPaths: readonly Pattern[] = [
	// Finalizers and owners are how controllers tie objects together; people do not type them in.
	'metadata.finalizers.**',
	'metadata.ownerReferences.**',
	// Certificate injectors fill these in (cert-manager's cainjector, Istio, OpenShift's service CA).
	'webhooks[*].clientConfig.caBundle',
	'spec.caBundle',
	'spec.conversion.webhook.clientConfig.caBundle',
].map(text => parsePattern(text)!);

/** Annotations by the start of their key. */
const bookkeepingAnnotations: readonly string[] = [
	'deployment.kubernetes.io/',
	'deprecated.daemonset.template.generation',
	'deprecated.deployment.rollback.to',
	'pv.kubernetes.io/',
	'volume.kubernetes.io/',
	'volume.beta.kubernetes.io/',
	'endpoints.kubernetes.io/',
	'control-plane.alpha.kubernetes.io/leader',
	'autoscaling.alpha.kubernetes.io/',
	'batch.kubernetes.io/',
	'statefulset.kubernetes.io/',
	'node.alpha.kubernetes.io/',
	'kubernetes.io/config.',
	// Managed platforms.
	'cloud.google.com/neg-status',
	'ingress.kubernetes.io/',
	'field.cattle.io/',
	'openshift.io/sa.scc.',
];

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether an addition at this path is a controller's bookkeeping. */
export function isBookkeeping(path: Path): boolean {
	if (bookkeepingPaths.some(pattern => matches(pattern, path))) return true;
	const key = annotationAt(path);
	return key !== null && bookkeepingAnnotations.some(start => key.startsWith(start));
}

/** Whether this is kubectl's copy of what was last applied from the client's side. */
export function isLastApplied(path: Path): boolean {
	return annotationAt(path) === lastAppliedAnnotation;
}

/** The key of an annotation of the object itself; null for any other path. */
function annotationAt(path: Path): string | null {
	const [metadata, annotations, key] = path;
	if (path.length !== 3 || key?.type !== 'field') return null;
	const isAnnotation =
		metadata?.type === 'field' &&
		metadata.name === 'metadata' &&
		annotations?.type === 'field' &&
		annotations.name === 'annotations';
	return isAnnotation ? key.name : null;
}
