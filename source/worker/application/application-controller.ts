import type {HoldWish} from '../../engine/hold/make-hold.ts';
import type {ParentRecord} from '../../engine/inventory/types.ts';
import type {Application} from '../../model/application.ts';
import {HoldfastError, type Problem} from '../../model/errors.ts';
import type {Hold, HoldScope} from '../../model/hold.ts';
import type {GitRepository} from '../../model/ports/git/repository.ts';
import type {ApplicationStatus, OperationState, ResourceStatus} from '../../model/status.ts';
import type {DiffAnswer} from '../../protocol/messages/diff.ts';
import type {SyncAnswer, SyncParameters} from '../../protocol/messages/sync.ts';
import type {ClusterSession} from '../cluster-session.ts';
import type {Logger} from '../log.ts';
import {Beginning} from './beginning.ts';
import {compareAnew, Judgements, noteSynced, verifyAll} from './comparison.ts';
import type {ApplicationContext, Services} from './context.ts';
import {Departure} from './departure.ts';
import {DependencyWatch} from './dependency-watch.ts';
import {diff} from './diff.ts';
import {createDriftHandler} from './drift-handler.ts';
import {endSync, endWait} from './end-sync.ts';
import {HoldKeeper} from './holds.ts';
import {takeHolds} from './holds-changed.ts';
import {initialState} from './initial-state.ts';
import {isToLeave} from './leave.ts';
import {syncByHand} from './manual-sync.ts';
import {createObserver} from './observer.ts';
import {PassSchedule} from './pass-schedule.ts';
import {noteSuspended, reconcilePass, settlePass, suspended} from './reconcile-pass.ts';
import {StandingTimes} from './standing-times.ts';
import {applicationStatus, resourceStatuses} from './status.ts';

export interface ControllerOptions {
	readonly application: Application;
	readonly session: ClusterSession;
	readonly repository: GitRepository;
	readonly services: Services;
	readonly log: Logger;
	/** The application looks different now. */
	readonly onChange: () => void;
	/** It left, and nothing of it is there any more. */
	readonly onGone: () => void;
	/** How another application of this worker is. */
	readonly statusOf: (application: string) => ApplicationStatus | undefined;
	/** Runs the heavy part of a reconciliation when there is room: a thousand applications do not start at once. */
	readonly schedule: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

/**
 * One application held to Git: pulls, renders, compares, plans, applies, and answers for its state. Its work runs one
 * piece after the other; drift is seen and healed meanwhile, object by object.
 */
export class ApplicationController {
	readonly #context: ApplicationContext;
	readonly #schedule: PassSchedule;
	readonly #departure: Departure;
	readonly #drift = createDriftHandler();
	readonly #judgements = new Judgements();
	readonly #holds: HoldKeeper;
	readonly #dependencies: DependencyWatch;
	readonly #beginning: Beginning;
	readonly #times: StandingTimes;
	readonly #failures = {count: 0};

