import {stopsSync} from '../../engine/hold/lifecycle.ts';
import type {SyncPlan} from '../../engine/plan/types.ts';
import type {OperationState} from '../../model/status.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {planSync} from './planning.ts';
import {backoffMilliseconds, isTransient} from './retry.ts';
import type {SyncRequest} from './running-operation.ts';
import {dependencyProblems, untilWindowChange, windowProblem} from './sync-gates.ts';

/** setTimeout takes no longer delay (about 24 days). */
const longestDelayMilliseconds = 2 ** 31 - 1;

/**
 * Whether a pass syncs by itself, and what: one attempt for each render, then retries as the policy says, never against a
 * window, a hold or a dependency that is not ready. null: nothing to do, or not now; conditions say why. `isAskedFor`:
 * somebody asked for the pass, so a retry does not wait for its time.
 */
export async function decideAutomatedSync(
	context: ApplicationContext,
	{isAskedFor}: {isAskedFor: boolean},
): Promise<{plan: SyncPlan; request: SyncRequest} | null> {
	const {application, services, state} = context;
	if (services.mode !== 'reconcile' || !application.syncPolicy.automated || application.isSuspended) return null;
	const closed = windowProblem(context, {isManual: false, ignoreWindows: false});
	setCondition(context, 'SyncWindow', closed ? [closed] : []);
	if (closed || !state.isCompared || !state.isRenderComplete) return null;
	if (stopsSync(state.inventory.holds, services.clock())) return null;
	const {operation} = state;
	const isRetry = state.attemptedRenderKey === state.renderKey;
	const isRetryDue = isRetry && operation?.phase === 'Failed';
	if (isRetry && operation?.phase === 'AwaitingConfirmation') return null;
	// A pass that comes for other reasons does not use up the retries.
	const isTooEarly = !isAskedFor && (operation?.retryAt ?? 0) > services.clock();
	if (isRetryDue && (isTooEarly || !mayRetry(context, operation))) return null;
	const plan = await planSync(context, {leavesDrift: true});
	const isWorthwhile = plan.steps.some(step => step.items.length > 0);
	const asksAnew = !isRetry && (plan.deletion.type === 'needs-confirmation' || plan.deletion.type === 'refused');
	// With nothing left to do a failure is over; saying so costs no request.
	const isOver = operation?.phase === 'Failed';
	const isWanted = isWorthwhile || asksAnew || isOver;
	const unready = isWanted ? dependencyProblems(context) : [];
	setCondition(context, 'DependencyNotReady', unready);
	if (!isWanted || unready.length > 0) return null;
	state.attemptedRenderKey = state.renderKey;
	const attempt = isRetryDue ? operation.attempt + 1 : 1;
	return {plan, request: {initiatedBy: isRetryDue ? 'retry' : 'automated', attempt}};
}

function mayRetry({application}: ApplicationContext, operation: OperationState): boolean {
	// What a person ended is begun again by a person, or by another commit.
	if (operation.failureCodes.includes('SyncEnded')) return false;
	return operation.attempt <= application.syncPolicy.retry.limit || isTransient(operation);
}

/**
 * Milliseconds until a sync that failed is tried again, noted on its operation; `interval` when it is not. Transient causes
 * are tried for ever at the slowest pace, others only as often as the policy says.
 */
export function scheduleRetry(context: ApplicationContext, operation: OperationState, interval: number): number {
	const {application, log, services, state} = context;
	// What made way for a newer commit, or for a person, is no failure to wait for.
	if (operation.failureCodes.includes('Superseded')) return 0;
	if (!mayRetry(context, operation)) {
		log.warn({attempt: operation.attempt}, 'sync is not tried again until Git changes');
		return interval;
	}
	const {retry} = application.syncPolicy;
	const delay = backoffMilliseconds({
		attempt: operation.attempt,
		first: retry.backoffMilliseconds,
		factor: retry.factor,
		maximum: retry.maximumMilliseconds,
	});
	state.operation = {...operation, retryAt: services.clock() + delay};
	return delay;
}

/** Milliseconds until a retry that waits, or until sync windows open or close. */
export function untilNextMoment(context: ApplicationContext): number {
	const {phase, retryAt} = context.state.operation ?? {};
	const untilRetry = phase === 'Failed' && retryAt !== undefined ? retryAt - context.services.clock() : 0;
	const moments = [untilRetry, untilWindowChange(context) ?? 0].filter(milliseconds => milliseconds > 0);
	return Math.min(longestDelayMilliseconds, ...moments);
}
