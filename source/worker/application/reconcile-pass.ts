import {expire} from '../../engine/heal/flip-history.ts';
import {formatProblem, type Problem, toProblem} from '../../model/errors.ts';
import type {OperationState} from '../../model/status.ts';
import {checkInFlight} from '../change/in-flight.ts';
import {decideAutomatedSync, scheduleRetry, untilNextMoment} from './automated-sync.ts';
import {resumeChildren} from './children.ts';
import {type Judgements, learnWhatIsNew, noteSynced} from './comparison.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {noteParent} from './parentage.ts';
import {backoffMilliseconds} from './retry.ts';
import {refreshSource} from './source.ts';
import {runPlan} from './sync-operation.ts';

export interface PassParts {
	readonly judgements: Judgements;
	/** Somebody asked for it: a retry does not wait for its time. */
	readonly isAskedFor: boolean;
}

/** Passes of one application that failed, one after the other. */
export interface PassFailures {
	count: number;
}

/**
 * Does what a pass does; resolves with the milliseconds until the next one. What goes wrong is a condition of the
 * application, and tried again sooner. Never rejects.
 */
export async function settlePass(
	context: ApplicationContext,
	failures: PassFailures,
	work: (interval: number) => Promise<number>,
): Promise<number> {
	const interval = jitter(context.application.source.intervalMilliseconds);
	try {
		return await work(interval);
	} catch (error) {
		const problem = toProblem(error);
		context.log.warn({problem}, formatProblem(problem));
		setCondition(context, 'ComparisonError', [problem]);
		failures.count++;
		const backoff = backoffMilliseconds({attempt: failures.count, first: 1_000, factor: 2, maximum: 30_000});
		return Math.min(interval, backoff);
	} finally {
		context.changed();
	}
}

/** Pulls, renders, asks the cluster about what is new, and syncs where the policy says so. Resolves as above. */
export async function reconcilePass(
	context: ApplicationContext,
	failures: PassFailures,
	interval: number,
	parts: PassParts,
): Promise<number> {
	await noteParent(context);
	const outcome = await refreshSource(context);
	await compare(context, parts.judgements);
	context.state.flips = expire(context.state.flips, context.services.clock());
	const operation = await syncIfDue(context, parts);
	noteSynced(context);
	const next = operation?.phase === 'Failed' ? scheduleRetry(context, operation, interval) : interval;
	if (outcome.type !== 'failed') failures.count = 0;
	return Math.min(next, untilNextMoment(context));
}

async function compare(context: ApplicationContext, judgements: Judgements): Promise<void> {
	const {state} = context;
	await resumeChildren(context);
	if (state.renderedRevision !== null) await learnWhatIsNew(context, judgements);
	setCondition(
		context,
		'ComparisonError',
		state.blocked.map(({problem}) => problem),
	);
	const {operation} = state;
	const failed = operation?.phase === 'Failed' ? [{code: 'SyncFailed', message: operation.message}] : [];
	setCondition(context, 'SyncError', failed);
}

/** undefined: there was nothing to do, or a revert is under way that would be undone by it. */
async function syncIfDue(context: ApplicationContext, {isAskedFor}: PassParts): Promise<OperationState | undefined> {
	if (await checkInFlight(context)) return undefined;
	const decided = await decideAutomatedSync(context, {isAskedFor});
	return decided ? runPlan(context, decided.plan, decided.request) : undefined;
}

/** Says that an application is suspended, or no longer is. */
export function noteSuspended(context: ApplicationContext): void {
	const {application} = context;
	setCondition(context, 'Suspended', application.isSuspended ? [suspended(application.name)] : []);
}

export function suspended(name: string): Problem {
	return {
		code: 'Suspended',
		message: `${name} is declared as suspended`,
		hint: 'take `suspend` out of its declaration to sync it',
	};
}

function jitter(milliseconds: number): number {
	return milliseconds * (0.9 + Math.random() * 0.2);
}
