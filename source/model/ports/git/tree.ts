/** All paths of one commit, and access to its blobs; no work tree. Paths have no leading slash. */
export interface GitTree {
	readonly commit: string;
	/** Object id of a file or a folder; null when there is none. `` is the root. */
	hash(path: string): string | null;
	/** Files below a folder, sorted by path; links and submodules are listed with their type and never followed. */
	files(folder: string): readonly GitFile[];
	file(path: string): GitFile | null;
	/** Blob contents in the order asked. Rejects with FileTooLarge beyond the limit (default 16 MiB a file). */
	read(files: readonly GitFile[]): Promise<Buffer[]>;
	/**
	 * Writes the whole commit (or only the given folders) below an empty directory: no hooks, no filters, no submodules;
	 * a link that leaves the tree is refused (CVE-2022-24904).
	 */
	checkout(directory: string, folders?: readonly string[]): Promise<void>;
}

export interface GitFile {
	readonly path: string;
	readonly type: 'file' | 'link' | 'submodule';
	readonly isExecutable: boolean;
	readonly oid: string;
	readonly size: number;
}
