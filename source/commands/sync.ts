import {formatProblem} from '../model/errors.ts';
import type {Plan} from '../model/plan.ts';
import type {ApplicationStatus} from '../model/status.ts';
import {safeText} from '../model/text.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {usageError} from './line/usage-error.ts';
import {jsonText} from './print/data.ts';
import {nothingToDo, planText} from './print/plan-text.ts';
import {syncJson} from './print/sync-json.ts';
import {executedText} from './print/sync-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {selectApplications} from './session/selection.ts';
import {settle} from './session/settle.ts';
import {waitForHealth} from './session/wait.ts';
import {approveSyncs} from './sync/approve.ts';
import {type Executed, executeSyncs} from './sync/execute.ts';
import {isIncomplete, type Prepared, prepareSyncs, type SyncWish} from './sync/prepare.ts';
import {startProgress} from './terminal/progress.ts';
import type {Terminal} from './terminal/terminal.ts';

/** `holdfast sync APPLICATION… | --all`: plan, question, sync, result. Nothing is written before the question. */
export const run: CommandRunner = async (line, terminal) => {
	checkLine(line);
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

/** Which applications must be said, by name or by --all, and not both; a token approves one application's list. */
function checkLine({words, flags}: Line): void {
	if (flags.all && words.length > 0) throw usageError(`--all and ${words.join(' ')} exclude each other`);
	if (!flags.all && words.length === 0)
		throw usageError('sync needs APPLICATION…, or --all', 'See holdfast status for their names.');
	if (flags.confirmDeletions !== undefined && words.length !== 1) {
		throw usageError('--confirm-deletions goes with exactly one application');
	}
	if (flags.dryRun && flags.wait !== undefined) throw usageError('--dry-run and --wait exclude each other');
}

async function syncApplications(
	session: Session,
	applications: readonly ApplicationStatus[],
	{flags, words}: Line,
	terminal: Terminal,
): Promise<number> {
	const wish: SyncWish = {
		initiatedBy: initiator(),
		...(flags.prune !== undefined && {prune: flags.prune}),
		...(flags.confirmDeletions !== undefined && {confirmDeletions: flags.confirmDeletions}),
	};
	const isJson = flags.output === 'json';
	const progress = startProgress(terminal, 'planning');
	const prepared = await prepareSyncs(session, applications, wish).finally(() => progress.end());
	// With -o json the plan is part of the output; a person who is about to be asked still reads it.
	if (!isJson) printPlans(prepared, session, terminal.print, terminal);
	const isStale = flags.confirmDeletions !== undefined && prepared.some(({plan}) => waitsForWord(plan));
	if (isStale) terminal.note('The deletions are not the ones that were approved, so nothing was written.');
	const planned = isStale ? [] : prepared.filter(item => item.type === 'planned');
	const isAsked = planned.length > 0 && !flags.dryRun;
	if (isJson && isAsked && !flags.yes) printPlans(prepared, session, terminal.note, terminal);
	const isApproved = isAsked && (await approveSyncs(planned, flags.yes === true, terminal));
	const executed = isApproved ? await executeSyncs(session, planned, wish, terminal) : [];
	if (isJson) terminal.print(jsonText(syncJson(prepared, executed)));
	else
		for (const item of executed)
			terminal.print(executedText(item, {surface: terminal.output, where: session.where}).join('\n'));
	const code = exitCodeOf(prepared, executed, isAsked && !isApproved);
	if (flags.wait === undefined || (isAsked && !isApproved)) return code;
	const isHeld = session.tracker.worker().mode === 'reconcile';
	const options = {timeoutMilliseconds: flags.wait, terminal, isHeld};
	const isDone = await waitForHealth(session.tracker, words, options);
	return code === exitCodes.ok && !isDone ? exitCodes.differs : code;
}

/** After a token was given: it was for another list. What was approved together does not happen in part. */
function waitsForWord(plan: Plan | undefined): boolean {
	return plan?.deletion.type === 'needs-confirmation';
}

function printPlans(
	prepared: readonly Prepared[],
	{where}: Session,
	print: (text: string) => void,
	terminal: Terminal,
): void {
	const surface = terminal.output;
	for (const item of prepared) {
		if (item.type === 'planned' || (item.plan && isIncomplete(item.plan))) {
			print([...planText(item.plan!, item.application, {surface, where}), ''].join('\n'));
		} else if (item.type === 'nothing-to-do') {
			print(nothingToDo(item.plan, item.application, surface).join('\n'));
		}
		if (item.type === 'failed') {
			const mark = surface.paint(surface.glyph('bad'), 'bad');
			print(`${mark} ${safeText(`${item.application.name}: ${formatProblem(item.problem)}`)}`);
		}
	}
}

/** Trouble beats incompleteness beats success. */
function exitCodeOf(prepared: readonly Prepared[], executed: readonly Executed[], isDeclined: boolean): number {
	if (prepared.some(item => item.type === 'failed')) return exitCodes.error;
	if (executed.some(({operation, problem}) => problem && !operation)) return exitCodes.error;
	const isLeft = prepared.some(({plan}) => plan && isIncomplete(plan));
	const isFailed = executed.some(({operation}) => operation?.phase !== 'Succeeded');
	return isDeclined || isLeft || isFailed ? exitCodes.differs : exitCodes.ok;
}
