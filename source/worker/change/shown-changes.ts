import type {FileChange} from '../../model/commit.ts';
import type {CommitChanges} from '../../model/ports/git/history.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {safeBlock, safeText} from '../../model/text.ts';
import {type Concealment, findSecretFiles} from './secret-files.ts';

const diffLimit = 256 * 1024;
const fileLimit = 64 * 1024;

export interface ShownChanges {
	readonly files: readonly FileChange[];
	readonly diff: string;
	readonly isTruncated: boolean;
}

/** The changes of a commit as they may be shown: safe, bounded, and without the files that hold Secrets. */
export async function showChanges(
	changes: Pick<CommitChanges, 'files' | 'diffs' | 'isTruncated'>,
	trees: {before: GitTree | null; after: GitTree},
): Promise<ShownChanges> {
	const concealed = await findSecretFiles(changes, trees);
	let {isTruncated} = changes;
	let room = diffLimit;
	const parts: string[] = [];
	for (const [index, {path}] of changes.files.entries()) {
		const why = concealed.get(path);
		const part = why ? hidden(path, why) : safeBlock(changes.diffs[index] ?? '');
		const limit = Math.min(room, fileLimit);
		if (part.length > limit) isTruncated = true;
		const shown = part.length > limit ? cut(part, limit) : part;
		room -= shown.length;
		parts.push(shown);
	}
	const files = changes.files.map(({path, from, ...rest}) => ({
		path: safeText(path),
		...(from === undefined ? {} : {from: safeText(from)}),
		...rest,
	}));
	return {files, diff: parts.join(''), isTruncated};
}

const reasons: Readonly<Record<Concealment, string>> = {
	secret: 'holds a Secret',
	'too large to tell': 'is too large to be sure that it holds no Secret',
	'not found': 'cannot be found by its name to be sure that it holds no Secret',
};

function hidden(path: string, why: Concealment): string {
	const name = safeText(path);
	return `diff --git a/${name} b/${name}\nThis file ${reasons[why]} and is not shown.\n`;
}

/** At the end of a line. */
function cut(text: string, limit: number): string {
	const end = text.lastIndexOf('\n', limit);
	return end <= 0 ? '' : `${text.slice(0, end)}\n… the rest of this file is not shown\n`;
}
