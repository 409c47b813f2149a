import {shortRevision} from '../../model/ages.ts';
import {formatProblem} from '../../model/errors.ts';
import {describeHolder} from '../../model/hold-text.ts';
import {isSyncedAndHealthy} from '../../model/standing.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {confirmationCommand} from '../print/status-details.ts';
import type {Session} from '../session/connect.ts';
import {describeState} from '../session/wait.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
import type {Terminal} from '../terminal/terminal.ts';

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

export interface Pushed {
	readonly commit: string;
	/** Applications to follow, and the revision each had when the push was done. */
	readonly before: ReadonlyMap<string, string | null>;
	readonly timeoutMilliseconds: number;
}

/**
 * Follows a commit to Synced and Healthy in every application it touches, or to the reason why it does not come there.
 * Ends as soon as each has come to either; what is only slow is waited for until the time is over.
 */
export async function followCommit(session: Session, pushed: Pushed, terminal: Terminal): Promise<Followed[]> {
	const {tracker, client, held} = session;
	const names = [...pushed.before.keys()];
	const look = () => names.map(name => ({name, followed: judge(session, name, pushed, terminal.now())}));
	const progress = startProgress(terminal, `following ${shortRevision(pushed.commit)}`);
	// The worker would see it at its next pull; whoever reverts in an incident wants it now.
	if (held.type === 'worker') client.refresh({applications: names, hard: false}).catch(() => {});
	const isDone = () => {
		const pending = look().find(({followed}) => followed === null);
		const [application] = pending ? tracker.applications([pending.name]) : [];
		if (application) progress.update(`following ${shortRevision(pushed.commit)}: ${describeState(application)}`);
		return pending === undefined;
	};
	await tracker.waitUntil(isDone, pushed.timeoutMilliseconds).finally(() => progress.end());
	return look().map(({name, followed}) => followed ?? notInTime(session, name));
}

/** Null: not known yet. */
function judge(session: Session, name: string, {commit, before}: Pushed, now: number): Followed | null {
	const [application] = session.tracker.applications([name]);
	if (!application)
		return {application: name, outcome: 'healthy', message: 'is not declared any more, as the commit says'};
	const say = (outcome: Followed['outcome'], message: string): Followed => ({application: name, outcome, message});
	// Another commit may have come on top of it meanwhile: then it has arrived as well.
	const isThere = application.revision === commit || application.revision !== before.get(name);
	const isLive = isThere && application.syncedRevision === application.revision;
	if (isLive && isSyncedAndHealthy(application)) {
		return say('healthy', `is Synced to ${shortRevision(application.revision)} and Healthy`);
	}
	const stop = stopOf(session, application, now);
	if (stop && !isLive) return say(stop.outcome, stop.message);
	const {operation} = application;
	if (!isThere || operation?.revision !== application.revision) return null;
	if (operation.phase === 'AwaitingConfirmation' && operation.confirmation) {
		const command = confirmationCommand({application: name, token: operation.confirmation.token, where: session.where});
		return say(
			'waits-for-person',
			`${operation.confirmation.deletions.length} deletions wait for a person: ${command}`,
		);
	}
	if (operation.phase !== 'Failed' || operation.retryAt !== undefined) return null;
	const first = operation.results.find(({result}) => result === 'Failed');
	const why = first ? `${first.action} ${first.object}: ${first.message ?? 'failed'}` : operation.message;
	return say('failed', `the sync to ${shortRevision(operation.revision)} failed: ${why}`);
}

/** Why no sync follows by itself, however long one waits. */
function stopOf(
	{held, tracker, where}: Session,
	{name, isAutomated, holds}: ApplicationStatus,
	now: number,
): Pick<Followed, 'outcome' | 'message'> | null {
	const command = `holdfast sync ${name}${where}`;
	if (!isAutomated) return {outcome: 'not-automated', message: `is not automated: ${command}`};
	const hold = holds.find(({includesSync}) => includesSync);
	if (hold) {
		const message = `${describeHolder(hold, now)}, and automatic syncs with it: holdfast resume ${name}${where}`;
		return {outcome: 'held', message};
	}
	if (held.type === 'worker' && tracker.worker().mode === 'reconcile') return null;
	return {outcome: 'nobody-syncs', message: `no worker here syncs by itself: ${command}`};
}

function notInTime({tracker}: Session, name: string): Followed {
	const [application] = tracker.applications([name]);
	const conditions = (application?.conditions ?? []).filter(({type}) => type !== 'ConfigurationNotice');
	const why = conditions.map(({problem}) => `; ${formatProblem(problem)}`).join('');
	const state = application ? describeState(application) : `${name} is gone`;
	return {application: name, outcome: 'not-in-time', message: `not in time: ${state}${why}`};
}

export function followedLines(followed: readonly Followed[], surface: Surface): string[] {
	return followed.map(({application, outcome, message}) => {
		const {glyph, tone} = marks[outcome];
		return `${surface.paint(surface.glyph(glyph), tone)} ${safeText(`${application}: ${message}`)}`;
	});
}

const good = {glyph: 'good', tone: 'good'} as const;
const bad = {glyph: 'bad', tone: 'bad'} as const;
const left = {glyph: 'paused', tone: 'warning'} as const;

const marks: Readonly<Record<Followed['outcome'], {readonly glyph: 'good' | 'bad' | 'paused'; readonly tone: Tone}>> = {
	healthy: good,
	failed: bad,
	'waits-for-person': left,
	'not-automated': left,
	held: left,
	'nobody-syncs': left,
	'not-in-time': bad,
};