	constructor(options: ControllerOptions) {
		const observer = createObserver(() => this.#context, this.#drift.handle);
		this.#schedule = new PassSchedule({
			pass: asked => this.#pass(asked),
			onWish: () => this.#context.state.running?.lookNow?.(),
			whenThereIsRoom: options.schedule,
		});
		this.#context = {
			application: options.application,
			session: options.session,
			repository: options.repository,
			services: options.services,
			log: options.log.child({application: options.application.name}),
			state: initialState(options.application),
			subscriber: observer,
			changed: options.onChange,
			replay: observer.replay,
			isStopped: false,
			handleDrift: this.#drift.handle,
			statusOf: options.statusOf,
			requestPass: () => this.#schedule.soon(),
			judging: judgement => this.#judgements.add(judgement),
		};
		this.#times = new StandingTimes(this.#context);
		this.#departure = new Departure(this.#context, {lookAgain: () => this.#schedule.soon(), onGone: options.onGone});
		this.#holds = new HoldKeeper(this.#context, {onHoldsChanged: () => this.#onHoldsChanged()});
		this.#beginning = new Beginning(this.#context, () => this.#holds.follow());
		this.#dependencies = new DependencyWatch(this.#context, () => void this.#schedule.enqueue());
	}

	get isLeaving(): boolean {
		return this.#context.state.leaving !== 'no';
	}

	get session(): ClusterSession {
		return this.#context.session;
	}

	get application(): Application {
		return this.#context.application;
	}

	/** For requests that look at the application without taking its turn: a sync may run for minutes. */
	get context(): ApplicationContext {
		return this.#context;
	}

	/** Pauses healing; what stands drifted stays as it is from here on. Rejects with HoldfastError. */
	async hold(wish: HoldWish): Promise<Hold> {
		await this.#beginning.done();
		return this.#holds.place(wish);
	}

	/** Ends holds; healing goes on as the policy says, because nobody changed it. Answers with the holds that were ended. */
	async resume(wish: {ids: readonly string[]; scope?: HoldScope; by: string}): Promise<Hold[]> {
		await this.#beginning.done();
		return this.#holds.resume(wish);
	}

	/** Whoever is held back, or stands drifted, is looked at with other eyes now. */
	#onHoldsChanged(): void {
		this.#drift.reconsider(this.#context);
		takeHolds(this.#context);
		this.#schedule.soon();
	}

	/** Asks the remote anew, for everybody who shares it; what goes wrong is said by the pass that follows. */
	async askRemote(): Promise<void> {
		const {repository, application} = this.#context;
		await repository.pull(application.source.target, {isFresh: true}).catch(() => {});
	}

	/** Pulls, compares, and syncs where the policy says so. Calls that come while one waits share it. */
	reconcile(): Promise<void> {
		return this.#schedule.ask();
	}

	#pass(asked: {isAskedFor: boolean}): Promise<number> {
		const context = this.#context;
		return settlePass(context, this.#failures, async interval => {
			noteSuspended(context);
			await this.#beginning.done();
			if (isToLeave(context)) {
				await this.#departure.goOn();
				return interval;
			}
			return reconcilePass(context, this.#failures, interval, {judgements: this.#judgements, ...asked});
		});
	}

	/** A pass in a few seconds, one for however many ask. */
	passSoon(): void {
		this.#schedule.soon();
	}

	/** Its record may go now, however often that was tried before. */
	childIsGone(): void {
		this.#context.state.attemptedRenderKey = '';
		this.passSoon();
	}

	/**
	 * Deletes everything the application made, because its declaration left Git, and its inventory at last. Answers null
	 * when that is done, else what it waits for; it is tried again by itself, and by a person's sync.
	 */
	leave(parent: ParentRecord): Promise<Problem | null> {
		return this.#schedule.inTurn(async () => {
			await this.#beginning.done();
			return this.#departure.leaveFor(parent);
		});
	}

	/** A person's sync: compares anew, shows the plan, and carries it out unless it is a dry run. */
	sync(parameters: SyncParameters): Promise<SyncAnswer> {
		endWait(this.#context, parameters.initiatedBy);
		return this.#schedule.inTurn(async () => {
			const context = this.#context;
			await this.#beginning.done();
			if (isToLeave(context)) return this.#departure.sync(parameters);
			if (context.application.isSuspended) throw new HoldfastError(suspended(context.application.name));
			await compareAnew(context, this.#judgements);
			const answer = await syncByHand(context, parameters);
			if (answer.operation && !answer.plan.isSelective) noteSynced(context);
			return answer;
		});
	}

	/** Compares anew, and answers with what a sync would change. */
	diff(): Promise<DiffAnswer> {
		return this.#schedule.inTurn(async () => {
			await this.#beginning.done();
			return diff(this.#context, this.#judgements);
		});
	}

	/** Proves every object by a dry run, a few at a time. */
	verify(): Promise<void> {
		return verifyAll(this.#context, this.#drift.handle);
	}

	status(): ApplicationStatus {
		return this.#times.note(applicationStatus(this.#context));
	}

	/** Ends the running sync after what it is writing; answers with what it had done. */
	endSync(by: string): Promise<OperationState> {
		return endSync(this.#context, by);
	}

	/** Something about an application that this one depends on is different: a sync that waits for it may go on. */
	dependencyChanged(): void {
		this.#dependencies.changed();
	}

	resources(): ResourceStatus[] {
		return resourceStatuses(this.#context);
	}

	/** Nothing is written after this resolves. */
	async stop(): Promise<void> {
		this.#context.isStopped = true;
		this.#dependencies.stop();
		this.#context.state.running?.stop.wake();
		this.#drift.stop();
		this.#holds.stop();
		this.#beginning.leaveInventory();
		await this.#schedule.stop();
		await this.#judgements.passed();
		this.#beginning.leaveObjects();
	}

	/** Takes a declaration that means the same but stands elsewhere now. */
	redeclare(application: Application): void {
		this.#context.application = application;
	}
}
