import type {KubernetesObject} from '../../model/object.ts';
import {isMap} from '../is-map.ts';
import type {RenderLimits} from '../limits.ts';
import {joinPath} from '../repository-path.ts';
import {readYaml} from '../yaml/read.ts';
import type {Kustomization} from './kustomization-file.ts';

const annotation = 'config.kubernetes.io/origin';
const option = 'originAnnotations';

/** Makes kustomize write into each object which file it came from. */
export function withOriginAnnotations(kustomization: Kustomization): Kustomization {
	const before = Array.isArray(kustomization.buildMetadata) ? kustomization.buildMetadata : [];
	return before.includes(option) ? kustomization : {...kustomization, buildMetadata: [...before, option]};
}

/** Whether the writer wants the annotation in the cluster. */
export function wantsOriginAnnotations(kustomization: Kustomization): boolean {
	return Array.isArray(kustomization.buildMetadata) && kustomization.buildMetadata.includes(option);
}

/**
 * The file an object came from: the manifest itself, or for generated objects the kustomization that generates them.
 * `folder` is where kustomize was run; its paths are relative to it. null when the object does not say.
 */
export function originOf(object: unknown, folder: string, limits: RenderLimits): string | null {
	const metadata = isMap(object) ? object.metadata : undefined;
	const annotations = isMap(metadata) ? metadata.annotations : undefined;
	const text = isMap(annotations) ? annotations[annotation] : undefined;
	const value = typeof text === 'string' ? readYaml(text, limits).documents[0]?.value : undefined;
	const relative = isMap(value) ? (value.path ?? value.configuredIn) : undefined;
	return typeof relative === 'string' ? joinPath(folder, relative) : null;
}

/** The object as it would be without our having asked. */
export function withoutOriginAnnotation(object: KubernetesObject): KubernetesObject {
	if (!object.metadata.annotations || !(annotation in object.metadata.annotations)) return object;
	const {[annotation]: _origin, ...annotations} = object.metadata.annotations;
	const {annotations: _annotations, ...metadata} = object.metadata;
	const hasOthers = Object.keys(annotations).length > 0;
	return {...object, metadata: {...metadata, ...(hasOthers && {annotations})} as KubernetesObject['metadata']};
}
