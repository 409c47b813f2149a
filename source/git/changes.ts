import type {FileChange} from '../model/commit.ts';
import type {CommitChanges} from '../model/ports.ts';
import type {GitContext} from './command.ts';
import {readWholeCommit} from './commit-info.ts';
import {runGit} from './run.ts';

const diffBytes = 1024 * 1024;
const listBytes = 4 * 1024 * 1024;
const maximumFiles = 2_000;

const emptyTrees: Readonly<Record<number, string>> = {
	40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
	64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/** A commit against its first parent; the first commit against nothing. Rejects with GitCommandError. */
export async function readCommitChanges(context: GitContext, id: string): Promise<CommitChanges> {
	const info = await readWholeCommit(context, id);
	const from = info.parents[0] ?? emptyTrees[id.length] ?? id;
	return {info, ...(await readDifference(context, from, id))};
}

/**
 * What differs between two commits: the files with their counts, and each one's part of the unified diff as git writes it.
 * Bounded: what is beyond is left out, and `isTruncated` says so.
 */
export async function readDifference(
	context: GitContext,
	from: string,
	to: string,
): Promise<Pick<CommitChanges, 'files' | 'diffs' | 'isTruncated'>> {
	const read = (flags: readonly string[], limitBytes: number) =>
		runGit(context, ['-c', 'core.quotePath=false', 'diff-tree', '-r', '-M', ...flags, from, to], {limitBytes});
	const [numbers, names, patch] = await Promise.all([
		read(['-z', '--numstat'], listBytes),
		read(['-z', '--name-status'], listBytes),
		read(['--patch', '--no-ext-diff', '--no-textconv', '--no-color', '--full-index'], diffBytes),
	]);
	const files = readFiles(names.stdout.toString('utf8'), numbers.stdout.toString('utf8'));
	const sections = patch.stdout.toString('utf8').split(/^(?=diff --git )/m);
	// The last one was cut somewhere in the middle.
	if (patch.isTruncated) sections.pop();
	return {
		files: files.slice(0, maximumFiles),
		diffs: files.slice(0, maximumFiles).map(({isBinary}, index) => (isBinary ? '' : (sections[index] ?? ''))),
		isTruncated: patch.isTruncated || names.isTruncated || numbers.isTruncated || files.length > maximumFiles,
	};
}

const statuses: Readonly<Record<string, FileChange['status']>> = {A: 'added', D: 'deleted', R: 'renamed', C: 'added'};

/** Both lists are in one order. `R100<nul>old<nul>new` and `M<nul>path`; `1<tab>2<tab>path`, or two names after it. */
function readFiles(names: string, numbers: string): FileChange[] {
	const words = names.split('\0');
	const counts = numbers.split('\0');
	const files: FileChange[] = [];
	let at = 0;
	let countAt = 0;
	while (at + 1 < words.length) {
		const letter = words[at]![0] ?? '';
		const isRename = letter === 'R' || letter === 'C';
		const from = words[at + 1]!;
		const path = isRename ? (words[at + 2] ?? from) : from;
		const [additions = '', deletions = ''] = (counts[countAt] ?? '').split('\t');
		files.push({
			path,
			...(isRename ? {from} : {}),
			status: statuses[letter] ?? 'modified',
			additions: Number(additions) || 0,
			deletions: Number(deletions) || 0,
			isBinary: additions === '-',
		});
		at += isRename ? 3 : 2;
		countAt += isRename ? 3 : 1;
	}
	return files;
}
