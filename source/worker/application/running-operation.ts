import type {SyncPlan, SyncStep} from '../../engine/plan/types.ts';
import {formatProblem, type Problem} from '../../model/errors.ts';
import type {Hold} from '../../model/hold.ts';
import {nameOf} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import type {ObjectResult, OperationState} from '../../model/status.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {describeHold} from './holds.ts';
import {endedCodes, SyncStop} from './sync-stop.ts';

/** Results kept with an operation and in the journal: failures first, then changes. */
const maximumResults = 200;

export interface SyncRequest {
	/** `automated`, `retry` or `user@host`. */
	readonly initiatedBy: string;
	readonly attempt: number;
	/** A person said to write and delete also what is held. */
	readonly overridesHolds?: boolean;
}

/** Whether nobody asked for it: then anybody may end it. */
export function isAutomaticInitiator(initiatedBy: string): boolean {
	return initiatedBy === 'automated' || initiatedBy === 'retry';
}

/** Steps that write or wait; a plan without any has nothing to do. */
export function workingSteps(plan: SyncPlan): readonly SyncStep[] {
	return plan.steps.filter(step => step.items.length > 0 || step.awaits.length > 0);
}

/** Keeps the operation's visible state while it runs, and writes it down at the end. */
export class RunningOperation {
	readonly #context: ApplicationContext;
	readonly #plan: SyncPlan;
	readonly #failures: ObjectResult[] = [];
	readonly #changes: ObjectResult[] = [];
	readonly #codes = new Set<string>();
	readonly #counts = {created: 0, changed: 0, deleted: 0, failed: 0};
	#hooksRun = 0;
	#held = 0;
	/** Ends this sync when somebody asks for it. */
	readonly stop = new SyncStop();
	readonly isAutomatic: boolean;
	readonly overridesHolds: boolean;

