import type {Problem} from '../../model/errors.ts';
import type {ObjectRef} from '../../model/object.ts';
import {kindNotServed, versionNotServed} from './not-served.ts';
import type {DefinedKind} from './scope.ts';
import type {DesiredInput} from './types.ts';

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Settles where an object lives: the default namespace for namespaced kinds that name none, no namespace for
 * cluster-scoped kinds whatever they name. Returns a Problem when the kind is not served, neither by the cluster nor by
 * a CRD of the same application, or when the namespace cannot exist.
 */
export function placeObject(
	ref: ObjectRef,
	input: Pick<DesiredInput, 'scopeOf' | 'versionsOf' | 'defaultNamespace'>,
	defined: ReadonlyMap<string, DefinedKind>,
	place: {file: string; line?: number},
): ObjectRef | Problem {
	const definition = defined.get(`${ref.group}/${ref.kind}`);
	const served = input.scopeOf(ref.group, ref.kind);
	const scope = served === 'unknown' ? (definition?.scope ?? 'unknown') : served;
	if (scope === 'unknown') return kindNotServed(ref, place);
	// A definition in Git may add the version in this very sync.
	const versions = input.versionsOf?.(ref.group, ref.kind) ?? [];
	if (versions.length > 0 && !versions.includes(ref.version) && !definition?.versions.includes(ref.version)) {
		return versionNotServed(ref, versions, place);
	}
	if (scope === 'cluster') return ref.namespace === '' ? ref : {...ref, namespace: ''};
	const namespace = ref.namespace === '' ? input.defaultNamespace : ref.namespace;
	if (!dnsLabel.test(namespace)) {
		return {
			code: 'InvalidNamespace',
			message: 'metadata.namespace is not a possible name of a namespace',
			hint: 'At most 63 lower-case letters, digits and dashes',
			...place,
		};
	}
	return {...ref, namespace};
}
