import type {FileChange} from '../model/commit.ts';
import type {CommitChanges} from '../model/ports/git/history.ts';
import type {GitContext} from './command.ts';
import {readWholeCommit} from './commit-info.ts';
import {type GitOutput, runGit} from './run.ts';

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
	const diffs = readDiffs(patch, files);
	const shown = files.slice(0, maximumFiles).map(({replaced: _replaced, ...file}) => file);
	return {
		files: shown,
		diffs: shown.map(({isBinary}, index) => (isBinary ? '' : (diffs?.[index] ?? ''))),
		isTruncated:
			diffs === null || patch.isTruncated || names.isTruncated || numbers.isTruncated || files.length > maximumFiles,
	};
}

interface ListedFile extends FileChange {
	/** A file became a link, or the other way round: git writes that as a deletion and a creation. */
	readonly replaced: boolean;
}

/**
 * Each file's own part of a patch. Which part belongs to which file decides what may be shown, so null when their numbers
 * disagree: better none than another file's.
 */
function readDiffs(patch: GitOutput, files: readonly ListedFile[]): string[] | null {
	// Lines of content begin with a sign, whatever else may end a line in JavaScript's eyes: only git's own ends count.
	const sections = patch.stdout.toString('utf8').split(/(?<=^|\n)(?=diff --git )/);
	if (sections[0] === '') sections.shift();
	const isWhole = !patch.isTruncated;
	// The last one was cut somewhere in the middle.
	if (!isWhole) sections.pop();
	const own = files.flatMap((file, index) => (file.replaced ? [index, index] : [index]));
	if (isWhole && own.length !== sections.length) return null;
	return files.map((_file, index) => sections.filter((_section, place) => own[place] === index).join(''));
}

const statuses: Readonly<Record<string, FileChange['status']>> = {A: 'added', D: 'deleted', R: 'renamed', C: 'added'};

/** Both lists are in one order. `R100<nul>old<nul>new` and `M<nul>path`; `1<tab>2<tab>path`, or two names after it. */
function readFiles(names: string, numbers: string): ListedFile[] {
	const words = names.split('\0');
	const counts = numbers.split('\0');
	const files: ListedFile[] = [];
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
			replaced: letter === 'T',
		});
		at += isRename ? 3 : 2;
		countAt += isRename ? 3 : 1;
	}
	return files;
}
