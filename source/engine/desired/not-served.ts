import type {Problem} from '../../model/errors.ts';
import type {ObjectRef} from '../../model/object.ts';
import {apiVersionOf} from '../../model/object.ts';

/** Built-in kinds that moved or went, by `group/Kind`; the value is where to go. */
const removedKinds: ReadonlyMap<string, string> = new Map([
	['extensions/Ingress', 'use networking.k8s.io/v1'],
	['extensions/NetworkPolicy', 'use networking.k8s.io/v1'],
	['extensions/Deployment', 'use apps/v1'],
	['extensions/DaemonSet', 'use apps/v1'],
	['extensions/ReplicaSet', 'use apps/v1'],
	['extensions/PodSecurityPolicy', 'use Pod Security admission (namespace labels) instead'],
	['policy/PodSecurityPolicy', 'use Pod Security admission (namespace labels) instead'],
]);

/** The sentence for a kind that the cluster does not serve, naming the definition that is missing. */
export function kindNotServed(ref: ObjectRef, place: {file: string; line?: number}): Problem {
	const removed = removedKinds.get(`${ref.group}/${ref.kind}`);
	const definition = `${guessPlural(ref.kind)}.${ref.group}`;
	return {
		code: 'KindNotServed',
		message: `the cluster does not serve ${ref.kind} (${apiVersionOf(ref)})`,
		hint: removed
			? `Kubernetes removed it: ${removed}`
			: `Install what brings the CustomResourceDefinition (by its usual name ${definition}), or add it to this application`,
		...place,
	};
}

/** The sentence for a kind that is served, but not at this version. */
export function versionNotServed(
	ref: ObjectRef,
	versions: readonly string[],
	place: {file: string; line?: number},
): Problem {
	const served = versions.map(version => apiVersionOf({group: ref.group, version})).join(', ');
	return {
		code: 'VersionNotServed',
		message: `the cluster does not serve ${ref.kind} at ${apiVersionOf(ref)}`,
		hint: `It serves ${served}; change apiVersion`,
		...place,
	};
}

/** The plural that a definition usually has, as Kubernetes itself guesses it. */
export function guessPlural(kind: string): string {
	const singular = kind.toLowerCase();
	if (singular.endsWith('s') || singular.endsWith('x') || singular.endsWith('ch')) return `${singular}es`;
	if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
	return `${singular}s`;
}
