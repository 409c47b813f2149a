import {shortRevision} from '../../../model/ages.ts';
import type {CommitInfo} from '../../../model/commit.ts';
import {formatProblem, HoldfastError, type Problem, toProblem} from '../../../model/errors.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import type {RevertAnswer, RevertParameters} from '../../../protocol/messages/revert.ts';
import {rowLines, sentenceLines} from '../../dialogs/content/rows.ts';
import type {ActPorts} from '../ports.ts';
import {type Outcome, send, tellProblem} from '../send.ts';
import type {ChangeQuestion} from './ask.ts';
import {followChange} from './follow.ts';
import {showObstacle} from './obstacle.ts';
import {type Previewed, type Proposal, propose} from './propose.ts';
import {pushedSentence, showPushed} from './pushed.ts';
import {type ChangeWish, changeForm, plainWish} from './wish.ts';

/**
 * Takes a commit back in Git: what Git will say and what every cluster will do, the word, the push; then it is followed to
 * Synced and Healthy. Nothing is pushed that is not what was shown.
 */
export async function revert(ports: ActPorts, application: ApplicationStatus, commit: CommitInfo): Promise<void> {
	const name = `revert ${shortRevision(commit.id)}`;
	const isMine = await ports.turns.take(name, () => run(ports, application, commit));
	if (!isMine) ports.toast(`${name} is under way from here already`);
}

async function run(ports: ActPorts, application: ApplicationStatus, commit: CommitInfo): Promise<void> {
	const short = shortRevision(commit.id);
	let mainline: number | null = null;
	if (commit.parents.length > 1) {
		mainline = await chooseParent(ports, commit);
		if (mainline === null) return;
	}
	const proposal: Proposal<RevertAnswer> = {
		title: `Revert ${short}`,
		waiting: 'finding out what it would do; nothing is pushed',
		preview: (client, wish, signal) =>
			client.revert({...parametersOf(ports, application, commit, wish), dryRun: true}, {signal}),
		question: asked => questionOf(application, commit, asked),
		options: wish => changeForm(`Options of the revert of ${short}`, wish, {hasReason: true}),
		push: approved => push(ports, application, commit, approved),
	};
	await propose(ports, proposal, {...plainWish, mainline});
}

/** A merge goes back to one of its parents, and which one only a person can say. The first is what was merged into. */
async function chooseParent({questions}: ActPorts, {id, subject, parents}: CommitInfo): Promise<number | null> {
	const answer = await questions.choose({
		title: safeText(`Revert ${shortRevision(id)} "${subject}": a merge`),
		body: frame =>
			sentenceLines(
				'To which of its parents does it go back? What came from the others is taken back.',
				'plain',
				frame,
			),
		options: parents.map((parent, index) => ({
			id: String(index + 1),
			key: String(index + 1),
			label: `${index + 1}  ${shortRevision(parent)}`,
			hint: index === 0 ? 'what was merged into: usually this one' : 'what was merged',
		})),
	});
	return answer === null ? null : Number(answer);
}

function parametersOf(
	ports: ActPorts,
	application: ApplicationStatus,
	commit: CommitInfo,
	wish: ChangeWish,
): Omit<RevertParameters, 'dryRun'> {
	return {
		application: application.name,
		commits: commit.id,
		reason: wish.reason,
		initiatedBy: ports.who,
		...(wish.mainline !== null && {mainline: wish.mainline}),
		...(wish.branch !== null && {branch: wish.branch}),
	};
}

function questionOf(
	application: ApplicationStatus,
	commit: CommitInfo,
	{previewed, wish, note}: Previewed<RevertAnswer> & {readonly note: string | null},
): ChangeQuestion {
	const {preview: change, problem} = previewed;
	const short = shortRevision(commit.id);
	return {
		title: `Revert ${short} "${commit.subject}"`,
		label: 'Revert',
		word: 'revert',
		preview: change,
		branch: wish.branch,
		extra: frame => rowLines([{label: 'meanwhile', style: 'plain', texts: [`${short} is not synced again`]}], frame),
		contexts: [application.context, ...change.effects.map(({context}) => context)],
		note,
		obstacle: problem ? formatProblem(problem) : null,
	};
}

/** Pushes what was approved. Answers only when it is another thing by now, and has to be shown again. */
async function push(
	ports: ActPorts,
	application: ApplicationStatus,
	commit: CommitInfo,
	{previewed, wish}: Previewed<RevertAnswer>,
): Promise<Problem | null> {
	const {name, context, namespace} = application;
	const {token, effects} = previewed.preview;
	const short = shortRevision(commit.id);
	const contexts = [context, ...effects.map(effect => effect.context)];
	ports.toast(`reverting ${short}: pushing`);
	const sent = await send(
		ports,
		{verb: 'revert', target: `${name} ${short}`, where: `${context}, namespace ${namespace}`, contexts},
		client => client.revert({...parametersOf(ports, application, commit, wish), dryRun: false, token}),
		outcomeOf,
	);
	const problem = sent.type === 'failed' ? sent.problem : sent.answer.problem;
	if (problem?.code === 'PlanChanged') return problem;
	if (problem || sent.type === 'failed' || !sent.answer.result) {
		if (problem) await showObstacle(ports, `Revert ${short}`, problem);
		return null;
	}
	const {result, preview: change} = sent.answer;
	if (result.type === 'tracked') {
		const names = [...new Set([name, ...change.effects.map(effect => effect.application)])];
		const {applications} = ports.world.getState();
		// Not before the push: what somebody else pushed meanwhile would look like ours.
		const before = new Map(names.map(each => [each, applications.get(each)?.revision ?? null]));
		void followChange(ports, {
			title: `revert ${short}`,
			done: `reverted ${short}`,
			commit: result.commit,
			before,
		}).catch(error => tellProblem(ports, name, toProblem(error)));
	}
	await showPushed(ports, name, change, result);
	return null;
}

function outcomeOf({preview: change, result, problem}: RevertAnswer): Outcome {
	if (problem) return {isDone: false, result: formatProblem(problem), undo: {type: 'none', help: 'nothing was pushed'}};
	if (!result)
		throw new HoldfastError({code: 'ProtocolViolation', message: 'the worker pushed nothing and did not say why'});
	return {
		isDone: true,
		result: pushedSentence(result, change),
		undo: {type: 'none', help: `a pushed commit stays: t on ${shortRevision(result.commit)} takes it back`},
	};
}
