import type {CommitInfo} from '../../model/commit.ts';
import {HoldfastError} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import {GitCommandError} from '../command.ts';
import {readCommit} from '../commit-info.ts';
import {askGit, runGit} from '../run.ts';
import type {WorkRepository} from './work-repository.ts';

/** A commit as people write it: an id, a name known here, `HEAD~2`. No option, no range, no message search. */
const expression = /^(?![-.])[\w./-]+(?:[~^][0-9]*)*$/;
const maximumCommits = 50;

export interface SelectedCommits {
	/** Newest first: the order in which they are taken back. */
	readonly commits: readonly CommitInfo[];
}

/**
 * Finds the commits that are meant by `COMMIT` or `OLD..NEW` on the branch that HEAD stands for, and refuses those that
 * cannot be taken back. With `mainline` a range follows the first parents: what came by a merge goes with the merge.
 */
export async function selectCommits(
	work: WorkRepository,
	request: {commits: string; mainline?: number; branch: string},
	repository: {display: string; url: string},
): Promise<SelectedCommits> {
	const text = request.commits.trim();
	const [first = '', second, ...rest] = text.split('..');
	const words = [first, ...(second === undefined ? [] : [second || 'HEAD'])];
	if (rest.length > 0 || !words.every(word => expression.test(word))) {
		throw refused('CommitNotFound', `"${boundedText(text, 100)}" is neither a commit nor a range of commits`, {
			hint: 'Write COMMIT, or OLD..NEW: everything after OLD up to NEW',
		});
	}
	const ids: string[] = [];
	for (const word of words) ids.push(await resolveOnBranch(work, word, request.branch, repository));
	const [one = '', other] = ids;
	const list = other === undefined ? [one] : await listRange(work, one, other, request.mainline !== undefined);
	if (list.length === 0) throw refused('RevertEmpty', `there is no commit in ${boundedText(text, 100)}`);
	if (list.length > maximumCommits) {
		throw refused('RevertTooLarge', `${boundedText(text, 100)} holds more than ${maximumCommits} commits`, {
			hint: 'Revert a smaller range, or bring the branch to an older state with a commit of your own',
		});
	}
	const commits: CommitInfo[] = [];
	for (const id of list) {
		const commit = await readCommit(work.context, id);
		await checkParents(work, commit, request.mainline);
		commits.push(commit);
	}
	return {commits};
}

async function resolveOnBranch(
	work: WorkRepository,
	word: string,
	branch: string,
	repository: {display: string; url: string},
): Promise<string> {
	const id = (await resolve(work, word)) ?? (await resolveElsewhere(work, word, repository.url));
	if (!id) {
		throw refused('CommitNotFound', `repository ${repository.display} has no commit ${boundedText(word, 64)}`, {
			hint: 'Give more digits of its id; `holdfast log` lists those that touch an application',
		});
	}
	if (await askGit(work.context, ['merge-base', '--is-ancestor', id, 'HEAD'])) return id;
	throw refused('CommitNotOnBranch', `commit ${id.slice(0, 12)} is not on the branch ${boundedText(branch, 100)}`, {
		hint: 'Only what the branch holds can be taken back from it',
	});
}

async function resolve(work: WorkRepository, word: string): Promise<string | null> {
	try {
		return (await work.git('rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`)).trim();
	} catch (error) {
		if (!(error instanceof GitCommandError)) throw error;
		const candidates = await candidatesFor(work, word);
		if (candidates.length < 2) return null;
		throw refused('CommitAmbiguous', `${boundedText(word, 64)} may be any of ${candidates.length} commits`, {
			hint: `Give more digits: ${candidates.slice(0, 5).join(', ')}`,
		});
	}
}

async function candidatesFor(work: WorkRepository, word: string): Promise<string[]> {
	if (!/^[0-9a-f]{4,63}$/i.test(word)) return [];
	const ids = (await work.git('rev-parse', `--disambiguate=${word.toLowerCase()}`)).split('\n').filter(Boolean);
	const types = await Promise.all(ids.map(id => work.git('cat-file', '-t', id)));
	return ids.filter((_id, index) => types[index]?.trim() === 'commit').map(id => id.slice(0, 16));
}

/** The mirror holds only branches that are tracked: another branch's commit is looked for so that the answer is the right one. */
async function resolveElsewhere(work: WorkRepository, word: string, url: string): Promise<string | null> {
	if (!/^[0-9a-f]{4,64}$/i.test(word)) return null;
	const words = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--end-of-options', url];
	await runGit(work.context, [...words, '+refs/heads/*:refs/elsewhere/*'], {
		limitBytes: 64_000,
		silenceMilliseconds: 600_000,
	});
	return resolve(work, word);
}

/** OLD..NEW as git reads it. */
async function listRange(work: WorkRepository, old: string, newest: string, isMainline: boolean): Promise<string[]> {
	const flags = [`--max-count=${maximumCommits + 1}`, ...(isMainline ? ['--first-parent'] : ['--topo-order'])];
	const output = await work.git('rev-list', ...flags, '--end-of-options', `${old}..${newest}`);
	return output.split('\n').filter(Boolean);
}

async function checkParents(work: WorkRepository, commit: CommitInfo, mainline: number | undefined): Promise<void> {
	const {id, parents} = commit;
	const short = id.slice(0, 12);
	if (parents.length === 0) {
		throw refused('RevertRoot', `commit ${short} is the first of its branch: taking it back would leave nothing`, {
			hint: 'Change what is wrong with a commit of your own',
		});
	}
	if (parents.length === 1) return;
	if (mainline !== undefined && Number.isInteger(mainline) && mainline >= 1 && mainline <= parents.length) return;
	const described = await Promise.all(
		parents.map(async (parent, index) => {
			const {subject} = await readCommit(work.context, parent);
			return `${index + 1} is ${parent.slice(0, 12)} "${boundedText(subject, 60)}"`;
		}),
	);
	const question =
		mainline === undefined
			? `commit ${short} is a merge: to which of its parents it goes back has to be said`
			: `commit ${short} has no parent ${mainline}`;
	throw refused('RevertMerge', `${question}; ${described.join(', ')}`, {
		hint: 'Say which with -m: usually -m 1, the branch that was merged into',
	});
}

function refused(code: string, message: string, more: {hint?: string} = {}): HoldfastError {
	return new HoldfastError({code, message, ...more});
}
