import type {HistoryCommit} from '../model/ports/git/history.ts';
import type {GitContext} from './command.ts';
import {commitFormat, parseCommits} from './commit-info.ts';
import {runGit} from './run.ts';

const bytesOfCommit = 20_000;
/** A command line has limits; what reads more places than this is asked about by their common folders. */
const maximumPaths = 500;

interface HistoryOptions {
	readonly from: string;
	readonly paths: readonly string[];
	readonly limit: number;
	readonly signal?: AbortSignal;
}

/**
 * Commits that touch any of the paths, newest first, along the first parents: what came by a merge is the merge's. Rejects
 * with GitCommandError.
 */
export async function readHistory(context: GitContext, options: HistoryOptions): Promise<HistoryCommit[]> {
	const commits: HistoryCommit[] = [];
	let from: string | undefined = options.from;
	while (from !== undefined && commits.length < options.limit) {
		const part = await readPart(context, {...options, from, limit: options.limit - commits.length});
		commits.push(...part.commits);
		// A message without end stopped the reading: it goes on behind the commit that has it.
		from = part.isTruncated ? part.commits.at(-1)?.parents[0] : undefined;
	}
	return commits;
}

async function readPart(
	context: GitContext,
	{from, paths, limit, signal}: HistoryOptions,
): Promise<{commits: HistoryCommit[]; isTruncated: boolean}> {
	const flags = ['-z', '--first-parent', `--max-count=${Math.max(0, Math.floor(limit))}`, '--no-show-signature'];
	const words = ['--literal-pathspecs', 'log', ...flags, '--encoding=UTF-8', commitFormat, '--end-of-options', from];
	const {stdout, isTruncated} = await runGit(context, [...words, '--', ...fewPaths(paths)], {
		limitBytes: Math.min(64 * 1024 * 1024, (limit + 1) * bytesOfCommit),
		...(signal ? {signal} : {}),
	});
	return {commits: parseCommits(stdout.toString('utf8')), isTruncated};
}

/** The same places in fewer words; empty: everywhere. */
export function fewPaths(paths: readonly string[]): string[] {
	const trimmed = [...new Set(paths.map(path => path.replace(/^\/+|\/+$/g, '')))].sort();
	if (trimmed.includes('')) return [];
	const outermost: string[] = [];
	for (const path of trimmed) {
		if (!outermost.some(folder => path.startsWith(`${folder}/`))) outermost.push(path);
	}
	if (outermost.length <= maximumPaths) return outermost;
	return fewPaths(outermost.map(path => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
}
