import {formatProblem, HoldfastError, type Problem} from '../../../model/errors.ts';
import {nameOf} from '../../../model/object.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import type {AdoptAnswer, AdoptParameters} from '../../../protocol/messages/adopt.ts';
import {adoptedContent} from '../../dialogs/content/adopted.ts';
import type {ActPorts, SelectedDrift} from '../ports.ts';
import {type Outcome, send} from '../send.ts';
import type {ChangeQuestion} from './ask.ts';
import {showObstacle} from './obstacle.ts';
import {type Previewed, type Proposal, propose} from './propose.ts';
import {pushedSentence, showPushed} from './pushed.ts';
import {type ChangeWish, changeForm, plainWish} from './wish.ts';

interface Target {
	readonly application: ApplicationStatus;
	readonly drift: SelectedDrift;
}

/** Makes a live edit the truth: a commit that says in Git what somebody did by hand. Preview, question, push. */
export async function adopt(ports: ActPorts, application: ApplicationStatus, drift: SelectedDrift): Promise<void> {
	const name = `adopt ${application.name} ${nameOf(drift.object)}`;
	const isMine = await ports.turns.take(name, () => run(ports, {application, drift}));
	if (!isMine) ports.toast(`${name} is under way from here already`);
}

async function run(ports: ActPorts, target: Target): Promise<void> {
	const object = nameOf(target.drift.object);
	const proposal: Proposal<AdoptAnswer> = {
		title: `Adopt ${object}`,
		waiting: 'finding out what it would change in Git; nothing is pushed',
		preview: (client, wish, signal) => client.adopt({...parametersOf(ports, target, wish), dryRun: true}, {signal}),
		question: asked => questionOf(ports, target, asked),
		options: wish => changeForm(`Options of adopting ${object}`, wish, {hasReason: false}),
		push: approved => push(ports, target, approved),
	};
	await propose(ports, proposal, plainWish);
}

/** Exactly the fields that the selected drift is about: another one of the same object may be somebody else's doing. */
function parametersOf(
	ports: ActPorts,
	{application, drift}: Target,
	wish: ChangeWish,
): Omit<AdoptParameters, 'dryRun'> {
	return {
		application: application.name,
		object: drift.object,
		paths: drift.fields.map(({path}) => path).filter(Boolean),
		initiatedBy: ports.who,
		...(wish.branch !== null && {branch: wish.branch}),
	};
}

function questionOf(
	{world}: ActPorts,
	{application, drift}: Target,
	{previewed, wish, note}: Previewed<AdoptAnswer> & {readonly note: string | null},
): ChangeQuestion {
	const {preview: change, fields, problem} = previewed;
	const isKnown = world.getState().applications.has(application.name);
	return {
		title: `Adopt ${nameOf(drift.object)} of ${application.name} into Git`,
		label: 'Adopt',
		word: 'adopt',
		preview: change,
		branch: wish.branch,
		extra: frame => [adoptedContent(fields, frame)],
		contexts: [application.context, ...change.effects.map(({context}) => context)],
		note,
		obstacle: problem ? formatProblem(problem) : isKnown ? null : `${application.name} is not declared any more`,
	};
}

async function push(
	ports: ActPorts,
	target: Target,
	{previewed, wish}: Previewed<AdoptAnswer>,
): Promise<Problem | null> {
	const {name, context, namespace} = target.application;
	const {token, effects} = previewed.preview;
	const object = nameOf(target.drift.object);
	ports.toast(`adopting ${object}: pushing`);
	const sent = await send(
		ports,
		{
			verb: 'adopt',
			target: `${name} ${object}`,
			where: `${context}, namespace ${namespace}`,
			contexts: [context, ...effects.map(effect => effect.context)],
		},
		client => client.adopt({...parametersOf(ports, target, wish), dryRun: false, token}),
		outcomeOf,
	);
	const problem = sent.type === 'failed' ? sent.problem : sent.answer.problem;
	if (problem?.code === 'PlanChanged') return problem;
	if (sent.type === 'answered' && sent.answer.result) {
		const {result, preview: change} = sent.answer;
		// The worker would see it at its next pull; the drift is gone with it.
		if (result.type === 'tracked')
			ports
				.client()
				?.refresh({applications: [name], hard: false})
				.catch(() => {});
		await showPushed(ports, name, change, result);
	} else if (problem) await showObstacle(ports, `Adopt ${object}`, problem);
	return null;
}

function outcomeOf({preview: change, result, problem}: AdoptAnswer): Outcome {
	if (problem) return {isDone: false, result: formatProblem(problem), undo: {type: 'none', help: 'nothing was pushed'}};
	if (!result) {
		throw new HoldfastError({code: 'ProtocolViolation', message: 'the worker pushed nothing and did not say why'});
	}
	const help = 'a pushed commit stays: t on it in the Git log takes it back';
	return {isDone: true, result: pushedSentence(result, change), undo: {type: 'none', help}};
}
