/** What one render may use. Everything from a repository is bounded: bytes, documents, depth, time (DESIGN.md 9). */
export interface RenderLimits {
	/** Largest single file read, in bytes. */
	readonly fileBytes: number;
	/** All files of one application together, in bytes. */
	readonly applicationBytes: number;
	/** YAML documents and, after lists are unwrapped, objects of one application. */
	readonly objects: number;
	/** Nesting of maps and lists in one document. */
	readonly depth: number;
	/** Alias nodes (`*name`) in one document. */
	readonly aliases: number;
	/** Nodes that aliases and merge keys may copy into one document: what stops an alias bomb. */
	readonly aliasedNodes: number;
	/** Lines and flow entries of one document: bounds memory before anything is built. */
	readonly entries: number;
	/** Problems kept from one render; the rest is counted. */
	readonly problems: number;
	/** Standard output of one helm or kustomize run, in bytes. */
	readonly outputBytes: number;
	/** Longest helm or kustomize run. */
	readonly timeoutMilliseconds: number;
}

export const defaultRenderLimits: RenderLimits = {
	fileBytes: 10 * 1024 * 1024,
	applicationBytes: 128 * 1024 * 1024,
	objects: 20_000,
	depth: 250,
	aliases: 1_000,
	aliasedNodes: 100_000,
	entries: 500_000,
	problems: 100,
	outputBytes: 64 * 1024 * 1024,
	timeoutMilliseconds: 60_000,
};
