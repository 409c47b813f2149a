import type {Followed} from '../model/followed.ts';
import type {RevertAnswer, RevertParameters} from '../protocol/messages/revert.ts';
import {followCommit, followedLines} from './change/follow.ts';
import {approveChange, changeCode, pushChange} from './change/push.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {usageError} from './line/usage-error.ts';
import {commitJson, previewJson, pushedJson} from './print/change-json.ts';
import {changeText, describeCommit, pushedText} from './print/change-text.ts';
import {jsonText} from './print/data.ts';
import {problemLines} from './print/held-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {settle} from './session/settle.ts';
import {startProgress} from './terminal/progress.ts';
import type {Terminal} from './terminal/terminal.ts';

/** `holdfast revert APPLICATION COMMIT[..COMMIT]`: effect, question, commit, push, and then what becomes of it. */
export const run: CommandRunner = async (line, terminal) => {
	const wish = readWish(line);
	if (!line.flags.dryRun) await refuseSecondWriter(line, terminal);
	return withWorker(line, terminal, async session => {
		await settle(session, [wish.application], terminal);
		const progress = startProgress(terminal, 'finding out what it would do');
		const previewed = await session.client.revert({...wish, dryRun: true}).finally(() => progress.end());
		const reverted = await revert(session, wish, previewed, {line, terminal});
		if (line.flags.output === 'json') terminal.print(jsonText(revertJson(wish.application, reverted)));
		return reverted.code;
	});
};

type Wish = Omit<RevertParameters, 'dryRun' | 'token'>;

function readWish({words, flags}: Line): Wish {
	const [application = '', commits] = words;
	// Each word is given once: an application may be named like a branch, but then the commit is missing.
	if (commits === undefined) throw usageError(`revert needs a commit besides ${application}`, 'See holdfast log.');
	if (commits.startsWith('-')) throw usageError(`${commits} is no commit`);
	if (flags.dryRun && flags.wait !== undefined) throw usageError('--dry-run and --wait exclude each other');
	return {
		application,
		commits,
		...(flags.mainline !== undefined && {mainline: flags.mainline}),
		reason: flags.reason ?? '',
		...(flags.branch !== undefined && {branch: flags.branch}),
		initiatedBy: initiator(),
	};
}

interface Reverted {
	/** The newest that the worker said: before the push, or after it. */
	readonly answer: RevertAnswer;
	readonly followed: readonly Followed[];
	readonly code: number;
}

async function revert(
	session: Session,
	wish: Wish,
	previewed: RevertAnswer,
	{line, terminal}: {line: Line; terminal: Terminal},
): Promise<Reverted> {
	const {flags} = line;
	const {application} = wish;
	const isJson = flags.output === 'json';
	const isAsked = !flags.dryRun && !previewed.problem;
	if (!isJson) terminal.print(previewText(session, previewed, {line, terminal}));
	// Who is about to be asked reads it, wherever the output goes.
	else if (isAsked && !flags.yes) terminal.note(previewText(session, previewed, {line, terminal}));
	if (previewed.problem) {
		for (const text of problemLines([{application, problem: previewed.problem}], terminal.notes)) terminal.note(text);
		return {answer: previewed, followed: [], code: exitCodes.error};
	}
	if (flags.dryRun) return {answer: previewed, followed: [], code: exitCodes.ok};
	const about = {preview: previewed.preview, branch: flags.branch, isYes: flags.yes === true};
	if (!(await approveChange({...about, what: `Revert ${wish.commits}`, word: 'revert'}, terminal))) {
		return {answer: previewed, followed: [], code: exitCodes.differs};
	}
	const names = [...new Set([application, ...previewed.preview.effects.map(effect => effect.application)])];
	const token = previewed.preview.token;
	const answer = await pushChange(session.client.revert({...wish, dryRun: false, token}), application, terminal);
	// Not before the push: what somebody else pushed meanwhile would look like ours.
	const before = new Map(session.tracker.applications(names).map(({name, revision}) => [name, revision]));
	const {result, problem} = answer;
	if (problem) for (const text of problemLines([{application, problem}], terminal.notes)) terminal.note(text);
	if (!isJson && result) terminal.print(pushedText(application, answer.preview, result, terminal.output).join('\n'));
	const timeoutMilliseconds = flags.wait ?? defaultWaitMilliseconds;
	const isFollowed = result?.type === 'tracked' && timeoutMilliseconds > 0;
	const followed = isFollowed
		? await followCommit(session, {commit: result.commit, before, timeoutMilliseconds}, terminal)
		: [];
	if (!isJson && followed.length > 0) terminal.print(followedLines(followed, terminal.output).join('\n'));
	const isLeft = followed.some(({outcome}) => outcome !== 'healthy');
	return {answer, followed, code: isLeft ? exitCodes.differs : changeCode(answer)};
}

const defaultWaitMilliseconds = 5 * 60_000;

function previewText(
	session: Session,
	{preview, reverted}: RevertAnswer,
	{line, terminal}: {line: Line; terminal: Terminal},
) {
	const now = terminal.now();
	const options = {
		surface: terminal.output,
		where: session.where,
		now,
		isAhead: true,
		find: (name: string) => session.tracker.applications([name])[0],
		branch: line.flags.branch,
	};
	const title = `Revert of ${reverted.map(commit => describeCommit(commit, now)).join('\n          ')}`;
	return [terminal.output.paint(title, 'strong'), ...changeText(preview, options)].join('\n');
}

/** `revert -o json`: documented in the README; keys are added, never renamed or removed. */
function revertJson(application: string, {answer, followed}: Reverted): object {
	const {preview, reverted, result, problem} = answer;
	return {
		application,
		outcome: problem ? 'failed' : result ? (result.type === 'tracked' ? 'pushed' : 'offered') : 'planned',
		reverted: reverted.map(commitJson),
		preview: previewJson(preview),
		result: result ? pushedJson(result) : null,
		problem: problem ? {...problem} : null,
		followed: followed.map(item => ({...item})),
	};
}
