import {formatProblem} from '../../model/errors.ts';
import {describeEnded, describeOperation, type OperationMark} from '../../model/operation-text.ts';
import type {OperationState} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Executed} from '../sync/execute.ts';
import type {Surface, Tone} from '../terminal/surface.ts';
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
	return [
		`${mark} ${safeText(describeEnded(application, operation))}`,
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

const tones: Readonly<Record<OperationMark, Tone>> = {
	good: 'good',
	differs: 'warning',
	bad: 'bad',
	paused: 'warning',
	busy: 'busy',
};

function headline(name: string, operation: OperationState, blocked: number, surface: Surface): string {
	const {mark, text} = describeOperation(name, operation, blocked);
	return `${surface.paint(surface.glyph(mark), tones[mark])} ${text}`;
}
