import {HoldfastError} from '../model/errors.ts';
import type {GitContext} from './command.ts';
import type {GitLimits} from './limits.ts';
import {listTree} from './list-tree.ts';
import type {ObjectReader} from './object-reader.ts';
import {parseTree, type TreeIndex} from './tree-index.ts';

/** Bytes that git needs to list one entry. */
const bytesOfEntry = 150;

/** Reads all paths of a commit that is here. Rejects with TreeTooLarge, or GitCommandError. */
export async function readIndex(options: {
	context: GitContext;
	check: ObjectReader;
	commit: string;
	limits: GitLimits;
	display: string;
}): Promise<TreeIndex> {
	const {context, check, commit, limits, display} = options;
	try {
		const [root] = await check.read([`${commit}^{tree}`]);
		const output = await listTree(context, commit, limits.treeEntries * bytesOfEntry);
		return parseTree(output, root?.oid ?? '', limits.treeEntries);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new HoldfastError({
			code: 'TreeTooLarge',
			message: `commit ${commit.slice(0, 12)} of repository ${display} has ${error.message}`,
			hint: 'Keep what is deployed in a smaller repository',
		});
	}
}
