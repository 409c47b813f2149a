import pLimit from 'p-limit';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import type {PreparedCommit} from '../../model/ports/git/change.ts';
import type {PushedChange} from '../../protocol/messages/change.ts';

const namesTried = 20;

/** Commits are pushed one after the other: a second one begins with what the first one left. */
export const oneByOne = pLimit(1);

/**
 * Pushes a prepared commit: to the branch that was asked for, else to the tracked one, and where that one is not for
 * pushing to a branch of its own. `approve` is asked when the commit had to be made anew.
 */
export async function publish(
	prepared: PreparedCommit,
	options: {
		readonly tracked: string;
		/** Where a person wants it; absent: the tracked branch. */
		readonly wished?: string;
		/** Name of a branch of its own; a number is added when it is taken. */
		readonly ownName: string;
		readonly url: string;
		readonly approve: () => Promise<void>;
	},
): Promise<PushedChange> {
	const {tracked, wished = tracked, url, approve} = options;
	const answer = (
		pushed: {commit: string; branch: string; remoteMessage: string},
		refusedBecause?: string,
	): PushedChange => ({
		...pushed,
		type: pushed.branch === tracked ? 'tracked' : 'offered',
		nextSteps: pushed.branch === tracked ? [] : stepsToMerge(url, pushed.branch, tracked),
		...(refusedBecause ? {refusedBecause} : {}),
	});
	try {
		return answer(await prepared.push(wished, {approve}));
	} catch (error) {
		const {code, message} = toProblem(error);
		if (code !== 'PushForbidden' || wished !== tracked) throw error;
		return answer(await pushUnderOwnName(prepared, options.ownName), message);
	}
}

async function pushUnderOwnName(prepared: PreparedCommit, name: string) {
	for (let attempt = 1; attempt <= namesTried; attempt++) {
		try {
			return await prepared.push(attempt === 1 ? name : `${name}-${attempt}`);
		} catch (error) {
			if (toProblem(error).code !== 'PushRejected') throw error;
		}
	}
	throw new HoldfastError({
		code: 'PushRejected',
		message: `${namesTried} branches called ${name} exist already`,
		hint: 'Remove those that are done with, or name a branch',
	});
}

/** Plain git, from any clone: what the forge calls a merge request is its own business. */
function stepsToMerge(url: string, branch: string, tracked: string): string[] {
	return [
		`git fetch ${quoted(url)} ${quoted(branch)}`,
		`git switch ${quoted(tracked)}`,
		'git merge FETCH_HEAD',
		`git push ${quoted(url)} ${quoted(tracked)}`,
	];
}

/** As a shell takes it. */
function quoted(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
