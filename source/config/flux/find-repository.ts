import {quoted} from '../findings.ts';
import {accept, type Result, refuse} from '../result.ts';
import type {FluxGitRepository} from './git-repository.ts';

interface SourceReference {
	readonly kind: string;
	readonly name: string;
	readonly namespace?: string;
}

/**
 * Finds the GitRepository a Kustomization reads from: the same namespace unless it names another. A document without a
 * namespace gets one when it is applied, so a missing namespace on either side matches if only one repository fits.
 */
export function findRepository(
	reference: SourceReference,
	ownNamespace: string,
	repositories: readonly FluxGitRepository[],
): Result<FluxGitRepository> {
	if (reference.kind !== 'GitRepository') {
		return refuse(`is of kind ${quoted(reference.kind)}; only a GitRepository can be read`);
	}
	const namespace = reference.namespace || ownNamespace;
	const named = repositories.filter(repository => repository.name === reference.name);
	const exact = named.filter(repository => repository.namespace === namespace);
	const possible = exact.length > 0 ? exact : named.filter(({namespace: other}) => other === '' || namespace === '');
	const [found, second] = possible;
	const printed = `GitRepository ${quoted(namespace ? `${namespace}/${reference.name}` : reference.name)}`;
	if (!found) return refuse(`names ${printed}, which is not in the configuration`, 'Add its document');
	if (second) {
		const places = possible.map(({file, line}) => `${file}:${line}`).join(' and ');
		return refuse(`names ${printed}, of which there are several: ${places}`, 'Give them namespaces, or remove one');
	}
	if (!found.source)
		return refuse(`names ${printed} (${found.file}:${found.line}), which cannot be used`, 'See its problems');
	return accept(found);
}
