import type {ParentRecord} from '../../engine/inventory/types.ts';
import type {Problem} from '../../model/errors.ts';
import type {SyncAnswer, SyncParameters} from '../../protocol/messages/sync.ts';
import type {ApplicationContext} from './context.ts';
import {type LeaveOptions, type LeaveOutcome, leaveOnce, waitsForParent} from './leave.ts';
import {admitLeaving, noteParent} from './parentage.ts';
import {planSync} from './planning.ts';

export interface DepartureOptions {
	/** It is to be looked at again in a few seconds. */
	readonly lookAgain: () => void;
	/** It left, and nothing of it is there any more. */
	readonly onGone: () => void;
}

/**
 * How an application goes when its declaration left Git: what its parent, a pass and a person make of that. Each is called
 * in the application's turn, once it knows its inventory.
 */
export class Departure {
	readonly #context: ApplicationContext;
	readonly #options: DepartureOptions;

	constructor(context: ApplicationContext, options: DepartureOptions) {
		this.#context = context;
		this.#options = options;
	}

	/** One try for the parent that lets it go. Answers null when it is gone, else what it waits for. */
	async leaveFor(parent: ParentRecord | undefined): Promise<Problem | null> {
		const {state} = this.#context;
		// It never made anything.
		if (state.inventory.resourceVersion === undefined) return null;
		if (state.leaving === 'no') await noteParent(this.#context);
		admitLeaving(this.#context, parent);
		return (await this.#leave({})).obstacle;
	}

	/** A pass while leaving: whoever declared it is told when it is gone. */
	async goOn(): Promise<void> {
		if (waitsForParent(this.#context)) return;
		if ((await this.leaveFor(this.#parent)) === null) this.#options.onGone();
	}

	/** Of an application that is leaving a person can ask only one thing: that it goes on. */
	async sync({dryRun, confirmDeletions, overrideHold = false}: SyncParameters): Promise<SyncAnswer> {
		const options = {overridesHolds: overrideHold, ...(confirmDeletions ? {confirmation: confirmDeletions} : {})};
		if (dryRun) {
			return {plan: await planSync(this.#context, {...options, overridesHolds: true, prune: true, isLeaving: true})};
		}
		admitLeaving(this.#context, this.#parent);
		const {plan, operation, obstacle} = await this.#leave({...options, withoutHooks: true});
		if (!obstacle) this.#options.onGone();
		return {plan, operation, ...(obstacle?.code === 'Held' ? {problem: obstacle} : {})};
	}

	get #parent(): ParentRecord | undefined {
		const {services, application} = this.#context;
		return services.children.originOf(application.name)?.parent;
	}

	async #leave(options: LeaveOptions): Promise<LeaveOutcome> {
		const outcome = await leaveOnce(this.#context, options);
		// What is being deleted already needs only to be looked at again.
		if (outcome.obstacle?.code === 'StillTerminating') this.#options.lookAgain();
		return outcome;
	}
}
