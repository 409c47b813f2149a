import type {GitFile, GitTree} from '../../model/ports/git/tree.ts';
import {isWithin, joinPath, type Located, locate} from '../repository-path.ts';
import {hasKustomization} from './kustomization-file.ts';
import {isRemote, type Reference} from './references.ts';

/** What a reference of a kustomization leads to, or why it is refused. */
export type Verdict =
	| {readonly type: 'file'; readonly path: string; readonly file: GitFile; readonly isLinked: boolean}
	| {readonly type: 'folder'; readonly path: string; readonly isLinked: boolean}
	| Refusal;

export interface Refusal {
	readonly type: 'refused';
	readonly code: string;
	/** Goes on after the reference's own text. */
	readonly message: string;
	readonly hint: string;
}

/**
 * Judges one reference made in the folder `root`. Nothing that is remote or missing is left for kustomize to find out: it
 * would try the network for it.
 */
export async function judgeReference(tree: GitTree, {text, type}: Reference, root: string): Promise<Verdict> {
	if (isRemote(text)) return remote;
	const path = joinPath(root, text);
	const found: Located = path === null ? {type: 'outside'} : await locate(tree, path);
	switch (found.type) {
		case 'outside':
			return refuse('PathOutsideRepository', 'leaves the repository', 'Name something inside of the repository');
		case 'submodule':
			return refuse('FileMissing', 'is a submodule, which is not fetched', 'Copy it into the repository');
		case 'missing':
			return refuse('FileMissing', 'does not exist', 'Check the spelling; the path is relative to this file');
		case 'folder':
			if (type === 'file') return refuse('FileMissing', 'is a folder', 'Name a file in it');
			if (hasKustomization(tree, found.path)) return found;
			return refuse('KustomizationMissing', 'has no kustomization.yaml', 'Add one to that folder, or name its files');
		case 'file':
			if (type === 'folder') {
				return refuse('KustomizationInvalid', 'is a file', 'Name a folder with a kustomization');
			}
			if (isWithin(found.path, root)) return found;
			return refuse(
				'PathOutsideKustomization',
				'is outside of the folder of this kustomization',
				'Kustomize reads files only in or below it: move the file, or give it a kustomization of its own',
			);
	}
}

export const remote = refuse('RemoteBase', 'is remote', 'Copy it into the repository: only what is in it is rendered');

function refuse(code: string, message: string, hint: string): Refusal {
	return {type: 'refused', code, message, hint};
}
