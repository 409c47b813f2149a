import type {Manifest} from '../../model/object.ts';
import {valueAt} from './tree.ts';
import type {Scope} from './types.ts';

/** What a CustomResourceDefinition among the manifests will serve. */
export interface DefinedKind {
	readonly scope: Scope;
	readonly versions: readonly string[];
}

/**
 * Kinds that the manifests themselves define, by `group/Kind`: a CRD and its custom resources may come in one sync,
 * before discovery knows the kind.
 */
export function definedKinds(manifests: readonly Manifest[]): Map<string, DefinedKind> {
	const kinds = new Map<string, DefinedKind>();
	for (const {object} of manifests) {
		if (object?.kind !== 'CustomResourceDefinition') continue;
		const group = valueAt(object, ['spec', 'group']);
		const kind = valueAt(object, ['spec', 'names', 'kind']);
		const scope = valueAt(object, ['spec', 'scope']);
		const versions = valueAt(object, ['spec', 'versions']);
		if (typeof group !== 'string' || typeof kind !== 'string') continue;
		kinds.set(`${group}/${kind}`, {
			scope: scope === 'Cluster' ? 'cluster' : 'namespaced',
			versions: Array.isArray(versions) ? versions.flatMap(servedName) : [],
		});
	}
	return kinds;
}

function servedName(version: unknown): string[] {
	const name = valueAt(version, ['name']);
	return typeof name === 'string' && valueAt(version, ['served']) !== false ? [name] : [];
}
