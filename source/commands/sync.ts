import type {Plan} from '../model/plan.ts';
import type {ApplicationStatus} from '../model/status.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {checkObjectName} from './line/target.ts';
import {usageError} from './line/usage-error.ts';
import {jsonText} from './print/data.ts';
import {syncJson} from './print/sync-json.ts';
import {executedText} from './print/sync-text.ts';
import {initiator, type Session, withWorker} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {selectApplications} from './session/selection.ts';
import {settle} from './session/settle.ts';
import {waitForHealth} from './session/wait.ts';
import {approveSyncs} from './sync/approve.ts';
import {endSyncs} from './sync/end.ts';
import {type Executed, executeSyncs} from './sync/execute.ts';
import {isIncomplete, isRefusal, type Prepared, prepareSyncs, type SyncWish} from './sync/prepare.ts';
import {printPlans} from './sync/print-plans.ts';
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

/** Which applications must be said, by name or by --all, and not both; a token approves one application's list. */
function checkLine({words, flags}: Line): void {
	if (flags.all && words.length > 0) throw usageError(`--all and ${words.join(' ')} exclude each other`);
	if (!flags.all && words.length === 0)
		throw usageError('sync needs APPLICATION…, or --all', 'See holdfast status for their names.');
	if (flags.confirmDeletions !== undefined && words.length !== 1) {
		throw usageError('--confirm-deletions goes with exactly one application');
	}
	if (flags.dryRun && flags.wait !== undefined) throw usageError('--dry-run and --wait exclude each other');
	if (flags.only.length > 0 && words.length !== 1) throw usageError('--only goes with exactly one application');
	for (const name of flags.only) checkObjectName('--only', name);
	for (const [name, value] of flags.end ? Object.entries(startingFlags(flags)) : []) {
		if (value) throw usageError(`--end ends a sync, and --${name} is for one that begins`);
	}
}

function startingFlags(flags: Line['flags']): Readonly<Record<string, boolean>> {
	return {
		'dry-run': flags.dryRun === true,
		prune: flags.prune !== undefined,
		'confirm-deletions': flags.confirmDeletions !== undefined,
		only: flags.only.length > 0,
		'override-hold': flags.overrideHold === true,
		'ignore-window': flags.ignoreWindow === true,
		wait: flags.wait !== undefined,
	};
}

function wishOf({flags}: Line): SyncWish {
	return {
		initiatedBy: initiator(),
		...(flags.prune !== undefined && {prune: flags.prune}),
		...(flags.confirmDeletions !== undefined && {confirmDeletions: flags.confirmDeletions}),
		...(flags.only.length > 0 && {only: [...new Set(flags.only)]}),
		...(flags.overrideHold && {overrideHold: true}),
		...(flags.ignoreWindow && {ignoreWindows: true}),
		...(flags.wait !== undefined && {waitForHealth: true}),
	};
}

async function syncApplications(
	session: Session,
	applications: readonly ApplicationStatus[],
	line: Line,
	terminal: Terminal,
): Promise<number> {
	const {flags, words} = line;
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
	const isHeld = session.tracker.worker().mode === 'reconcile';
	const options = {timeoutMilliseconds: flags.wait, terminal, isHeld};
	const isDone = await waitForHealth(session.tracker, words, options);
	return code === exitCodes.ok && !isDone ? exitCodes.differs : code;
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
