import pLimit from 'p-limit';
import {expire} from '../../engine/heal/flip-history.ts';
import {heldBackHash} from '../../engine/hold/held-body.ts';
import type {HoldWish} from '../../engine/hold/make-hold.ts';
import {inventoryName} from '../../engine/inventory/record.ts';
import type {SyncPlan} from '../../engine/plan/types.ts';
import type {Application} from '../../model/application.ts';
import {formatProblem, HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import type {Hold, HoldScope} from '../../model/hold.ts';
import type {GitRepository} from '../../model/ports.ts';
import type {ApplicationStatus, OperationState, ResourceStatus} from '../../model/status.ts';
import type {DiffAnswer, SyncAnswer, SyncParameters} from '../../protocol/messages.ts';
import {checkInFlight} from '../change/in-flight.ts';
import type {ClusterSession} from '../cluster-session.ts';
import type {Logger} from '../log.ts';
import {decideAutomatedSync, scheduleRetry, untilNextMoment} from './automated-sync.ts';
import {resumeChildren} from './children.ts';
import {type ApplicationContext, type Services, setCondition} from './context.ts';
import {DependencyWatch} from './dependency-watch.ts';
import {createDriftHandler} from './drift-handler.ts';
import {HoldKeeper} from './holds.ts';
import {haveHooksChanged} from './hook-record.ts';
import {initialState} from './initial-state.ts';
import {noteInventory} from './inventory-keeper.ts';
import {verify} from './judgement.ts';
import {learn, meetAgain, settle, watchKinds} from './knowledge.ts';
import {type LeaveOptions, type LeaveOutcome, leaveOnce} from './leave.ts';
import {syncByHand} from './manual-sync.ts';
import {createObserver} from './observer.ts';
import {planSync} from './planning.ts';
import {previewPlan} from './preview.ts';
import {recall} from './recall.ts';
import {backoffMilliseconds} from './retry.ts';
import {isAutomaticInitiator} from './running-operation.ts';
import {refreshSource} from './source.ts';
import {StandingTimes} from './standing-times.ts';
import {applicationStatus, resourceStatuses} from './status.ts';
import {dependencyProblems} from './sync-gates.ts';
import {runPlan} from './sync-operation.ts';
import type {TrackedObject} from './tracked-object.ts';

const sweepConcurrency = 2;
const passSoonMilliseconds = 3_000;

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
	readonly #schedule: ControllerOptions['schedule'];
	readonly #onGone: () => void;
	readonly #drift = createDriftHandler();
	readonly #inTurn = pLimit(1);
	readonly #judgements = new Set<Promise<void>>();
	readonly #holds: HoldKeeper;
	readonly #dependencies: DependencyWatch;
	#initialising: Promise<void> | undefined;
	readonly #times = new StandingTimes();
	#isInitialised = false;
	#waitingPass: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#failures = 0;
	#soon: NodeJS.Timeout | undefined;
	/** Somebody asked for the next pass: a retry does not wait for its time then. */
	#isAskedFor = false;

	constructor(options: ControllerOptions) {
		const observer = createObserver(() => this.#context, this.#drift.handle);
		this.#schedule = options.schedule;
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
			requestPass: () => this.#passSoon(),
			judging: judgement => {
				this.#judgements.add(judgement);
				void judgement.finally(() => this.#judgements.delete(judgement));
			},
		};
		this.#holds = new HoldKeeper(this.#context, {onHoldsChanged: () => this.#onHoldsChanged()});
		this.#dependencies = new DependencyWatch(this.#context, () => void this.#enqueuePass());
	}

	get isLeaving(): boolean {
		return this.#context.state.isLeaving;
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
		const hold = await this.#holds.place(wish);
		const {running, operation} = this.#context.state;
		// A person's sync is ended by a person.
		if (hold.includesSync && operation && isAutomaticInitiator(operation.initiatedBy)) {
			running?.stop.request({code: 'SyncEnded', message: `ended by the hold of ${hold.owner}`});
		}
		return hold;
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
		if ([...state.objects.values()].some(isHeldBackNow)) state.attemptedRenderKey = '';
		this.#passSoon();
	}

	/** Asks the remote anew, for everybody who shares it; what goes wrong is said by the pass that follows. */
	async askRemote(): Promise<void> {
		const {repository, application} = this.#context;
		await repository.pull(application.source.target, {isFresh: true}).catch(() => {});
	}

	/** Pulls, compares, and syncs where the policy says so. Calls that come while one waits share it. */
	reconcile(): Promise<void> {
		this.#isAskedFor = true;
		return this.#enqueuePass();
	}

	#enqueuePass(): Promise<void> {
		// Whoever asks may know of a push that ends the wait of the sync that runs now.
		this.#context.state.running?.lookNow?.();
		this.#waitingPass ??= this.#inTurn(async () => {
			this.#waitingPass = undefined;
			if (!this.#context.isStopped) await this.#schedule(() => this.#pass());
		});
		return this.#waitingPass;
	}

	async #pass(): Promise<void> {
		clearTimeout(this.#timer);
		const context = this.#context;
		let nextMilliseconds = jitter(context.application.source.intervalMilliseconds);
		try {
			if (context.state.isLeaving) {
				await this.#leaveFurther();
				return;
			}
			setCondition(context, 'Suspended', context.application.isSuspended ? [suspended(context.application.name)] : []);
			await this.#initialise();
			const outcome = await refreshSource(context);
			await resumeChildren(context);
			if (context.state.renderedRevision !== null) await this.#learnWhatIsNew();
			setCondition(
				context,
				'ComparisonError',
				context.state.blocked.map(({problem}) => problem),
			);
			setCondition(context, 'SyncError', this.#lastSyncProblem());
			context.state.flips = expire(context.state.flips, context.services.clock());
			const operation = (await checkInFlight(context)) ? undefined : await this.#syncIfAutomated();
			this.#noteSynced();
			if (operation?.phase === 'Failed') nextMilliseconds = scheduleRetry(context, operation, nextMilliseconds);
			nextMilliseconds = Math.min(nextMilliseconds, untilNextMoment(context));
			if (outcome.type === 'unchanged' || outcome.type === 'rendered') this.#failures = 0;
		} catch (error) {
			const problem = toProblem(error);
			context.log.warn({problem}, formatProblem(problem));
			setCondition(context, 'ComparisonError', [problem]);
			this.#failures++;
			const backoff = backoffMilliseconds({attempt: this.#failures, first: 1_000, factor: 2, maximum: 30_000});
			nextMilliseconds = Math.min(nextMilliseconds, backoff);
		} finally {
			this.#isAskedFor = false;
			context.changed();
			if (!this.#context.isStopped) this.#timer = setTimeout(() => void this.#enqueuePass(), nextMilliseconds);
			this.#timer?.unref();
		}
	}

	/** Asks the cluster about what is new in Git, and about kinds that could not be listened to before. */
	async #learnWhatIsNew(): Promise<void> {
		const {state} = this.#context;
		const watched = state.watched.size;
		if (state.isCompared && !state.needsLearning) await watchKinds(this.#context);
		if (!state.isCompared || state.needsLearning || state.watched.size > watched) await this.#learn();
		else await meetAgain(this.#context, isForeign);
	}

	/** A pass in a few seconds, one for however many ask. */
	passSoon(): void {
		this.#passSoon();
	}

	#passSoon(): void {
		if (this.#soon || this.#context.isStopped) return;
		this.#soon = setTimeout(() => {
			this.#soon = undefined;
			void this.#enqueuePass();
		}, passSoonMilliseconds);
		this.#soon.unref();
	}

	/** Compared is what has been judged: also drift that was made while nobody watched. */
	async #learn(): Promise<void> {
		await learn(this.#context);
		await this.#judged();
		this.#context.state.isCompared = true;
	}

	async #judged(): Promise<void> {
		while (this.#judgements.size > 0) await Promise.all(this.#judgements);
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
	leave(): Promise<Problem | null> {
		return this.#inTurn(async () => (await this.#leaveNow({})).obstacle);
	}

	/** A pass while leaving: whoever declared it is told when it is gone. */
	async #leaveFurther(): Promise<void> {
		const {obstacle} = await this.#leaveNow({});
		if (!obstacle) this.#onGone();
	}

	async #leaveNow(options: LeaveOptions): Promise<LeaveOutcome> {
		await this.#initialise();
		const outcome = await leaveOnce(this.#context, options, plan => this.#run(plan, 'automated', 1));
		// What is being deleted already needs only to be looked at again.
		if (outcome.obstacle?.code === 'StillTerminating') this.#passSoon();
		return outcome;
	}

	/** A person's sync: compares anew, shows the plan, and carries it out unless it is a dry run. */
	sync(parameters: SyncParameters): Promise<SyncAnswer> {
		this.#endWait(parameters.initiatedBy);
		return this.#inTurn(async () => {
			const context = this.#context;
			if (context.state.isLeaving) return this.#syncLeaving(parameters);
			if (context.application.isSuspended) throw new HoldfastError(suspended(context.application.name));
			await this.#compare();
			const answer = await syncByHand(context, parameters);
			if (answer.operation && !answer.plan.isSelective) this.#noteSynced();
			return answer;
		});
	}

	/** Of an application that is leaving only one thing can be asked: that it goes on. */
	async #syncLeaving({dryRun, confirmDeletions, overrideHold = false}: SyncParameters): Promise<SyncAnswer> {
		const options = {overridesHolds: overrideHold, ...(confirmDeletions ? {confirmation: confirmDeletions} : {})};
		if (dryRun) {
			return {plan: await planSync(this.#context, {...options, overridesHolds: true, prune: true, isLeaving: true})};
		}
		const {plan, operation, obstacle} = await this.#leaveNow(options);
		if (!obstacle) this.#onGone();
		return {plan, operation, ...(obstacle?.code === 'Held' ? {problem: obstacle} : {})};
	}

	/** An automatic sync that only waits does not keep a person waiting; what it waits for is waited for again. */
	#endWait(by: string): void {
		const {running} = this.#context.state;
		if (running?.lookNow) running.stop.request({code: 'Superseded', message: `${by} asked for a sync meanwhile`});
	}

	diff(): Promise<DiffAnswer> {
		return this.#inTurn(async () => {
			await this.#compare();
			const plan = await planSync(this.#context, {});
			const answer = await previewPlan(this.#context, plan);
			const conditions = [...this.#context.state.conditions.values()];
			const problems = conditions.filter(({type}) => type === 'RenderError' || type === 'SourceError');
			const unready = dependencyProblems(this.#context);
			return {...answer, problems: [...problems.map(({problem}) => problem), ...unready, ...answer.problems]};
		});
	}

	async #compare(): Promise<void> {
		await this.#initialise();
		await refreshSource(this.#context, {isFresh: true});
		await resumeChildren(this.#context);
		if (this.#context.state.renderedRevision === null) return;
		await this.#learnWhatIsNew();
		await meetAgain(this.#context, tracked => isForeign(tracked) || isMissing(tracked));
		await this.#judged();
	}

	/** Proves every object by a dry run, a few at a time. */
	async verify(): Promise<void> {
		const limit = pLimit(sweepConcurrency);
		const tracked = [...this.#context.state.objects.values()];
		await Promise.all(
			tracked.map(object =>
				limit(() =>
					object.fingerprint
						? verify(this.#context, object, this.#drift.handle)
						: object.desired && object.presence === 'present'
							? settle(this.#context, object)
							: Promise.resolve(),
				),
			),
		);
		this.#context.changed();
	}

	async #syncIfAutomated(): Promise<OperationState | undefined> {
		const decided = await decideAutomatedSync(this.#context, {isAskedFor: this.#isAskedFor});
		return decided ? runPlan(this.#context, decided.plan, decided.request) : undefined;
	}

	#run(plan: SyncPlan, initiatedBy: string, attempt: number): Promise<OperationState> {
		return runPlan(this.#context, plan, {initiatedBy, attempt});
	}

	/** When nothing differs any more, the newest commit is the one that is live, also when it changed nothing of ours. */
	#noteSynced(): void {
		const {state, services} = this.#context;
		const status = applicationStatus(this.#context);
		if (status.syncStatus !== 'Synced' || state.syncedRevision === state.renderedRevision) return;
		// Objects are as in Git, but hooks are owed still.
		if (haveHooksChanged(state)) return;
		state.syncedRevision = state.renderedRevision;
		state.syncedAt = services.clock();
		this.#context.changed();
	}

	#lastSyncProblem() {
		const {operation} = this.#context.state;
		return operation?.phase === 'Failed' ? [{code: 'SyncFailed', message: operation.message}] : [];
	}

	status(): ApplicationStatus {
		return this.#times.note(applicationStatus(this.#context), this.#context.services.clock());
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
		clearTimeout(this.#timer);
		clearTimeout(this.#soon);
		this.#dependencies.stop();
		this.#context.state.running?.stop.wake();
		this.#drift.stop();
		this.#holds.stop();
		const {destination, name} = this.#context.application;
		this.#context.session.inventoryWatch.leave(destination.namespace, inventoryName(name));
		await this.#inTurn(async () => {});
		await this.#judged();
		if (this.#isInitialised) this.#context.session.watches.unsubscribe(this.#context.state.applySetId);
	}

	/** Takes a declaration that means the same but stands elsewhere now. */
	redeclare(application: Application): void {
		this.#context.application = application;
	}
}

const isHeldBackNow = ({fingerprint, desired}: TrackedObject): boolean =>
	fingerprint !== null && desired !== null && fingerprint.desiredHash === heldBackHash(desired.desiredHash);
const isForeign = (tracked: TrackedObject): boolean => tracked.foreignOwner !== null;
const isMissing = (tracked: TrackedObject): boolean => tracked.presence === 'missing' && tracked.fingerprint === null;

function suspended(name: string): Problem {
	return {
		code: 'Suspended',
		message: `${name} is declared as suspended`,
		hint: 'take `suspend` out of its declaration to sync it',
	};
}

function jitter(milliseconds: number): number {
	return milliseconds * (0.9 + Math.random() * 0.2);
}
