import {shortRevision} from '../../model/ages.ts';
import {formatProblem} from '../../model/errors.ts';
import {type Followed, judgeCommit} from '../../model/followed.ts';
import {safeText} from '../../model/text.ts';
import {confirmationCommand} from '../print/status-details.ts';
import type {Session} from '../session/connect.ts';
import {describeState} from '../session/wait.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
import type {Terminal} from '../terminal/terminal.ts';

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
	const {tracker, held, where} = session;
	return judgeCommit(name, tracker.applications([name])[0], {
		commit,
		before: before.get(name),
		isReconciled: held.type === 'worker' && tracker.worker().mode === 'reconcile',
		now,
		advice: {
			sync: application => `holdfast sync ${application}${where}`,
			resume: application => `holdfast resume ${application}${where}`,
			confirm: (application, token) => confirmationCommand({application, token, where}),
		},
	});
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
