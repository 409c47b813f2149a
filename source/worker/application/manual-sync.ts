import type {SyncPlan} from '../../engine/plan/types.ts';
import type {Problem} from '../../model/errors.ts';
import type {Hold} from '../../model/hold.ts';
import {nameOf} from '../../model/object.ts';
import type {SyncAnswer, SyncParameters} from '../../protocol/messages/sync.ts';
import {checkInFlight} from '../change/in-flight.ts';
import type {ApplicationContext} from './context.ts';
import {currentHolds} from './holds.ts';
import {type PlanOptions, planSync, selectedKeys} from './planning.ts';
import {dependencyProblems, windowProblem} from './sync-gates.ts';
import {runPlan} from './sync-operation.ts';

/** A person's sync of what was just compared: the plan, what is in its way, and unless it is a dry run, its execution. */
export async function syncByHand(
	context: ApplicationContext,
	parameters: SyncParameters,
): Promise<SyncAnswer & {readonly plan: SyncPlan}> {
	const plan = await planSync(context, planOptions(context, parameters));
	const held = heldProblem(context, plan, parameters);
	if (held) return {plan, problem: held};
	const closed = windowProblem(context, {isManual: true, ignoreWindows: parameters.ignoreWindows ?? false});
	const reverting = await checkInFlight(context);
	const unready = [...(reverting ? [reverting] : []), ...dependencyProblems(context)];
	const warnings = closed && parameters.dryRun ? [closed, ...unready] : unready;
	const warned = warnings.length > 0 ? {warnings} : {};
	if (parameters.dryRun) return {plan, ...warned};
	const problem = closed ?? sourceProblem(context);
	if (problem) return {plan, problem};
	if (parameters.expectedRevision && parameters.expectedRevision !== plan.revision) {
		return {plan, problem: planChanged(parameters.expectedRevision, plan.revision)};
	}
	if (!plan.isSelective) context.state.attemptedRenderKey = context.state.renderKey;
	const operation = await runPlan(context, plan, {
		initiatedBy: parameters.initiatedBy,
		attempt: 1,
		overridesHolds: parameters.overrideHold === true,
	});
	return {plan, operation, ...warned};
}

function planOptions(context: ApplicationContext, parameters: SyncParameters): PlanOptions {
	return {
		...(parameters.prune === undefined ? {} : {prune: parameters.prune}),
		...(parameters.confirmDeletions ? {confirmation: parameters.confirmDeletions} : {}),
		// Of an application that is held as a whole the plan shows what the hold keeps from happening.
		overridesHolds: parameters.overrideHold === true || wholeHold(context) !== undefined,
		...(parameters.waitForHealth === undefined ? {} : {waitsForHealth: parameters.waitForHealth}),
		...(parameters.only ? {only: selectedKeys(context, parameters.only)} : {}),
	};
}

function wholeHold(context: ApplicationContext): Hold | undefined {
	return currentHolds(context).find(({scope}) => scope.type === 'application');
}

/** A held application is synced by nobody who did not see what that would overwrite. */
function heldProblem(context: ApplicationContext, plan: SyncPlan, {overrideHold}: SyncParameters): Problem | undefined {
	const hold = wholeHold(context);
	if (!hold || overrideHold) return undefined;
	const overwritten = plan.held.map(({ref, paths}) => [nameOf(ref), paths.join(', ')].join(' ').trim());
	const what = overwritten.length > 0 ? `a sync would overwrite ${overwritten.join('; ')}` : 'nothing of it drifted';
	return {
		code: 'Held',
		message: `${context.application.name} is held by ${hold.owner}${hold.reason ? ` (${hold.reason})` : ''}; ${what}`,
		hint: 'resume it, or sync with --override-hold',
	};
}

/** Why there is nothing to sync to: the newest commit cannot be rendered, or nothing was ever pulled. */
function sourceProblem({state: {conditions, renderedRevision}}: ApplicationContext): Problem | undefined {
	const types = renderedRevision === null ? ['RenderError', 'SourceError'] : ['RenderError'];
	return [...conditions.values()].find(({type}) => types.includes(type))?.problem;
}

/** What a person approved is what is carried out, or nothing is. */
function planChanged(approved: string, current: string): Problem {
	return {
		code: 'PlanChanged',
		message: `the plan was for ${approved.slice(0, 7)}, but Git is at ${current.slice(0, 7)} by now`,
		hint: 'look at the new plan and approve that one',
	};
}