	constructor(context: ApplicationContext, plan: SyncPlan, request: SyncRequest) {
		this.#context = context;
		this.#plan = plan;
		this.isAutomatic = isAutomaticInitiator(request.initiatedBy);
		this.overridesHolds = request.overridesHolds ?? false;
		const steps = workingSteps(plan);
		this.#set({
			id: context.services.newId(),
			phase: 'Running',
			syncPhase: steps[0]?.phase ?? 'Sync',
			wave: steps[0]?.wave ?? 0,
			initiatedBy: request.initiatedBy,
			revision: plan.revision,
			startedAt: context.services.clock(),
			step: 0,
			steps: steps.length,
			done: 0,
			total: steps.reduce((sum, step) => sum + step.items.length, 0),
			message: steps[0]?.title ?? 'nothing to do',
			results: [],
			failureCodes: [],
			attempt: request.attempt,
		});
	}

	get hasFailures(): boolean {
		return this.#counts.failed > 0;
	}

	get #state(): OperationState {
		return this.#context.state.operation as OperationState;
	}

	#set(state: OperationState): void {
		this.#context.state.operation = state;
		this.#context.changed();
	}

	beginStep(step: SyncStep, index: number): void {
		const {phase, wave, title} = step;
		this.#set({...this.#state, step: index, syncPhase: phase, wave, message: title});
	}

	/** Hooks that run because the sync failed come on top of what was planned. */
	beginFailureStep(step: SyncStep): void {
		const {steps, total} = this.#state;
		this.#set({...this.#state, steps: steps + 1, total: total + step.items.length});
		this.beginStep(step, steps);
	}

	fail(item: PlanItem, problem: Problem): void {
		this.#codes.add(problem.code);
		this.add(item, 'Failed', formatProblem(problem));
	}

	add(item: PlanItem, result: ObjectResult['result'], message?: string): void {
		const entry: ObjectResult = {object: nameOf(item.ref), action: item.action, result, ...(message ? {message} : {})};
		if (result === 'Failed') {
			this.#counts.failed++;
			this.#failures.push(entry);
		} else if (result === 'Succeeded') {
			if (item.action === 'create') this.#counts.created++;
			else if (item.action === 'change') this.#counts.changed++;
			else if (item.action === 'delete') this.#counts.deleted++;
			else this.#hooksRun++;
			if (this.#changes.length < maximumResults) this.#changes.push(entry);
		} else {
			this.#changes.unshift(entry);
		}
		this.#set({...this.#state, done: this.#state.done + 1});
	}

	/** Somebody holds it by now: it is left as it is, and owed when the hold is over. */
	leave(item: PlanItem, hold: Hold): void {
		this.#held++;
		this.add(item, 'Skipped', describeHold(hold));
	}

	/** It was written, but for fields that somebody holds. */
	leaveFields(item: PlanItem, hold: Hold, paths: readonly string[]): void {
		this.#held++;
		this.add(item, 'Succeeded', `but for ${paths.join(', ')}: ${describeHold(hold)}`);
	}

	finish(problem?: Problem): OperationState {
		const {services, application} = this.#context;
		const {deletion, blocked} = this.#plan;
		const failedMessage = problem ? this.#describe(problem) : this.firstFailure;
		const awaits = deletion.type === 'needs-confirmation' && !failedMessage;
		if (problem) this.#codes.add(problem.code);
		const phase = failedMessage ? 'Failed' : awaits ? 'AwaitingConfirmation' : 'Succeeded';
		const finishedAt = services.clock();
		const results = [...this.#failures, ...this.#changes].slice(0, maximumResults);
		const message =
			failedMessage ?? (deletion.type === 'needs-confirmation' ? deletion.reason : this.#summary(blocked.length));
		this.#set({
			...this.#state,
			phase,
			finishedAt,
			message,
			results,
			failureCodes: [...this.#codes],
			...(deletion.type === 'needs-confirmation'
				? {confirmation: {token: deletion.token, deletions: deletion.objects}}
				: {}),
		});
		setCondition(
			this.#context,
			'SyncError',
			failedMessage ? [problem ?? {code: 'SyncFailed', message: failedMessage}] : [],
		);
		setCondition(
			this.#context,
			'DeletionBlocked',
			deletion.type === 'needs-confirmation' ? [{code: 'DeletionNeedsConfirmation', message: deletion.reason}] : [],
		);
		if (this.#state.total > 0 || failedMessage || awaits) {
			services.record({
				type: 'sync',
				id: this.#state.id,
				time: finishedAt,
				application: application.name,
				revision: this.#plan.revision,
				initiatedBy: this.#state.initiatedBy,
				phase,
				message,
				duration: finishedAt - this.#state.startedAt,
				...this.#counts,
				results,
			});
		}
		return this.#state;
	}

	/** The first thing that failed, in words; undefined when nothing did. */
	get firstFailure(): string | undefined {
		const [first] = this.#failures;
		if (!first) return undefined;
		const others = this.#failures.length - 1;
		const message = first.message ?? 'failed';
		const subject = message.includes(first.object) ? '' : `${first.object}: `;
		return `${subject}${message}${others > 0 ? ` (and ${others} more)` : ''}`;
	}

	/** What a sync that was ended had done is part of how it ended. */
	#describe(problem: Problem): string {
		if (!endedCodes.has(problem.code)) return formatProblem(problem);
		const {done, total} = this.#state;
		return `${problem.message}; ${done} of ${total} was done: ${this.#summary(0)}`;
	}

	#summary(blocked: number): string {
		const {created, changed, deleted} = this.#counts;
		const parts = [
			created > 0 ? `${created} created` : '',
			changed > 0 ? `${changed} changed` : '',
			deleted > 0 ? `${deleted} deleted` : '',
			this.#hooksRun > 0 ? `${this.#hooksRun} hook${this.#hooksRun === 1 ? '' : 's'} run` : '',
			this.#held > 0 ? `${this.#held} held` : '',
			blocked > 0 ? `${blocked} blocked` : '',
		].filter(part => part !== '');
		return parts.length > 0 ? parts.join(', ') : 'nothing to do';
	}
}
