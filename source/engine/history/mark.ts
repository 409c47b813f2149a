import type {CommitInfo, LoggedCommit, ObjectCounts} from '../../model/commit.ts';
import type {JournalEntry} from '../../model/journal.ts';
import {linkReverts} from './reverts.ts';

export interface MarkInput {
	/** Commits that touch the application, newest first. */
	readonly commits: readonly (CommitInfo & {readonly body: string})[];
	/** Ids along the branch from what the application tracks backwards, newest first; holds those of `commits`. */
	readonly chain: readonly string[];
	/** What the cluster was synced to last. */
	readonly syncedRevision: string | null;
	/** Of the application: syncs, errors and moves of the target, oldest first. */
	readonly entries: readonly JournalEntry[];
	/** Why the newest commit cannot be rendered; null: it can. */
	readonly renderFailure: string | null;
	readonly objects: (commit: string) => ObjectCounts | null;
}

/**
 * Says of every commit what became of it. A revision that does not touch the application stands for the newest commit before
 * it that does: syncing the one is syncing the other.
 */
export function markCommits(input: MarkInput): LoggedCommit[] {
	const {commits, chain, syncedRevision, objects} = input;
	const places = new Map(chain.map((id, index) => [id, index]));
	const placeOf = (id: string): number => places.get(id) ?? Number.POSITIVE_INFINITY;
	const touching = commits.map(({id}) => ({id, place: placeOf(id)}));
	const standsFor = (revision: string): string | undefined => {
		const place = placeOf(revision);
		return Number.isFinite(place) ? touching.find(commit => commit.place >= place)?.id : undefined;
	};
	const live = syncedRevision === null ? undefined : standsFor(syncedRevision);
	const failures = findFailures(input, standsFor);
	const links = linkReverts(commits);
	let isNewer = live !== undefined || syncedRevision === null;
	return commits.map(({body: _body, ...commit}) => {
		const {id} = commit;
		const failure = id === live ? undefined : failures.get(id);
		const reverts = links.reverts.get(id);
		const revertedBy = links.revertedBy.get(id);
		if (id === live) isNewer = false;
		const state = id === live ? 'live' : failure !== undefined ? 'failed' : isNewer ? 'pending' : 'past';
		return {
			...commit,
			state,
			...(failure === undefined ? {} : {failure}),
			...(reverts ? {reverts} : {}),
			...(revertedBy ? {revertedBy} : {}),
			objects: objects(id),
		};
	});
}

/** What went wrong with each commit the last time it was tried. */
function findFailures(
	{entries, renderFailure, chain}: MarkInput,
	standsFor: (revision: string) => string | undefined,
): Map<string, string> {
	const failures = new Map<string, string>();
	let revision: string | undefined;
	for (const entry of entries) {
		if (entry.type === 'revision') revision = entry.revision;
		const about = entry.type === 'sync' ? entry.revision : entry.type === 'error' ? revision : undefined;
		const commit = about === undefined ? undefined : standsFor(about);
		if (!commit) continue;
		if (entry.type === 'error') failures.set(commit, entry.problem.message);
		else if (entry.type === 'sync' && entry.phase === 'Failed') failures.set(commit, entry.message);
		else if (entry.type === 'sync' && entry.phase === 'Succeeded') failures.delete(commit);
	}
	const newest = chain[0] === undefined ? undefined : standsFor(chain[0]);
	if (renderFailure !== null && newest) failures.set(newest, renderFailure);
	return failures;
}
