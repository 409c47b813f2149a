import type {GitTree} from '../../model/ports/git/tree.ts';
import {folderOf} from '../repository-path.ts';
import {hasKustomization, type Kustomization} from './kustomization-file.ts';

/** What Flux leaves out of a source by itself: settings of CI and Git services. */
const excluded =
	/^(?:\.git|\.github|\.circleci)\/|^(?:\.travis\.yml|\.gitlab-ci\.yml|appveyor\.yml|\.drone\.yml|cloudbuild\.yaml|codeship-services\.yml|codeship-steps\.yml)$|(?:^|\/)(?:\.goreleaser\.yml|\.sops\.yaml|\.flux\.yaml)$/;

/**
 * The kustomization that Flux generates for a folder without one: all YAML below it, but a folder that has a kustomization
 * of its own is named as a whole and not entered.
 */
export function generateKustomization(tree: GitTree, folder: string): Kustomization {
	const resources = new Set<string>();
	for (const {path, type} of tree.files(folder)) {
		if (type === 'submodule' || excluded.test(path)) continue;
		const relative = folder === '' ? path : path.slice(folder.length + 1);
		const owner = outermostKustomization(tree, folder, relative);
		if (owner !== null) resources.add(owner);
		else if (/\.ya?ml$/.test(relative)) resources.add(relative);
	}
	return {
		apiVersion: 'kustomize.config.k8s.io/v1beta1',
		kind: 'Kustomization',
		resources: [...resources].sort(),
		components: [],
	};
}

/** The outermost folder between `folder` and the file that has a kustomization, relative to `folder`. */
function outermostKustomization(tree: GitTree, folder: string, relative: string): string | null {
	const parts = folderOf(relative) === '' ? [] : folderOf(relative).split('/');
	for (let depth = 1; depth <= parts.length; depth++) {
		const candidate = parts.slice(0, depth).join('/');
		if (hasKustomization(tree, folder === '' ? candidate : `${folder}/${candidate}`)) return candidate;
	}
	return null;
}
