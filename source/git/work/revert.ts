import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {CommitInfo} from '../../model/commit.ts';
import {HoldfastError} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import {GitCommandError} from '../command.ts';
import {commitStaged, isNothingStaged} from './commit.ts';
import type {Identity} from './identity.ts';
import type {WorkRepository} from './work-repository.ts';

const trailerLimit = 1_000;

/**
 * Takes commits back one by one, newest first, each by `git revert` and with git's own message; the trailers come after
 * it. In a range, what has no effect any more (it was taken back before) is passed over. Answers with those
 * that were taken back. Rejects with RevertConflict or RevertEmpty.
 */
export async function revertCommits(
	work: WorkRepository,
	commits: readonly CommitInfo[],
	request: {mainline?: number; trailers: readonly string[]; branch: string},
	identity: Identity,
): Promise<CommitInfo[]> {
	const reverted: CommitInfo[] = [];
	for (const commit of commits) {
		await revertOne(work, commit, request);
		if (await isNothingStaged(work)) continue;
		const message = await readFile(join(work.context.directory, 'MERGE_MSG'), 'utf8');
		await commitStaged(work, completeMessage(message, request), identity);
		reverted.push(commit);
	}
	if (reverted.length > 0) return reverted;
	const what = commits.length === 1 ? `commit ${shortId(commits[0])}` : `these ${commits.length} commits`;
	throw new HoldfastError({
		code: 'RevertEmpty',
		message: `taking ${what} back would change nothing on ${boundedText(request.branch, 100)}`,
		hint: 'It was taken back already, or later commits changed the same lines to what they were before',
	});
}

async function revertOne(
	work: WorkRepository,
	{id, parents, subject}: CommitInfo,
	{mainline, branch}: {mainline?: number; branch: string},
): Promise<void> {
	const parent = parents.length > 1 ? [`--mainline=${mainline}`] : [];
	try {
		await work.git('revert', '--no-commit', '--no-edit', ...parent, id);
	} catch (error) {
		if (!(error instanceof GitCommandError)) throw error;
		const files = (await work.git('diff', '--name-only', '--diff-filter=U', '-z')).split('\0').filter(Boolean);
		if (files.length === 0) throw error;
		const shown = files.slice(0, 5).map(file => boundedText(file, 120));
		const more = files.length > shown.length ? ` and ${files.length - shown.length} more` : '';
		throw new HoldfastError(
			{
				code: 'RevertConflict',
				message: `commit ${id.slice(0, 12)} "${subject}" cannot be taken back by itself: later commits changed the same lines in ${shown.join(', ')}${more}`,
				hint: `Revert those first (OLD..NEW takes a range back), or by hand: git revert ${id.slice(0, 12)} on ${boundedText(branch, 100)}`,
				file: shown[0] ?? '',
			},
			{cause: error},
		);
	}
}

/** The message that git wrote, then the trailers. */
function completeMessage(message: string, {trailers}: {trailers: readonly string[]}): string {
	return `${[message.trimEnd(), trailers.map(oneLine).join('\n')].filter(Boolean).join('\n\n')}\n`;
}

/** A trailer ends with its line; what stands in it came from a person. */
function oneLine(text: string): string {
	return text
		.replace(/[\0-\x1f\x7f]+/g, ' ')
		.trim()
		.slice(0, trailerLimit);
}

const shortId = (commit: CommitInfo | undefined): string => (commit?.id ?? '').slice(0, 12);
