import {heldBackHash} from '../../engine/hold/held-body.ts';
import type {HoldWish} from '../../engine/hold/make-hold.ts';
import {inventoryName} from '../../engine/inventory/record.ts';
import type {ParentRecord} from '../../engine/inventory/types.ts';
import type {Application} from '../../model/application.ts';
import {HoldfastError, type Problem} from '../../model/errors.ts';
import type {Hold, HoldScope} from '../../model/hold.ts';
import type {GitRepository} from '../../model/ports.ts';
import type {ApplicationStatus, OperationState, ResourceStatus} from '../../model/status.ts';
import type {DiffAnswer, SyncAnswer, SyncParameters} from '../../protocol/messages.ts';
import type {ClusterSession} from '../cluster-session.ts';
import type {Logger} from '../log.ts';
import {compareAnew, Judgements, noteSynced, verifyAll} from './comparison.ts';
import type {ApplicationContext, Services} from './context.ts';
import {DependencyWatch} from './dependency-watch.ts';
import {createDriftHandler} from './drift-handler.ts';
import {takeOwed} from './held-items.ts';
import {currentHolds, HoldKeeper} from './holds.ts';
import {initialState} from './initial-state.ts';
import {noteInventory} from './inventory-keeper.ts';
import {isToLeave, type LeaveOptions, type LeaveOutcome, leaveOnce, waitsForParent} from './leave.ts';
import {syncByHand} from './manual-sync.ts';
import {createObserver} from './observer.ts';
import {admitLeaving, noteParent} from './parentage.ts';
import {PassSchedule} from './pass-schedule.ts';
import {planSync} from './planning.ts';
import {previewPlan} from './preview.ts';
import {recall} from './recall.ts';
import {noteSuspended, reconcilePass, settlePass, suspended} from './reconcile-pass.ts';
import {isAutomaticInitiator} from './running-operation.ts';
import {StandingTimes} from './standing-times.ts';
import {applicationStatus, resourceStatuses} from './status.ts';
import {dependencyProblems} from './sync-gates.ts';
import type {TrackedObject} from './tracked-object.ts';

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
	readonly #onGone: () => void;
	readonly #drift = createDriftHandler();
	readonly #judgements = new Judgements();
	readonly #holds: HoldKeeper;
	readonly #dependencies: DependencyWatch;
	#initialising: Promise<void> | undefined;
	readonly #times: StandingTimes;
	#isInitialised = false;
	readonly #failures = {count: 0};

	constructor(options: ControllerOptions) {
		const observer = createObserver(() => this.#context, this.#drift.handle);
		this.#schedule = new PassSchedule({
			pass: asked => this.#pass(asked),
			onWish: () => this.#context.state.running?.lookNow?.(),
			whenThereIsRoom: options.schedule,
		});
		this.#onGone = options.onGone;
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
		this.#holds = new HoldKeeper(this.#context, {onHoldsChanged: () => this.#onHoldsChanged()});
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
		await this.#initialise();
		return this.#holds.place(wish);
	}

	/** Ends holds; healing goes on as the policy says, because nobody changed it. Answers with the holds that were ended. */
	async resume(wish: {ids: readonly string[]; scope?: HoldScope; by: string}): Promise<Hold[]> {
		await this.#initialise();
		return this.#holds.resume(wish);
	}

	/** Whoever is held back, or stands drifted, is looked at with other eyes now. */
	#onHoldsChanged(): void {
		const {state} = this.#context;
		this.#drift.reconsider(this.#context);
		// What was left out of the last sync is owed now.
		if (takeOwed(this.#context) || [...state.objects.values()].some(isHeldBackNow)) state.attemptedRenderKey = '';
		const stopping = currentHolds(this.#context).find(({includesSync}) => includesSync);
		// A person's sync is ended by a person.
		if (stopping && state.operation && isAutomaticInitiator(state.operation.initiatedBy)) {
			state.running?.stop.request({code: 'SyncEnded', message: `ended by the hold of ${stopping.owner}`});
		}
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
			await this.#initialise();
			if (isToLeave(context)) {
				await this.#leaveFurther();
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

	/** Once: who the cluster is, what the inventory says, what the journal remembers. */
	async #initialise(): Promise<void> {
		this.#initialising ??= this.#initialiseNow();
		try {
			await this.#initialising;
		} catch (error) {
			this.#initialising = undefined;
			throw error;
		}
	}

	async #initialiseNow(): Promise<void> {
		const context = this.#context;
		const {state, session, application} = context;
		await recall(context);
		session.watches.subscribe(state.applySetId, context.subscriber);
		this.#isInitialised = true;
		this.#holds.follow();
		void session.inventoryWatch.follow(
			application.destination.namespace,
			inventoryName(application.name),
			configMap => {
				void noteInventory(context, configMap).then(isNews => isNews && this.#holds.follow());
			},
		);
	}

	/**
	 * Deletes everything the application made, because its declaration left Git, and its inventory at last. Answers null
	 * when that is done, else what it waits for; it is tried again by itself, and by a person's sync.
	 */
	leave(parent: ParentRecord): Promise<Problem | null> {
		return this.#schedule.inTurn(() => this.#leaveFor(parent));
	}

	async #leaveFor(parent: ParentRecord | undefined): Promise<Problem | null> {
		await this.#initialise();
		// It never made anything.
		if (this.#context.state.inventory.resourceVersion === undefined) return null;
		if (!this.isLeaving) await noteParent(this.#context);
		admitLeaving(this.#context, parent);
		return (await this.#leaveNow({})).obstacle;
	}

	get #parent(): ParentRecord | undefined {
		return this.#context.services.children.originOf(this.application.name)?.parent;
	}

	/** A pass while leaving: whoever declared it is told when it is gone. */
	async #leaveFurther(): Promise<void> {
		if (waitsForParent(this.#context)) return;
		if ((await this.#leaveFor(this.#parent)) === null) this.#onGone();
	}

	async #leaveNow(options: LeaveOptions): Promise<LeaveOutcome> {
		await this.#initialise();
		const outcome = await leaveOnce(this.#context, options);
		// What is being deleted already needs only to be looked at again.
		if (outcome.obstacle?.code === 'StillTerminating') this.#schedule.soon();
		return outcome;
	}

	/** A person's sync: compares anew, shows the plan, and carries it out unless it is a dry run. */
	sync(parameters: SyncParameters): Promise<SyncAnswer> {
		this.#endWait(parameters.initiatedBy);
		return this.#schedule.inTurn(async () => {
			const context = this.#context;
			await this.#initialise();
			if (isToLeave(context)) return this.#syncLeaving(parameters);
			if (context.application.isSuspended) throw new HoldfastError(suspended(context.application.name));
			await compareAnew(this.#context, this.#judgements);
			const answer = await syncByHand(context, parameters);
			if (answer.operation && !answer.plan.isSelective) noteSynced(context);
			return answer;
		});
	}

	/** Of an application that is leaving only one thing can be asked: that it goes on. */
	async #syncLeaving({dryRun, confirmDeletions, overrideHold = false}: SyncParameters): Promise<SyncAnswer> {
		const options = {overridesHolds: overrideHold, ...(confirmDeletions ? {confirmation: confirmDeletions} : {})};
		if (dryRun) {
			return {plan: await planSync(this.#context, {...options, overridesHolds: true, prune: true, isLeaving: true})};
		}
		admitLeaving(this.#context, this.#parent);
		const {plan, operation, obstacle} = await this.#leaveNow({...options, withoutHooks: true});
		if (!obstacle) this.#onGone();
		return {plan, operation, ...(obstacle?.code === 'Held' ? {problem: obstacle} : {})};
	}

	/** An automatic sync that only waits does not keep a person waiting; what it waits for is waited for again. */
	#endWait(by: string): void {
		const {running} = this.#context.state;
		if (running?.lookNow) running.stop.request({code: 'Superseded', message: `${by} asked for a sync meanwhile`});
	}

	diff(): Promise<DiffAnswer> {
		return this.#schedule.inTurn(async () => {
			await this.#initialise();
			await compareAnew(this.#context, this.#judgements);
			const plan = await planSync(this.#context, {});
			const answer = await previewPlan(this.#context, plan);
			const conditions = [...this.#context.state.conditions.values()];
			const problems = conditions.filter(({type}) => type === 'RenderError' || type === 'SourceError');
			const unready = dependencyProblems(this.#context);
			return {...answer, problems: [...problems.map(({problem}) => problem), ...unready, ...answer.problems]};
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
	async endSync(by: string): Promise<OperationState> {
		const {running} = this.#context.state;
		if (!running) {
			throw new HoldfastError({
				code: 'NothingToEnd',
				message: `no sync of ${this.application.name} runs now`,
				hint: 'automatic syncs are stopped by a hold that includes syncs',
			});
		}
		running.stop.request({code: 'SyncEnded', message: `ended by ${by}`});
		return running.ended;
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
		const {destination, name} = this.#context.application;
		this.#context.session.inventoryWatch.leave(destination.namespace, inventoryName(name));
		await this.#schedule.stop();
		await this.#judgements.passed();
		if (this.#isInitialised) this.#context.session.watches.unsubscribe(this.#context.state.applySetId);
	}

	/** Takes a declaration that means the same but stands elsewhere now. */
	redeclare(application: Application): void {
		this.#context.application = application;
	}
}

const isHeldBackNow = ({fingerprint, desired}: TrackedObject): boolean =>
	fingerprint !== null && desired !== null && fingerprint.desiredHash === heldBackHash(desired.desiredHash);
