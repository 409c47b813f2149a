import {formatDuration, shortRevision} from '../../model/ages.ts';
import {formatProblem} from '../../model/errors.ts';
import {countsOf} from '../../model/operation-text.ts';
import type {OperationState} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Executed} from '../sync/execute.ts';
import type {Surface} from '../terminal/surface.ts';
import {confirmationCommand, confirmationLines, resultLine} from './status-details.ts';

/**
 * How a sync ended: one line, then every object that failed, then what is left to a person. A list of deletions that stood
 * in the plan just shown is not repeated.
 */
export function executedText(
	{application, plan, operation, problem, isChangedPlan}: Executed,
	{surface, where}: {readonly surface: Surface; readonly where: string},
): string[] {
	const name = safeText(application.name);
	if (!operation) {
		const why = problem ? formatProblem(problem) : 'the worker did not say why';
		return [`${surface.paint(surface.glyph('bad'), 'bad')} ${name}: not synced: ${safeText(why)}`];
	}
	const left = operation.results.filter(result => result.result !== 'Succeeded');
	return [
		headline(name, operation, plan?.counts.blocked ?? 0, surface),
		...left.map(result => `  ${resultLine(result, surface)}`),
		...waitingLines(name, operation, {surface, where, isListed: !isChangedPlan}),
		...(isChangedPlan
			? [
					`  ${surface.glyph('warning')} Git or the cluster changed after the plan was shown; the counts are what was done`,
				]
			: []),
	];
}

/** A sync that a person ended: how far it came, and every object it had written; what it was writing then is in it. */
export function endedText(application: string, operation: OperationState, surface: Surface): string[] {
	const mark = surface.paint(surface.glyph('paused'), 'warning');
	const step = Math.min(operation.step + 1, operation.steps);
	const where = operation.steps > 1 ? ` in step ${step} of ${operation.steps}` : '';
	const to = shortRevision(operation.revision);
	const had =
		operation.phase === 'Succeeded'
			? `the sync to ${to} had come to its end already`
			: `the sync to ${to} was ended${where}`;
	return [
		`${mark} ${safeText(application)}: ${had}: ${countsOf(operation)}`,
		...operation.results.map(result => `  ${resultLine(result, surface)}`),
	];
}

function waitingLines(
	application: string,
	{confirmation}: OperationState,
	{surface, where, isListed}: {readonly surface: Surface; readonly where: string; readonly isListed: boolean},
): string[] {
	if (!confirmation) return [];
	const waiting = {application, where, ...confirmation};
	if (isListed)
		return [`  To delete exactly the ${confirmation.deletions.length} above: ${confirmationCommand(waiting)}`];
	return confirmationLines(waiting, surface).map(line => `  ${line}`);
}

function headline(name: string, operation: OperationState, blocked: number, surface: Surface): string {
	const counts = countsOf(operation);
	const took =
		operation.finishedAt === undefined ? '' : ` in ${formatDuration(operation.finishedAt - operation.startedAt)}`;
	const to = shortRevision(operation.revision);
	switch (operation.phase) {
		case 'Succeeded':
			return blocked > 0
				? `${surface.paint(surface.glyph('differs'), 'warning')} ${name}: synced to ${to} but for ${blocked} blocked: ${counts}${took}`
				: `${surface.paint(surface.glyph('good'), 'good')} ${name}: synced to ${to}: ${counts}${took}`;
		case 'Failed': {
			const failed = operation.results.filter(result => result.result === 'Failed').length;
			const objects = failed > 0 ? `, ${failed} failed` : `: ${safeText(operation.message)}`;
			return `${surface.paint(surface.glyph('bad'), 'bad')} ${name}: sync to ${to} failed: ${counts}${objects}${took}`;
		}
		case 'AwaitingConfirmation':
			return `${surface.paint(surface.glyph('paused'), 'warning')} ${name}: ${to} waits for a person: ${counts}${took}`;
		case 'Running':
			return `${surface.paint(surface.glyph('busy'), 'busy')} ${name}: still syncing to ${to}`;
	}
}
