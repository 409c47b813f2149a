import type {GitTree} from '../../model/ports/git/tree.ts';
import {baseName, folderOf, joinPath} from '../repository-path.ts';

/** Files of tools that often stand next to manifests and never are any. */
const toolFiles = new Set(['kustomization.yaml', 'kustomization.yml', 'Chart.yaml', '.sops.yaml']);

/** Argo CD's parameter overrides. */
const argoSource = /^\.argocd-source(?:-.+)?\.yaml$/;

const chartFiles = /^(?:values.*\.(?:yaml|yml|json)|requirements\.yaml)$/;

/** Whether a file is known by its name, and place, to be no manifest. */
export function isWellKnown(tree: GitTree, path: string): boolean {
	const name = baseName(path);
	if (toolFiles.has(name) || argoSource.test(name)) return true;
	return chartFiles.test(name) && tree.file(joinPath(folderOf(path), 'Chart.yaml')!) !== null;
}

/** Whether a file, or a folder it stands in below the application's, is hidden: tools keep their settings there. */
export function isHidden(path: string, folder: string): boolean {
	return path
		.slice(folder === '' ? 0 : folder.length + 1)
		.split('/')
		.some(part => part.startsWith('.'));
}
