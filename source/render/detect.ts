import type {RenderParameters} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import {plainKustomize} from '../model/plain-kustomize.ts';
import type {GitTree} from '../model/ports/git/tree.ts';
import {safeText} from '../model/text.ts';
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

/**
 * Argo CD lays `.argocd-source.yaml` and `.argocd-source-APPLICATION.yaml` over an application's parameters; here they are
 * not read, and that is said.
 */
export function ignoredOverrides(tree: GitTree, folder: string, application: string): Problem[] {
	return ['.argocd-source.yaml', `.argocd-source-${application}.yaml`]
		.map(name => joinPath(folder, name)!)
		.filter(path => tree.file(path) !== null)
		.map(path => ({
			code: 'ArgoSourceIgnored',
			message: 'the parameters in this file are not applied',
			file: safeText(path),
			hint: 'Move them into the application',
		}));
}

const plainDirectory: KnownParameters = {type: 'directory', recurse: false, include: '', exclude: ''};

const plainHelm: KnownParameters = {
	type: 'helm',
	valueFiles: [],
	ignoreMissingValueFiles: false,
	values: {},
	parameters: [],
	skipCRDs: false,
	skipTests: true,
};
