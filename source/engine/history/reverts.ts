/** `This reverts commit ID.`, the sentence that git writes for reverts, for reverts of reverts, and for `Reapply`. */
const sentence = /^This reverts commit ([0-9a-f]{7,64})\b/gim;

/** Commits that a message says it takes back: ids as they are written, whole unless somebody shortened them. */
export function revertedIds(body: string): string[] {
	return [...body.matchAll(sentence)].map(match => match[1]!.toLowerCase());
}

/** Whether a written id, perhaps shortened, means this commit. */
export function isSameCommit(written: string, id: string): boolean {
	return written.length >= 7 && id.startsWith(written);
}

export interface RevertLinks {
	/** By commit: the one that it takes back. */
	readonly reverts: ReadonlyMap<string, string>;
	/** By commit: the one that took it back, and was not taken back itself. */
	readonly revertedBy: ReadonlyMap<string, string>;
}

/** Who takes back whom, among commits that are listed newest first. What a revert took back that was reverted is in force again. */
export function linkReverts(commits: readonly {readonly id: string; readonly body: string}[]): RevertLinks {
	const reverts = new Map<string, string>();
	const revertedBy = new Map<string, string>();
	for (const {id, body} of commits) {
		for (const written of revertedIds(body)) {
			const target = commits.find(other => isSameCommit(written, other.id))?.id ?? written;
			if (!reverts.has(id)) reverts.set(id, target);
			// Newest first: whether this revert still stands is known by now.
			if (!revertedBy.has(id) && !revertedBy.has(target)) revertedBy.set(target, id);
		}
	}
	return {reverts, revertedBy};
}
