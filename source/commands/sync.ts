import type {Plan} from '../model/plan.ts';
import type {ApplicationStatus} from '../model/status.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {syncJson} from './print/sync-json.ts';
import {executedText} from './print/sync-text.ts';
import {type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {selectApplications} from './session/selection.ts';
import {settle} from './session/settle.ts';
import {waitForHealth} from './session/wait.ts';
import {approveSyncs} from './sync/approve.ts';
import {endSyncs} from './sync/end.ts';
import {type Executed, executeSyncs} from './sync/execute.ts';
import {isIncomplete, isRefusal, type Prepared, prepareSyncs} from './sync/prepare.ts';
import {printPlans} from './sync/print-plans.ts';
import {checkLine, wishOf} from './sync/wish.ts';
import {startProgress} from './terminal/progress.ts';
import type {Terminal} from './terminal/terminal.ts';

/** `holdfast sync APPLICATION… | --all`: plan, question, sync, result. Nothing is written before the question. */
export const run: CommandRunner = async (line, terminal) => {
	checkLine(line);
	if (line.flags.end) return endSyncs(line, terminal);
	if (!line.flags.dryRun) await refuseSecondWriter(line, terminal);
	return withWorker(line, terminal, async session => {
		const applications = selectApplications(session.tracker, line.words);
		if (applications.length === 0) {
			terminal.note('nothing to do: no application is declared');
			return exitCodes.ok;
		}
		await settle(session, line.words, terminal);
		return syncApplications(session, applications, line, terminal);
	});
};

async function syncApplications(
	session: Session,
	applications: readonly ApplicationStatus[],
	line: Line,
	terminal: Terminal,
): Promise<number> {
	const {flags} = line;
	const wish = wishOf(line);
	const isJson = flags.output === 'json';
	const planOptions = {surface: terminal.output, where: session.where, now: terminal.now()};
	const progress = startProgress(terminal, 'planning');
	const prepared = await prepareSyncs(session, applications, wish).finally(() => progress.end());
	// With -o json the plan is part of the output; a person who is about to be asked still reads it.
	if (!isJson) printPlans(prepared, planOptions, terminal.print);
	const isStale = flags.confirmDeletions !== undefined && prepared.some(({plan}) => waitsForWord(plan));
	if (isStale) terminal.note('The deletions are not the ones that were approved, so nothing was written.');
	const planned = isStale ? [] : prepared.filter(item => item.type === 'planned');
	const isAsked = planned.length > 0 && !flags.dryRun;
	if (isJson && isAsked && !flags.yes) printPlans(prepared, planOptions, terminal.note);
	const isApproved = isAsked && (await approveSyncs(planned, flags.yes === true, terminal));
	const executed = isApproved ? await executeSyncs(session, planned, wish, terminal) : [];
	if (isJson) terminal.print(jsonText(syncJson(prepared, executed)));
	else
		for (const item of executed)
			terminal.print(executedText(item, {surface: terminal.output, where: session.where}).join('\n'));
	const code = exitCodeOf(prepared, executed, isAsked && !isApproved);
	if (flags.wait === undefined || (isAsked && !isApproved)) return code;
	const isDone = await waitForSynced(session, prepared, flags.wait, terminal);
	return code === exitCodes.ok && !isDone ? exitCodes.differs : code;
}

/** Waits for what can come: neither for what was refused, nor for what stays OutOfSync because it is held. */
async function waitForSynced(
	{tracker}: Session,
	prepared: readonly Prepared[],
	timeoutMilliseconds: number,
	terminal: Terminal,
): Promise<boolean> {
	const synced = prepared.filter(({type}) => type !== 'failed');
	const held = synced.filter(({plan}) => plan?.held.some(({outcome}) => outcome === 'left'));
	const nameOf = ({application}: Prepared) => application.name;
	if (held.length > 0) {
		terminal.note(`not waited for: ${held.map(nameOf).join(', ')}, because what is held stays OutOfSync`);
	}
	const names = synced.filter(item => !held.includes(item)).map(nameOf);
	// No name at all would mean every application.
	if (names.length === 0) return false;
	const isHeld = tracker.worker().mode === 'reconcile';
	const isDone = await waitForHealth(tracker, names, {timeoutMilliseconds, terminal, isHeld});
	return isDone && held.length === 0;
}

/** After a token was given: it was for another list. What was approved together does not happen in part. */
function waitsForWord(plan: Plan | undefined): boolean {
	return plan?.deletion.type === 'needs-confirmation';
}

/** Trouble beats incompleteness beats success. */
function exitCodeOf(prepared: readonly Prepared[], executed: readonly Executed[], isDeclined: boolean): number {
	if (prepared.some(item => item.type === 'failed' && !isRefusal(item.problem))) return exitCodes.error;
	if (executed.some(({operation, problem}) => problem && !operation && !isRefusal(problem))) return exitCodes.error;
	const isLeft = prepared.some(item => item.type === 'failed' || isIncomplete(item.plan));
	const isFailed = executed.some(({operation}) => operation?.phase !== 'Succeeded');
	return isDeclined || isLeft || isFailed ? exitCodes.differs : exitCodes.ok;
}
