import {shortRevision} from './ages.ts';
import {describeHolder} from './hold-text.ts';
import {isSyncedAndHealthy} from './standing.ts';
import type {ApplicationStatus} from './status.ts';

/** What became of a pushed commit in one application. */
export interface Followed {
	readonly application: string;
	readonly outcome:
		| 'healthy'
		| 'failed'
		| 'waits-for-person'
		| 'not-automated'
		| 'held'
		| 'nobody-syncs'
		| 'not-in-time';
	/** A sentence without the name: why, and what to do. */
	readonly message: string;
}

export interface PushedCommit {
	readonly commit: string;
	/** The revision that the application had when the push was done. */
	readonly before: string | null | undefined;
	/** Whether a worker is there that syncs by itself. */
	readonly isReconciled: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly advice: Advice;
}

/** What a person can do about it, in the words of where it is read: commands there, keys here. */
export interface Advice {
	sync(application: string): string;
	resume(application: string): string;
	confirm(application: string, token: string): string;
}

/**
 * Whether a commit has come to Synced and Healthy in an application, or why it does not come there by itself; null: it
 * may still come. `application` is undefined when it is not declared any more.
 */
export function judgeCommit(
	name: string,
	application: ApplicationStatus | undefined,
	pushed: PushedCommit,
): Followed | null {
	const say = (outcome: Followed['outcome'], message: string): Followed => ({application: name, outcome, message});
	if (!application) return say('healthy', 'is not declared any more, as the commit says');
	if (hasCommit(application, pushed) && isLive(application) && isSyncedAndHealthy(application)) {
		return say('healthy', `is Synced to ${shortRevision(application.revision)} and Healthy`);
	}
	const stop = stopOf(application, pushed);
	if (stop && !(hasCommit(application, pushed) && isLive(application))) return say(stop.outcome, stop.message);
	const {operation} = application;
	if (!hasCommit(application, pushed) || operation?.revision !== application.revision) return null;
	if (operation.phase === 'AwaitingConfirmation' && operation.confirmation) {
		const {token, deletions} = operation.confirmation;
		return say(
			'waits-for-person',
			`${deletions.length} deletions wait for a person: ${pushed.advice.confirm(name, token)}`,
		);
	}
	if (operation.phase !== 'Failed' || operation.retryAt !== undefined) return null;
	const first = operation.results.find(({result}) => result === 'Failed');
	const why = first ? `${first.action} ${first.object}: ${first.message ?? 'failed'}` : operation.message;
	return say('failed', `the sync to ${shortRevision(operation.revision)} failed: ${why}`);
}

/** Another commit may have come on top of it meanwhile: then it has arrived as well. */
export function hasCommit({revision}: ApplicationStatus, {commit, before}: Pick<PushedCommit, 'commit' | 'before'>) {
	return revision === commit || revision !== before;
}

function isLive({revision, syncedRevision}: ApplicationStatus): boolean {
	return syncedRevision === revision;
}

/** Why no sync follows by itself, however long one waits. */
function stopOf(
	{name, isAutomated, holds}: ApplicationStatus,
	{now, isReconciled, advice}: PushedCommit,
): Pick<Followed, 'outcome' | 'message'> | null {
	if (!isAutomated) return {outcome: 'not-automated', message: `is not automated: ${advice.sync(name)}`};
	const hold = holds.find(({includesSync}) => includesSync);
	if (hold) {
		const message = `${describeHolder(hold, now)}, and automatic syncs with it: ${advice.resume(name)}`;
		return {outcome: 'held', message};
	}
	if (isReconciled) return null;
	return {outcome: 'nobody-syncs', message: `no worker here syncs by itself: ${advice.sync(name)}`};
}
