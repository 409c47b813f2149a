import type {GitTree} from '../model/ports/git/tree.ts';
import {GitCommandError, type GitContext} from './command.ts';
import {copyBlob} from './copy-blob.ts';
import type {GitLimits} from './limits.ts';
import {createObjectReader} from './object-reader.ts';
import {readIndex} from './read-index.ts';
import {createTree} from './tree.ts';

/** The tree of a commit in another repository than the mirror: one that is being made. `close` ends its child processes. */
export async function readForeignTree(options: {
	context: GitContext;
	commit: string;
	limits: GitLimits;
	display: string;
	guarded: <Result>(action: () => Promise<Result>) => Promise<Result>;
}): Promise<{tree: GitTree; close: () => void}> {
	const {context, commit, limits, display, guarded} = options;
	const check = createObjectReader(context, 'check');
	const blobs = createObjectReader(context, 'contents');
	const close = (): void => {
		check.close();
		blobs.close();
	};
	try {
		const index = await readIndex({context, check, commit, limits, display});
		const tree = createTree({
			commit,
			index,
			limits,
			readBlobs: files =>
				guarded(async () => {
					const objects = await blobs.read(files.map(({oid}) => oid));
					return objects.map((object, position) => {
						if (object) return object.content;
						throw new GitCommandError({exitCode: -1, stderr: `missing blob ${files[position]?.oid}`});
					});
				}),
			copyBlob: (file, descriptor) => guarded(() => copyBlob(context, file.oid, descriptor)),
		});
		return {tree, close};
	} catch (error) {
		close();
		throw error;
	}
}
