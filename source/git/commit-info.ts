import type {CommitInfo} from '../model/ports.ts';
import {boundedText} from '../model/text.ts';
import {type GitContext, git} from './command.ts';
import {isObjectId} from './reference-name.ts';

/** Author, committer's time, subject and parents, made safe to show. NUL separates: no text of a commit can hold it. */
const format = '--format=%H%x00%an%x00%ae%x00%ct%x00%P%x00%s';

/** Reads one commit by its id. Rejects with GitCommandError. */
export async function readCommit(context: GitContext, id: string): Promise<CommitInfo> {
	const flags = ['--max-count=1', '--no-show-signature', '--encoding=UTF-8', format];
	const output = await git(context).raw(['log', ...flags, '--end-of-options', id, '--']);
	const [commit = '', author = '', email = '', seconds = '', parents = '', subject = ''] = output.split('\0');
	return {
		id: commit,
		author: boundedText(author, 100),
		email: boundedText(email, 200),
		time: Number(seconds) * 1_000,
		subject: boundedText(subject.trimEnd(), 300),
		parents: parents.split(' ').filter(isObjectId),
	};
}
