import type {
	DirectoryParameters,
	HelmParameters,
	KustomizeParameters,
	RenderParameters,
} from '../../../source/model/application.ts';
import type {Problem} from '../../../source/model/errors.ts';
import type {Manifest} from '../../../source/model/object.ts';
import {plainKustomize} from '../../../source/model/plain-kustomize.ts';
import type {GitTree} from '../../../source/model/ports/git/tree.ts';
import type {RenderRequest, RenderResult} from '../../../source/model/ports/render.ts';

/** A request for one folder of a tree; what a test does not say is as usual. */
export function request(
	tree: GitTree,
	path: string,
	parameters: RenderParameters = {type: 'auto'},
	changes: Partial<RenderRequest> = {},
): RenderRequest {
	return {
		application: 'shop',
		tree,
		path,
		parameters,
		namespace: 'shop-prod',
		kubernetesVersion: 'v1.36.3',
		apiVersions: [],
		...changes,
	};
}

export function directory(changes: Partial<DirectoryParameters> = {}): DirectoryParameters {
	return {type: 'directory', recurse: false, include: '', exclude: '', ...changes};
}

export function kustomize(changes: Partial<KustomizeParameters> = {}): KustomizeParameters {
	return {...plainKustomize, ...changes};
}

export function helm(changes: Partial<HelmParameters> = {}): HelmParameters {
	return {
		type: 'helm',
		valueFiles: [],
		ignoreMissingValueFiles: false,
		values: {},
		parameters: [],
		skipCRDs: false,
		skipTests: true,
		...changes,
	};
}

/** The manifests of a render that must have worked. */
export function manifestsOf(result: RenderResult): readonly Manifest[] {
	if (!result.ok) throw new Error(`the render failed: ${JSON.stringify(result.problems, null, 2)}`);
	return result.manifests;
}

/** The problems of a render that must have failed. */
export function problemsOf(result: RenderResult): readonly Problem[] {
	if (result.ok) throw new Error(`the render worked: ${result.manifests.length} manifests`);
	return result.problems;
}

/** `Kind/name` of each object, in order. */
export function namesOf(result: RenderResult): string[] {
	return manifestsOf(result).map(({object}) => `${object.kind}/${object.metadata.name}`);
}

/** A small ConfigMap as YAML. */
export function configMap(name: string, data = 'key: value'): string {
	return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;
}
