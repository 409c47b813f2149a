import {formatProblem, type Problem, toProblem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import {accessTo} from './access.ts';
import type {NewAct, Undo} from './ledger.ts';
import type {ActClient, ActPorts} from './ports.ts';

/** How an act ended. */
export interface Outcome {
	readonly isDone: boolean;
	readonly result: string;
	readonly undo: Undo;
}

export type Sent<Answer> =
	| {readonly type: 'answered'; readonly answer: Answer}
	| {readonly type: 'failed'; readonly problem: Problem};

/**
 * Sends what was approved, exactly once, and writes it into the ledger. Looks again whether it may write: what was armed
 * when the dialog opened may not be any more.
 */
export async function send<Answer>(
	ports: ActPorts,
	act: NewAct & {readonly contexts: readonly string[]},
	request: (client: ActClient) => Promise<Answer>,
	judge: (answer: Answer) => Outcome,
): Promise<Sent<Answer>> {
	const {verb, target, where, contexts} = act;
	const refusal = whyNot(ports, contexts);
	const client = ports.client();
	if (refusal || !client) return {type: 'failed', problem: refusal ?? notConnected};
	const end = ports.ledger.begin({verb, target, where});
	try {
		const answer = await request(client);
		ports.catchUp();
		end(judge(answer));
		return {type: 'answered', answer};
	} catch (error) {
		const problem = honest(toProblem(error));
		end({isDone: false, result: formatProblem(problem), undo: {type: 'none', help: 'it was not done'}});
		return {type: 'failed', problem};
	}
}

const notConnected: Problem = {code: 'WorkerGone', message: 'the worker does not answer, so nothing was sent'};

function whyNot({arming, world, now}: ActPorts, contexts: readonly string[]): Problem | null {
	const access = accessTo(contexts, arming.getState(), world.getState().worker, now());
	if (access.type !== 'read-only') return null;
	return {code: 'ReadOnly', message: 'the screen is read-only again, so nothing was sent', hint: access.how};
}

/** A connection that ended after the request is no refusal. */
function honest(problem: Problem): Problem {
	if (problem.code !== 'WorkerGone') return problem;
	const message = 'the worker went away before it answered: it may have been done all the same';
	return {...problem, message};
}

/** `checkout: it is held by ana`: what went wrong, at the foot of the screen. */
export function tellProblem({toast}: ActPorts, target: string, problem: Problem): void {
	const text = formatProblem(problem);
	toast(safeText(text.startsWith(`${target} `) ? text : `${target}: ${text}`), 'toastBad');
}
