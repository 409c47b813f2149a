import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {makeTemporaryFolder, removeStaleFolders, removeTemporaryFolder} from '../../system/temporary-folder.ts';

/** A folder of one run, readable by us alone, removed when the run is over. */
export interface Workspace {
	/** Absolute, without links: programs print it so. */
	readonly root: string;
	/** Empty; the repository's files go here. */
	readonly tree: string;
	/** Empty; home of the program. */
	readonly home: string;
	/** Empty; for values that came with the application. */
	readonly values: string;
}

const prefix = 'holdfast-render-';

/**
 * Gives `work` a fresh folder with a random name (argo-cd CVE-2023-40026) and removes it afterwards, whatever happens: it
 * may hold values of Secrets.
 */
export async function withWorkspace<Result>(
	temporaryDirectory: string,
	work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
	const root = await makeTemporaryFolder(temporaryDirectory, prefix);
	const workspace = {root, tree: join(root, 'tree'), home: join(root, 'home'), values: join(root, 'values')};
	try {
		for (const folder of [workspace.tree, workspace.home, workspace.values]) await mkdir(folder, {mode: 0o700});
		return await work(workspace);
	} finally {
		await removeTemporaryFolder(root);
	}
}

/** Removes what killed processes left behind. Never rejects: it is housekeeping. */
export function removeStaleWorkspaces(temporaryDirectory: string, now: number): Promise<void> {
	return removeStaleFolders(temporaryDirectory, prefix, now);
}
