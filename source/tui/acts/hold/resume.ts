import {formatProblem} from '../../../model/errors.ts';
import {type HeldField, putBackAfter} from '../../../model/held-drift.ts';
import type {Hold} from '../../../model/hold.ts';
import {printScope} from '../../../model/hold.ts';
import {describeHold} from '../../../model/hold-text.ts';
import type {ApplicationStatus, WorkerStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import type {HoldAnswer} from '../../../protocol/messages/hold.ts';
import type {Content} from '../../dialogs/content/content.ts';
import {holdsContent, holdsTable, type Owned, putBackContent} from '../../dialogs/content/holds.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {Choice, Question} from '../../dialogs/questions.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import {productionAmong} from '../access.ts';
import {approvalOf} from '../approval.ts';
import type {OwnedHold} from '../ledger.ts';
import type {ActPorts} from '../ports.ts';
import {type Outcome, send, tellProblem} from '../send.ts';

/** Holds of these applications, each with its application. */
export function holdsOf(applications: Iterable<ApplicationStatus>): OwnedHold[] {
	return [...applications].flatMap(({name, holds}) => holds.map((hold: Hold) => ({application: name, hold})));
}

export type ResumeChoice =
	| {readonly type: 'resume'; readonly holds: readonly OwnedHold[]}
	/** A hold besides those that there are. */
	| {readonly type: 'another'};

/** Which of several holds; one more can be placed instead. null: left. */
export async function chooseHolds(ports: ActPorts, holds: readonly OwnedHold[]): Promise<ResumeChoice | null> {
	const answer = await ports.questions.choose(holdChoice(holds, ports.now()));
	if (answer === null) return null;
	if (answer === 'another') return {type: 'another'};
	return {type: 'resume', holds: answer === 'all' ? holds : holds.slice(Number(answer), Number(answer) + 1)};
}

function holdChoice(holds: readonly OwnedHold[], now: number): Choice {
	const names = new Set(holds.map(({application}) => application));
	const [first] = names;
	const one = holds.map(({application, hold}, index) => ({
		id: String(index),
		label: safeText(`resume ${names.size > 1 ? `${application}: ` : ''}${printScope(hold.scope)}`),
		hint: describeHold(hold, now),
	}));
	const all = {id: 'all', label: `resume all ${holds.length}`, key: 'a'};
	const another = {id: 'another', label: 'hold something else', key: 'h'};
	return {
		title: safeText(
			names.size === 1 && first !== undefined ? `Holds of ${first}` : `Holds of ${names.size} applications`,
		),
		table: holdsTable(holds, now),
		options: [...one, ...(holds.length > 1 ? [all] : []), another],
	};
}

/** Ends holds before their time, after saying what healing will put back. The policy was never touched. */
export async function resume(ports: ActPorts, holds: readonly OwnedHold[]): Promise<void> {
	const ids = holds.map(({application, hold}) => `${application}/${hold.id}`).join(' ');
	await ports.turns.take(`resume ${ids}`, async () => {
		const answer = await ports.questions.ask(resumeQuestion(ports, holds));
		if (answer?.type === 'approved') await resumeNow(ports, holds);
	});
}

/** Without another question: what was approved, or what undoes a hold that was just placed. Answers whether it was done. */
export async function resumeNow(ports: ActPorts, holds: readonly OwnedHold[]): Promise<boolean> {
	const {applications} = ports.world.getState();
	const names = [...new Set(holds.map(({application}) => application))];
	const contexts = names.map(name => applications.get(name)?.context ?? '');
	const target = names.length === 1 ? names[0]! : `${names.length} applications`;
	const act = {verb: 'resume', target, where: [...new Set(contexts)].join(', '), contexts};
	const sent = await send(
		ports,
		act,
		async client => {
			// One by one: ids are unique within an application only.
			const answers = await Promise.all(
				names.map(name => {
					const ids = holds.filter(({application}) => application === name).map(({hold}) => hold.id);
					return client.resume({applications: [name], holds: ids, by: ports.who});
				}),
			);
			return {holds: answers.flatMap(answer => answer.holds), problems: answers.flatMap(answer => answer.problems)};
		},
		outcomeOf,
	);
	if (sent.type === 'failed') {
		tellProblem(ports, target, sent.problem);
		return false;
	}
	const {holds: ended, problems} = sent.answer;
	for (const {application, problem} of problems) tellProblem(ports, application, problem);
	const missed = holds.length - ended.length - problems.length;
	const had = missed > 0 ? `; ${missed} had ended already` : '';
	if (problems.length === 0) ports.toast(safeText(`${target}: ${resumedText(ended)}${had}`));
	return problems.length === 0;
}

function outcomeOf({holds, problems}: HoldAnswer): Outcome {
	const failures = problems.map(({application, problem}) => `${application}: ${formatProblem(problem)}`);
	return {
		isDone: problems.length === 0,
		result: [resumedText(holds), ...failures].join('; '),
		undo: holds.length > 0 ? {type: 'hold', holds} : {type: 'none', help: 'nothing was resumed'},
	};
}

function resumedText(holds: readonly OwnedHold[]): string {
	if (holds.length === 0) return 'nothing was held any more';
	if (holds.length > 1) return `${holds.length} holds ended`;
	return `${printScope(holds[0]!.hold.scope)} is not held any more`;
}

function resumeQuestion({arming, world, now}: ActPorts, holds: readonly OwnedHold[]): Question {
	const {applications, worker} = world.getState();
	const names = [...new Set(holds.map(({application}) => application))];
	const concerned = names.flatMap(name => applications.get(name) ?? []);
	const contexts = concerned.map(({context}) => context);
	const isProduction = productionAmong(contexts, worker).length > 0;
	const where = [...new Set(contexts)].join(', ');
	const what = names.length === 1 ? names[0]! : `${names.length} applications`;
	return {
		title: safeText(`Resume ${what} on ${where}${isProduction ? ' (PRODUCTION)' : ''}: what drifted is healed then`),
		tone: isProduction ? 'danger' : 'plain',
		body: frame => [holdsContent(holds, frame), '', ...putBackContents(concerned, holds, worker, frame)],
		approval: approvalOf(
			{contexts, deletions: 0, label: 'Resume', word: null},
			{guard: arming.getState(), worker, now: now()},
		),
		more: [],
	};
}

/** What healing will do the moment the hold is over. */
function putBackContents(
	applications: readonly ApplicationStatus[],
	holds: readonly OwnedHold[],
	worker: WorkerStatus | null,
	frame: Frame,
): Content[] {
	const fields: Owned<HeldField>[] = [];
	const sentences: LineText[] = [];
	for (const application of applications) {
		const {name, isHealing} = application;
		const say = (text: string) => sentences.push(...sentenceLines(`${name}${text}`, 'quiet', frame));
		if (!isHealing || worker?.mode === 'observe') {
			say(' is not healed by itself; its drift stays');
			continue;
		}
		const ended = holds.filter(hold => hold.application === name).map(({hold}) => hold.id);
		const back = putBackAfter(application, ended);
		fields.push(...back.map(field => ({...field, application: name})));
		if (back.length === 0) say(': nothing that drifted is put back by this');
	}
	return [...(fields.length > 0 ? [putBackContent(fields, frame)] : []), ...sentences];
}
