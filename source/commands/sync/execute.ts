import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import type {Plan} from '../../model/plan.ts';
import type {ApplicationStatus, OperationState} from '../../model/status.ts';
import type {Session} from '../session/connect.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Prepared, SyncWish} from './prepare.ts';

type Planned = Extract<Prepared, {type: 'planned'}>;

/** How a sync ended. */
export interface Executed {
	readonly application: ApplicationStatus;
	/** What was carried out; the worker plans again when it begins. */
	readonly plan?: Plan;
	readonly operation?: OperationState;
	/** Why it was not started. */
	readonly problem?: Problem;
	/** Whether what was carried out is not what was approved: the world moved between question and answer. */
	readonly isChangedPlan: boolean;
}

/** Carries approved plans out and waits for each to end; progress stands on the terminal meanwhile. */
export async function executeSyncs(
	session: Session,
	planned: readonly Planned[],
	wish: SyncWish,
	terminal: Terminal,
): Promise<Executed[]> {
	const {tracker} = session;
	const names = planned.map(({application}) => application.name);
	const progress = startProgress(terminal, 'syncing');
	const forget = tracker.onChange(() => progress.update(describeProgress(tracker.applications(names))));
	const warn = () => terminal.note(interruptedNote(session));
	terminal.signal.addEventListener('abort', warn, {once: true});
	try {
		return await Promise.all(planned.map(item => execute(session, item, wish)));
	} finally {
		terminal.signal.removeEventListener('abort', warn);
		forget();
		progress.end();
	}
}

async function execute({client, tracker}: Session, {application, plan}: Planned, wish: SyncWish): Promise<Executed> {
	try {
		const answer = await client.sync({
			...wish,
			application: application.name,
			dryRun: false,
			expectedRevision: plan.revision,
		});
		const isChangedPlan = describePlan(answer.plan) !== describePlan(plan);
		const {problem} = answer;
		if (problem) return {application, plan: answer.plan, problem, isChangedPlan};
		const operation = await untilEnded(answer.operation, application.name, tracker);
		return {application, plan: answer.plan, operation, isChangedPlan};
	} catch (error) {
		return {application, problem: toProblem(error), isChangedPlan: false};
	}
}

/** A worker may answer when the sync has begun, or when it has ended. */
async function untilEnded(
	operation: OperationState | undefined,
	name: string,
	tracker: Session['tracker'],
): Promise<OperationState> {
	if (!operation) throw new HoldfastError({code: 'ProtocolViolation', message: 'the worker started no sync'});
	let newest = operation;
	await tracker.waitUntil(() => {
		const current = tracker.applications([name])[0]?.operation;
		if (current?.id === operation.id) newest = newest.phase === 'Running' ? current : newest;
		return newest.phase !== 'Running';
	}, Number.POSITIVE_INFINITY);
	return newest;
}

/** The same for two plans that do the same to the same objects at the same commit. */
function describePlan(plan: Plan): string {
	const items = plan.steps.flatMap(step => step.items.map(item => `${item.action} ${item.key}`));
	return [plan.revision, plan.deletion.type, ...items.sort()].join('\n');
}

function describeProgress(applications: readonly ApplicationStatus[]): string {
	const running = applications.filter(application => application.operation?.phase === 'Running');
	const done = running.reduce((sum, {operation}) => sum + (operation?.done ?? 0), 0);
	const total = running.reduce((sum, {operation}) => sum + (operation?.total ?? 0), 0);
	const names = running.length === 1 ? running[0]!.name : `${running.length} applications`;
	return `syncing ${names}: ${done} of ${total} objects`;
}

function interruptedNote({held}: Session): string {
	return held.type === 'worker'
		? 'interrupted: the worker goes on with the sync; holdfast status shows it'
		: 'interrupted: its worker finishes what it is applying and ends; holdfast status shows how far it came';
}
