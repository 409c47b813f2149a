import type {KustomizeParameters} from '../../model/application.ts';
import {isMap} from '../is-map.ts';
import {mergeImages} from './images.ts';
import type {Kustomization} from './kustomization-file.ts';

/**
 * A kustomization with an application's parameters laid over it, as Argo CD (`kustomize edit`) and Flux do: in the file
 * itself. An overlay of its own could not replace a name prefix or an image that the file already renames.
 *
 * Argo CD's common labels reach selectors and its annotations reach pod templates; Flux's common metadata reaches neither
 * and is applied to the result (see `common-metadata.ts`).
 */
export function applyParameters(kustomization: Kustomization, parameters: KustomizeParameters): Kustomization {
	const changed: Record<string, unknown> = {...kustomization};
	for (const field of ['namePrefix', 'nameSuffix', 'namespace'] as const) {
		if (parameters[field] !== undefined && parameters[field] !== '') changed[field] = parameters[field];
	}
	if (parameters.images.length > 0) changed.images = mergeImages(kustomization.images, parameters.images);
	append('patches', parameters.patches);
	append('components', parameters.components);
	if (!isFluxLike(parameters)) {
		if (Object.keys(parameters.commonLabels).length > 0) {
			append('labels', [{pairs: parameters.commonLabels, includeSelectors: true}]);
		}
		if (Object.keys(parameters.commonAnnotations).length > 0) {
			const annotations = isMap(kustomization.commonAnnotations) ? kustomization.commonAnnotations : {};
			changed.commonAnnotations = {...annotations, ...parameters.commonAnnotations};
		}
	}
	return changed;

	function append(field: string, entries: readonly unknown[]): void {
		if (entries.length === 0) return;
		const before = kustomization[field];
		changed[field] = [...(Array.isArray(before) ? before : []), ...entries];
	}
}

/** Generating a missing kustomization is Flux's habit, and the one sign of its dialect in the parameters. */
export function isFluxLike(parameters: KustomizeParameters): boolean {
	return parameters.generateWhenMissing;
}
