import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {safeText} from '../../model/text.ts';
import {isMap} from '../is-map.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import type {ParsedFiles} from '../parsed-files.ts';
import {joinPath, locate} from '../repository-path.ts';

/** The names kustomize looks for. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

export type Kustomization = Readonly<Record<string, unknown>>;

export interface KustomizationFile {
	/** Path in the repository. */
	readonly path: string;
	readonly content: Kustomization;
	/** Its path is a link to the file. */
	readonly isLinked: boolean;
}

/** Whether a folder has a kustomization. Links count: kustomize follows them. */
export function hasKustomization(tree: GitTree, folder: string): boolean {
	return findKustomizations(tree, folder).length > 0;
}

export function findKustomizations(tree: GitTree, folder: string): string[] {
	return kustomizationNames.map(name => joinPath(folder, name)!).filter(path => tree.file(path) !== null);
}

/** Reads the kustomization of a folder; null when there is none. */
export async function readKustomization(
	tree: GitTree,
	folder: string,
	parsedFiles: ParsedFiles,
): Promise<Outcome<KustomizationFile | null>> {
	const [path, second] = findKustomizations(tree, folder);
	if (path === undefined) return success(null);
	if (second !== undefined) {
		const hint = 'Keep one of them: kustomize refuses to choose';
		return failure(invalid(second, 'the folder has several kustomization files', hint));
	}
	const found = await locate(tree, path);
	if (found.type !== 'file') {
		return failure(invalid(path, 'the kustomization is no file of this repository', 'Replace it by the file itself'));
	}
	const [parsed] = await parsedFiles.read(tree, [found.file]);
	if (!parsed || parsed.problems.length > 0) {
		return failure(...(parsed?.problems ?? []).map(problem => ({...problem, file: safeText(path)})));
	}
	const content = parsed.documents.length === 0 ? {} : parsed.documents[0]!.value;
	if (parsed.documents.length > 1 || !isMap(content)) {
		return failure(invalid(path, 'a kustomization is one map', 'Keep a single YAML document in it'));
	}
	return success({path, content, isLinked: found.isLinked});
}

function invalid(path: string, message: string, hint: string): Problem {
	return {code: 'KustomizationInvalid', message, file: safeText(path), hint};
}
