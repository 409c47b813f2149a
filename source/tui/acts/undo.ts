import {formatProblem} from '../../model/errors.ts';
import {printScope} from '../../model/hold.ts';
import {describeEnd} from '../../model/hold-text.ts';
import {safeText} from '../../model/text.ts';
import type {HoldAnswer} from '../../protocol/messages/hold.ts';
import {sentenceLines} from '../dialogs/content/rows.ts';
import {productionAmong} from './access.ts';
import {approvalOf} from './approval.ts';
import {resumeNow} from './hold/resume.ts';
import type {Act, OwnedHold} from './ledger.ts';
import type {ActPorts} from './ports.ts';
import {send, tellProblem} from './send.ts';
import {undoable} from './undoable.ts';

/** `u`: asks, and does the opposite of the last act. */
export async function undo(ports: ActPorts): Promise<void> {
	await ports.turns.take('undo', async () => {
		const act = undoable(ports.ledger.getState());
		if (!act) {
			ports.toast('nothing was done from here, so there is nothing to undo');
			return;
		}
		const what = `${act.verb} ${act.target}`;
		if (act.undo.type === 'none') {
			ports.toast(safeText(`${what} cannot be undone: ${act.undo.help}`));
			return;
		}
		if (act.undo.type === 'disarm') {
			ports.arming.disarm();
			ports.ledger.markUndone(act.id);
			ports.toast('read-only again');
			return;
		}
		if (!(await approve(ports, act, act.undo))) return;
		const isDone =
			act.undo.type === 'resume' ? await resumeNow(ports, act.undo.holds) : await holdAgain(ports, act.undo.holds);
		// What was done to undo is the newest act now: undoing twice comes back.
		if (isDone) ports.ledger.markUndone(act.id);
	});
}

async function approve(
	ports: ActPorts,
	act: Act,
	{type, holds}: {type: 'resume' | 'hold'; holds: readonly OwnedHold[]},
): Promise<boolean> {
	const {worker, applications} = ports.world.getState();
	const contexts = holds.flatMap(({application}) => applications.get(application)?.context ?? []);
	const isProduction = productionAmong(contexts, worker).length > 0;
	const isResume = type === 'resume';
	const answer = await ports.questions.ask({
		title: safeText(`Undo ${act.verb} ${act.target} on ${act.where}`),
		tone: isProduction ? 'danger' : 'plain',
		body: frame => [
			...sentenceLines(
				isResume
					? 'These holds end; what drifted is healed then.'
					: 'These are held again, by you, for the time that was left.',
				'plain',
				frame,
			),
			'',
			...holds.flatMap(({application, hold}) =>
				sentenceLines(`${application}: ${printScope(hold.scope)} ${describeEnd(hold, frame.now)}`, 'held', frame),
			),
		],
		approval: approvalOf(
			{contexts, deletions: 0, label: isResume ? 'Resume' : 'Hold again', word: null},
			{guard: ports.arming.getState(), worker, now: ports.now()},
		),
		more: [],
	});
	return answer?.type === 'approved';
}

/** As they were: scope, reason and end. What would have ended meanwhile is not held again. */
async function holdAgain(ports: ActPorts, holds: readonly OwnedHold[]): Promise<boolean> {
	const now = ports.now();
	const left = holds.filter(({hold: {until}}) => until === null || until > now);
	const {applications} = ports.world.getState();
	if (left.length === 0) {
		ports.toast('they would have ended by now, so nothing is held again');
		return false;
	}
	const names = [...new Set(left.map(({application}) => application))];
	const contexts = names.flatMap(name => applications.get(name)?.context ?? []);
	const target = names.length === 1 ? names[0]! : `${names.length} applications`;
	const sent = await send(
		ports,
		{verb: 'hold', target, where: [...new Set(contexts)].join(', '), contexts},
		async client => {
			const answers: HoldAnswer[] = [];
			for (const {application, hold} of left) {
				answers.push(
					await client.hold({
						applications: [application],
						scope: hold.scope,
						owner: ports.who,
						reason: hold.reason,
						durationMilliseconds: hold.until === null ? null : hold.until - now,
						breakGlass: hold.until === null,
						includesSync: hold.includesSync,
					}),
				);
			}
			return {holds: answers.flatMap(answer => answer.holds), problems: answers.flatMap(answer => answer.problems)};
		},
		answer => ({
			isDone: answer.problems.length === 0,
			result: [`${answer.holds.length} held again`, ...answer.problems.map(({problem}) => formatProblem(problem))].join(
				'; ',
			),
			undo: {type: 'resume', holds: answer.holds},
		}),
	);
	if (sent.type === 'failed') {
		tellProblem(ports, target, sent.problem);
		return false;
	}
	for (const {application, problem} of sent.answer.problems) tellProblem(ports, application, problem);
	if (sent.answer.problems.length === 0) ports.toast(safeText(`${target}: held again`));
	return sent.answer.problems.length === 0;
}
