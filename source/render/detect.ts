import type {RenderParameters} from '../model/application.ts';
import type {GitTree} from '../model/ports.ts';
import {hasKustomization} from './kustomize/kustomization-file.ts';
import {joinPath} from './repository-path.ts';

export type KnownParameters = Exclude<RenderParameters, {type: 'auto'}>;

/**
 * Chooses how a folder is rendered, as Argo CD does: Chart.yaml makes it a chart, a kustomization makes it a kustomization
 * (also where there is a Chart.yaml, as Argo CD sees it last), everything else is a plain directory.
 */
export function resolveParameters(parameters: RenderParameters, tree: GitTree, folder: string): KnownParameters {
	if (parameters.type !== 'auto') return parameters;
	if (hasKustomization(tree, folder)) return plainKustomize;
	return tree.file(joinPath(folder, 'Chart.yaml')!) === null ? plainDirectory : plainHelm;
}

const plainDirectory: KnownParameters = {type: 'directory', recurse: false, include: '', exclude: ''};

const plainKustomize: KnownParameters = {
	type: 'kustomize',
	images: [],
	commonLabels: {},
	commonAnnotations: {},
	patches: [],
	components: [],
	generateWhenMissing: false,
};

const plainHelm: KnownParameters = {
	type: 'helm',
	valueFiles: [],
	ignoreMissingValueFiles: false,
	values: {},
	parameters: [],
	skipCRDs: false,
	skipTests: true,
};
