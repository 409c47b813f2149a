import {makeTemporaryFolder, removeStaleFolders, removeTemporaryFolder} from '../../system/temporary-folder.ts';

const prefix = 'holdfast-commit-';

/** Makes the folder in which one commit is made. Rejects with TemporaryDirectoryFailed. */
export function makeWorkFolder(temporaryDirectory: string): Promise<string> {
	return makeTemporaryFolder(temporaryDirectory, prefix);
}

export function removeWorkFolder(folder: string): Promise<void> {
	return removeTemporaryFolder(folder);
}

/** Removes what killed processes left behind. Never rejects: it is housekeeping. */
export function removeStaleWorkFolders(temporaryDirectory: string, now: number): Promise<void> {
	return removeStaleFolders(temporaryDirectory, prefix, now);
}
