import {describeEnded} from '../../../model/operation-text.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import {describePlace} from '../../dialogs/content/place.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {Question} from '../../dialogs/questions.ts';
import {productionAmong} from '../access.ts';
import {approvalOf} from '../approval.ts';
import type {ActPorts} from '../ports.ts';
import {send, tellProblem} from '../send.ts';

/** Ends the running sync of an application. What it is writing now is finished first; nothing is put back. */
export async function endSync(ports: ActPorts, application: ApplicationStatus): Promise<void> {
	const {name, context, namespace} = application;
	await ports.turns.take(`end ${name}`, async () => {
		const answer = await ports.questions.ask(endQuestion(ports, application));
		if (answer?.type !== 'approved') return;
		const act = {verb: 'sync --end', target: name, where: `${context}, namespace ${namespace}`, contexts: [context]};
		const sent = await send(
			ports,
			act,
			client => client.endSync({application: name, initiatedBy: ports.who}),
			operation => ({
				isDone: true,
				result: describeEnded(name, operation),
				undo: {type: 'none', help: 'an ended sync is not taken up again: s begins a new one'},
			}),
		);
		if (sent.type === 'answered') ports.toast(safeText(describeEnded(name, sent.answer)));
		else if (sent.problem.code === 'NothingToEnd') ports.toast(safeText(`${name}: no sync is running`));
		else tellProblem(ports, name, sent.problem);
	});
}

function endQuestion({arming, world, now}: ActPorts, application: ApplicationStatus): Question {
	const {name, context, operation} = application;
	const {worker} = world.getState();
	const isProduction = productionAmong([context], worker).length > 0;
	const done = operation ? `${operation.done} of ${operation.total} objects are done. ` : '';
	const text = `${done}What is being written now is finished, the rest is left as it is; nothing is put back.`;
	return {
		title: `End the sync of ${safeText(name)} on ${describePlace({...application, isProduction})}`,
		tone: 'danger',
		body: frame => sentenceLines(text, 'plain', frame),
		approval: approvalOf(
			{contexts: [context], deletions: 0, label: 'End it', word: null},
			{guard: arming.getState(), worker, now: now()},
		),
		more: [],
	};
}
