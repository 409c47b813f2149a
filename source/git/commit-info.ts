import type {CommitInfo} from '../model/commit.ts';
import type {HistoryCommit} from '../model/ports/git/history.ts';
import {boundedText, safeBlock} from '../model/text.ts';
import {type GitContext, git} from './command.ts';
import {isObjectId} from './reference-name.ts';

/**
 * Parents, committer's time, author, subject and body: what is bounded comes first, so that of a commit that is cut off
 * its texts are. NUL separates: no text of a commit can hold it.
 */
export const commitFormat = '--format=tformat:%H%x00%P%x00%ct%x00%an%x00%ae%x00%s%x00%b';
const fieldCount = 7;
const boundedFields = 3;
/** The last moment that a date can say (ECMA-262): a commit may name any number. */
const latestTime = 8.64e15;
const bodyLimit = 16_000;

/** Reads one commit by its id. Rejects with GitCommandError. */
export async function readCommit(context: GitContext, id: string): Promise<CommitInfo> {
	const {body: _body, ...info} = await readWholeCommit(context, id);
	return info;
}

/** The same with its message whole. */
export async function readWholeCommit(context: GitContext, id: string): Promise<HistoryCommit> {
	const flags = ['-z', '--max-count=1', '--no-show-signature', '--encoding=UTF-8', commitFormat];
	const output = await git(context).raw(['log', ...flags, '--end-of-options', id, '--']);
	const [commit] = parseCommits(output);
	if (!commit) throw new Error(`git log told nothing of ${id}`);
	return commit;
}

/** Reads the output of `git log -z` in {@link commitFormat}; everything is made safe to show. */
export function parseCommits(output: string): HistoryCommit[] {
	const fields = output.split('\0');
	const commits: HistoryCommit[] = [];
	for (let at = 0; at + boundedFields < fields.length; at += fieldCount) {
		const [id = '', parents = '', seconds = '', author = '', email = '', subject = '', body = ''] = fields.slice(
			at,
			at + fieldCount,
		);
		if (!isObjectId(id)) continue;
		commits.push({
			id,
			author: boundedText(author, 100),
			email: boundedText(email, 200),
			time: Math.min(Number(seconds) * 1_000 || 0, latestTime),
			subject: boundedText(subject.trimEnd(), 300),
			parents: parents.split(' ').filter(isObjectId),
			body: safeBlock(body.slice(0, bodyLimit)).trimEnd(),
		});
	}
	return commits;
}
