import type {GitTree} from '../model/ports/git/tree.ts';

/** 1-based line of a file that holds a text, comment lines left out; null when none does. Read only when a problem wants it. */
export async function findLine(tree: GitTree, path: string, subject: string): Promise<number | null> {
	const file = tree.file(path);
	if (file?.type !== 'file') return null;
	const [content] = await tree.read([file]);
	const lines = (content?.toString('utf8') ?? '').split('\n');
	const index = lines.findIndex(line => line.includes(subject) && !line.trimStart().startsWith('#'));
	return index < 0 ? null : index + 1;
}
