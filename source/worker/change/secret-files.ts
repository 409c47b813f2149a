import {secretLines, secretValueNames} from '../../engine/history/chart-secrets.ts';
import {secretInputs} from '../../engine/history/secret-inputs.ts';
import type {CommitChanges} from '../../model/ports/git/history.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';

const readableBytes = 1024 * 1024;

/** A Secret in YAML or JSON, in block or flow style, or what makes one; not SecretStore, SealedSecret or ExternalSecret. */
const secretKind = /\bkind["']?\s*:\s*(?:[&!]\S*\s+|#.*\n\s*|[>|][+-]?\s*\n\s*)*["']?Secret(?:Generator)?\b/;
/** Fields that only Secrets, and what feeds them, have: a patch may hold them without a kind. */
const secretField = /\b(?:secretGenerator|stringData)\b/;
const template = /(?:^|\/)templates\/.+\.(?:ya?ml|tpl)$/;
const valuesFile = /\.(?:ya?ml|json)$/;
const templateBytes = 16 * 1024 * 1024;
const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Why nothing of a file may be shown. */
export type Concealment = 'secret' | 'too large to tell' | 'not found';

/**
 * Files of which nothing may be shown, because they hold a Secret before or after the change, or feed one: a whole file,
 * because a part of a diff does not say which document it belongs to. What is too large to be looked into is not shown.
 */
export async function findSecretFiles(
	{files, diffs}: Pick<CommitChanges, 'files' | 'diffs'>,
	trees: {before: GitTree | null; after: GitTree},
): Promise<Map<string, Concealment>> {
	const found = new Map<string, Concealment>();
	const names = files.some(({path}) => valuesFile.test(path)) ? await chartSecrets(trees) : [];
	for (const [index, {path, from, isBinary}] of files.entries()) {
		if (isBinary) continue;
		if (!isFound(path, trees) || !isFound(from ?? path, trees)) found.set(path, 'not found');
		const sides = [
			{tree: trees.before, path: from ?? path},
			{tree: trees.after, path},
		];
		for (const {tree, path: name} of sides) {
			if (!tree || found.has(path)) continue;
			const isSecret = (await holdsSecret(tree, name)) || (await feedsSecret(tree, name));
			if (isSecret || (await tellsValue(tree, name, diffs[index] ?? ''))) found.set(path, 'secret');
			else if ((tree.file(name)?.size ?? 0) > readableBytes) found.set(path, 'too large to tell');
		}
	}
	return found;

	/** Whether what is shown of a file of values tells one that a chart puts into a Secret. */
	async function tellsValue(tree: GitTree, path: string, diff: string): Promise<boolean> {
		if (names.length === 0 || !valuesFile.test(path)) return false;
		return secretLines(await read(tree, path), names).some(line => diff.includes(line));
	}
}

/** Names that are no UTF-8 may stand for several files. */
function isFound(path: string, {before, after}: {before: GitTree | null; after: GitTree}): boolean {
	return !path.includes('\ufffd') && Boolean(before?.file(path) ?? after.file(path));
}

/** Values may stand anywhere in a repository, so all its charts are asked. */
async function chartSecrets(trees: {before: GitTree | null; after: GitTree}): Promise<string[][]> {
	const texts = new Map<string, string>();
	let room = templateBytes;
	for (const tree of [trees.before, trees.after]) {
		for (const {path, oid, size} of tree?.files('') ?? []) {
			if (!template.test(path) || texts.has(oid) || size > room) continue;
			room -= size;
			texts.set(oid, await read(tree!, path));
		}
	}
	return secretValueNames([...texts.values()]);
}

async function holdsSecret(tree: GitTree, path: string): Promise<boolean> {
	const text = await read(tree, path);
	return secretKind.test(text) || secretField.test(text);
}

/** Whether a kustomization above the file makes a Secret of it, or patches one with it. */
async function feedsSecret(tree: GitTree, path: string): Promise<boolean> {
	const name = path.slice(path.lastIndexOf('/') + 1);
	let folder = path;
	while (folder !== '') {
		folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
		for (const kustomization of kustomizations) {
			const text = await read(tree, folder === '' ? kustomization : `${folder}/${kustomization}`);
			if (text.includes(name) && secretInputs(text).some(input => input.includes(name))) return true;
		}
	}
	return false;
}

async function read(tree: GitTree, path: string): Promise<string> {
	const file = tree.file(path);
	if (file?.type !== 'file' || file.size > readableBytes) return '';
	const [content] = await tree.read([file]);
	return content?.toString('utf8') ?? '';
}
