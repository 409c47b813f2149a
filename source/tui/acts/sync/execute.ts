import {formatProblem, HoldfastError, type Problem} from '../../../model/errors.ts';
import {describeOperation, type OperationMark} from '../../../model/operation-text.ts';
import type {OperationState} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import type {SyncAnswer} from '../../../protocol/messages/sync.ts';
import type {ReadableStore} from '../../store/store.ts';
import type {StyleName} from '../../theme/styles.ts';
import type {ActClient, ActPorts, World} from '../ports.ts';
import {type Outcome, send, tellProblem} from '../send.ts';
import {until} from '../until.ts';
import type {Planned} from './prepare.ts';
import {parametersOf, type SyncWish} from './wish.ts';

const noUndo = 'a sync is not undone by a key: t on a commit takes the commit back, and the sync follows';

const styles: Readonly<Record<OperationMark, StyleName>> = {
	good: 'toast',
	differs: 'toastBad',
	bad: 'toastBad',
	paused: 'toastBad',
	busy: 'toast',
};

/** The worker refused, because what it would do is not what was shown. Nothing was written. */
export type Refusal = Problem | null;

/**
 * Carries one approved plan out and says how it ended. While it runs the Sync pane shows it; only that the plan is another
 * one by now is answered, for the question has to be asked again.
 */
export async function executeSync(ports: ActPorts, planned: Planned, wish: SyncWish): Promise<Refusal> {
	const {application, plan} = planned;
	const {name, context, namespace} = application;
	const act = {verb: 'sync', target: name, where: `${context}, namespace ${namespace}`, contexts: [context]};
	const parameters = {...parametersOf(name, wish, ports.who), dryRun: false, expectedRevision: plan.revision};
	const request = async (client: ActClient): Promise<SyncAnswer> => {
		const answer = await client.sync(parameters);
		if (!answer.operation) return answer;
		return {...answer, operation: await untilEnded(ports.world, name, answer.operation)};
	};
	const sent = await send(ports, act, request, answer => outcomeOf(name, answer));
	const problem = sent.type === 'failed' ? sent.problem : sent.answer.problem;
	if (problem?.code === 'PlanChanged') return problem;
	if (problem) {
		tellProblem(ports, name, problem);
		return null;
	}
	if (sent.type === 'answered' && sent.answer.operation) {
		const {text, mark} = describeOperation(name, sent.answer.operation, sent.answer.plan.counts.blocked);
		ports.toast(safeText(text), styles[mark]);
	}
	return null;
}

/** A worker may answer when the sync has begun, or when it has ended. */
async function untilEnded(world: ReadableStore<World>, name: string, started: OperationState): Promise<OperationState> {
	let newest = started;
	await until(world, ({applications}) => {
		const current = applications.get(name)?.operation;
		if (current?.id === started.id && newest.phase === 'Running') newest = current;
		// Another operation came after it, or the application is gone: the journal knows how ours ended.
		const isPassed = !applications.has(name) || (current?.startedAt ?? 0) > started.startedAt;
		return newest.phase !== 'Running' || isPassed;
	});
	return newest;
}

function outcomeOf(name: string, {plan, operation, problem}: SyncAnswer): Outcome {
	if (problem)
		return {isDone: false, result: formatProblem(problem), undo: {type: 'none', help: 'nothing was written'}};
	if (!operation) throw new HoldfastError({code: 'ProtocolViolation', message: 'the worker started no sync'});
	return {
		isDone: operation.phase === 'Succeeded',
		result: describeOperation(name, operation, plan.counts.blocked).text,
		undo: {type: 'none', help: noUndo},
	};
}
