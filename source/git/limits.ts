/** Bounds on what a repository may cost. All have defaults; tests and small machines set their own. */
export interface GitLimits {
	/** Largest single file that is read, bytes. */
	readonly fileBytes: number;
	/** Largest sum of one read, bytes. */
	readonly readBytes: number;
	/** Files, folders and links in one commit. */
	readonly treeEntries: number;
	readonly checkoutFiles: number;
	readonly checkoutBytes: number;
	/** How long the remote may be silent when asked for its references. */
	readonly listMilliseconds: number;
	/** How long a fetch may show no progress. */
	readonly fetchMilliseconds: number;
	/** How long one answer of the remote serves everybody. */
	readonly freshMilliseconds: number;
}

export const defaultLimits: GitLimits = {
	fileBytes: 16 * 1024 * 1024,
	readBytes: 256 * 1024 * 1024,
	treeEntries: 500_000,
	checkoutFiles: 50_000,
	checkoutBytes: 512 * 1024 * 1024,
	listMilliseconds: 30_000,
	fetchMilliseconds: 600_000,
	freshMilliseconds: 1_000,
};
