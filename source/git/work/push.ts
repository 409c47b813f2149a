import {HoldfastError} from '../../model/errors.ts';
import {boundedText, safeBlock} from '../../model/text.ts';
import {type RepositoryAddress, withoutCredentials} from '../address.ts';
import {GitCommandError} from '../command.ts';
import {toGitFailure} from '../failures.ts';
import type {GitLimits} from '../limits.ts';
import {runGit} from '../run.ts';
import type {WorkRepository} from './work-repository.ts';

const messageLimit = 2_000;

export type PushOutcome =
	/** `remoteMessage`: what the remote said, safe to show. */
	| {readonly type: 'pushed'; readonly remoteMessage: string}
	/** The branch holds commits that ours does not stand on. */
	| {readonly type: 'moved'}
	/** The remote does not take it, and will not the next time. */
	| {readonly type: 'forbidden'; readonly problem: HoldfastError};

/**
 * Pushes one commit to one branch, never by force. `isNew`: the branch must not be there yet; one that is could be moved
 * forward by all that came between it and ours. Rejects with those failures that are not an answer to the push.
 */
export async function pushCommit(
	work: WorkRepository,
	options: {commit: string; branch: string; isNew: boolean; address: RepositoryAddress; limits: GitLimits},
): Promise<PushOutcome> {
	const {commit, branch, isNew, address, limits} = options;
	const target = `refs/heads/${branch}`;
	const words = ['push', '--porcelain', '--no-verify', '--recurse-submodules=no', '--no-follow-tags'];
	// Expects nothing there: the remote checks that too, at the very moment of the push.
	if (isNew) words.push(`--force-with-lease=${target}:`);
	try {
		const {stderr} = await runGit(work.context, [...words, '--', address.url, `${commit}:${target}`], {
			limitBytes: 1024 * 1024,
			silenceMilliseconds: limits.fetchMilliseconds,
			failsOnStdout: true,
			endsHelpers: true,
		});
		return {type: 'pushed', remoteMessage: remoteWords(stderr, address)};
	} catch (error) {
		if (!(error instanceof GitCommandError) || error.reason === 'aborted') throw error;
		const refused = error.reason === 'failed' ? judgeRefusal(error, branch, address) : null;
		return refused ?? (await askWhatArrived(work, options, error));
	}
}

/** The connection broke before the remote answered: the commit may be there all the same, and the remote can still tell. */
async function askWhatArrived(
	work: WorkRepository,
	{commit, branch, address, limits}: {commit: string; branch: string; address: RepositoryAddress; limits: GitLimits},
	error: GitCommandError,
): Promise<PushOutcome> {
	const words = ['ls-remote', '--end-of-options', address.url, `refs/heads/${branch}`];
	const options = {limitBytes: 1024 * 1024, silenceMilliseconds: limits.listMilliseconds, endsHelpers: true};
	const answer = await runGit(work.context, words, options).catch(() => null);
	if (answer?.stdout.toString('utf8').split('\n').includes(`${commit}\trefs/heads/${branch}`)) {
		return {type: 'pushed', remoteMessage: remoteWords(error.stderr, address)};
	}
	const {problem} = toGitFailure(error, address);
	if (problem.code !== 'RemoteUnreachable') throw error;
	const hint = answer
		? 'The commit is not there: try again when the server is well'
		: `The commit may be there all the same: look at ${boundedText(branch, 100)} before you try again`;
	throw new HoldfastError({...problem, hint}, {cause: error});
}

/** `!<tab>SOURCE:TARGET<tab>[remote rejected] (pre-receive hook declined)`. */
const refusal = /^!\t[^\t]*\t\[(rejected|remote rejected|remote failure|no match)\](?: \((.*)\))?$/m;
const hasMoved = /fetch first|non-fast-forward|stale info|cannot lock ref|incorrect old value|but expected/i;
/** The connection was refused, not the credentials: they may read, and may not write. */
const mayNotWrite =
	/Permission to .* denied|returned error: 403|not allowed to push|marked as read.only|read.only|insufficient permission|access denied or repository not exported|service not enabled|not permitted|denied to|Write access to repository not granted|deploy key/i;

/** null: it is no answer to the push. */
function judgeRefusal(error: GitCommandError, branch: string, address: RepositoryAddress): PushOutcome | null {
	const [, kind, reason = ''] = refusal.exec(error.stderr) ?? [];
	const said = remoteWords(error.stderr, address);
	if (kind === 'rejected' || (kind && (hasMoved.test(reason) || /is at [0-9a-f]+ but expected/.test(error.stderr)))) {
		return {type: 'moved'};
	}
	if (/currently checked out/.test(reason)) {
		const hint =
			'Push to a bare repository; or there: check out another branch, or set receive.denyCurrentBranch=updateInstead';
		return forbidden(branch, address, 'it is checked out there, in a work tree that the push would leave behind', hint);
	}
	if (kind) {
		const local = /^error: (remote unpack failed: .*)$/m.exec(error.stderr)?.[1] ?? '';
		const why = [said.split('\n').filter(Boolean).slice(-4).join('; '), local, reason].filter(Boolean).join('; ');
		return forbidden(
			branch,
			address,
			boundedText(clean(why, address), 400),
			'Push to a branch of its own and let it be merged',
		);
	}
	if (mayNotWrite.test(error.stderr)) {
		const words = toGitFailure(error, address).problem.message.split('(').at(-1)?.replace(/\)$/, '') ?? '';
		const hint = 'Your credentials may read the repository but not write to it: use others, or ask for the right';
		return forbidden(branch, address, boundedText(words, 300), hint);
	}
	return null;
}

function forbidden(branch: string, address: RepositoryAddress, why: string, hint: string): PushOutcome {
	const message = `repository ${address.display} does not take pushes to ${boundedText(branch, 100)}: ${why || 'it does not say why'}`;
	return {type: 'forbidden', problem: new HoldfastError({code: 'PushForbidden', message, hint})};
}

/** What the other side wrote for people: where to open a merge request, or what it did not like. */
function remoteWords(stderr: string, address: RepositoryAddress): string {
	const lines = stderr
		.split(/[\r\n]+/)
		.flatMap(line => /^remote: ?(.*)$/.exec(line)?.[1] ?? [])
		.filter(line => !/^(Enumerating|Counting|Compressing|Resolving|Processing|Total) /.test(line));
	return safeBlock(clean(lines.join('\n'), address))
		.trim()
		.slice(0, messageLimit);
}

const clean = (text: string, address: RepositoryAddress): string => withoutCredentials(text, address.secrets);
