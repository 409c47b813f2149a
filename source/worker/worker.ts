import pLimit from 'p-limit';
import {inlineApplication, loadConfiguration} from '../config/load.ts';
import {matchesGlob} from '../engine/globs.ts';
import {withoutCredentials} from '../engine/inventory/repository-url.ts';
import {prepareGitEnvironment} from '../git/environment.ts';
import {createIdFactory} from '../journal/id.ts';
import {openJournal} from '../journal/journal.ts';
import type {Application} from '../model/application.ts';
import {formatProblem, HoldfastError, type Problem, toProblem} from '../model/errors.ts';
import {stringifyJson} from '../model/json.ts';
import type {GitRepository, Journal} from '../model/ports.ts';
import type {ApplicationStatus, WorkerStatus} from '../model/status.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import {createRenderer} from '../render/renderer.ts';
import {ApplicationController} from './application/application-controller.ts';
import type {Services} from './application/context.ts';
import {Children} from './child-registry.ts';
import type {ClusterSession} from './cluster-session.ts';
import {watchConfiguration} from './configuration-watch.ts';
import {createHashText} from './hashing.ts';
import type {Logger} from './log.ts';
import {createMemoryKeeper, TextPool} from './memory.ts';
import {cannotLeave, lateRepository} from './set-up-to-leave.ts';
import {SharedResources} from './shared-resources.ts';
import {StateHub} from './state-hub.ts';
import {version} from './version.ts';

/** Passes at once; requests and programs have limits of their own. */
const concurrentPasses = 64;
const setUpMilliseconds = 30_000;
const sweepMilliseconds = 60 * 60_000;

export interface WorkerEvents {
	/** Whether any client is attached. */
	hasAudience(): boolean;
	onChanges(changes: Parameters<ConstructorParameters<typeof StateHub>[0]['send']>[0]): void;
	onJournal(entry: Parameters<Services['record']>[0]): void;
}

/** Everything that touches Git, the cluster or the disk, for all applications of one configuration. */
export class Worker {
	readonly #options: WorkerOptions;
	readonly #log: Logger;
	readonly #journal: Journal;
	readonly #services: Services;
	readonly #renderer: ReturnType<typeof createRenderer>;
	readonly #shared: SharedResources;
	readonly #hub: StateHub;
	readonly #controllers = new Map<string, ApplicationController>();
	/** Applications that could not even be set up, each with its reason. */
	readonly #failed = new Map<string, {application: Application; problem: Problem}>();
	/** Of each application the newest attempt to set it up. */
	readonly #turns = new Map<string, symbol>();
	readonly #children: Children;
	readonly #firstPasses = new Map<string, Promise<void>>();
	/** Names of applications by what they depend on. */
	readonly #dependents = new Map<string, Set<string>>();
	readonly #startedAt = Date.now();
	readonly #passes = pLimit(concurrentPasses);
	#problems: readonly Problem[] = [];
	#production: readonly string[] = [];
	#stopWatching: (() => void) | undefined;
	#sweepTimer: NodeJS.Timeout | undefined;
	#setUpTimer: NodeJS.Timeout | undefined;
	readonly #texts = new TextPool();
	readonly #memory = createMemoryKeeper();
	readonly #reloading = pLimit(1);

	constructor(options: WorkerOptions, log: Logger, events: WorkerEvents) {
		this.#options = options;
		this.#log = log;
		prepareGitEnvironment();
		this.#journal = openJournal({directory: options.stateDirectory, now: Date.now});
		this.#renderer = createRenderer({});
		const newId = createIdFactory(Date.now, Math.random);
		this.#children = new Children({
			controller: name => this.#controllers.get(name),
			isTaken: name => this.#controllers.has(name) || this.#failed.has(name),
			add: application => this.#add(application),
			remove: name => this.#remove(name),
			failure: name => this.#failed.get(name)?.problem ?? null,
			statusOf: name => this.#statusOf(name),
			isSameMeaning: (left, right) => meaningOf(left) === meaningOf(right),
			names: () => [...this.#controllers.keys(), ...this.#failed.keys()],
		});
		this.#services = {
			children: this.#children,
			renderer: this.#renderer,
			journal: this.#journal,
			hash: createHashText(this.#journal.hashKey),
			mode: options.mode,
			share: text => this.#texts.share(text),
			clock: Date.now,
			newId,
			record: entry => {
				this.#journal.append(entry);
				events.onJournal(entry);
			},
		};
		this.#hub = new StateHub({
			statusOf: name => this.#statusOf(name),
			workerStatus: () => this.workerStatus(),
			hasAudience: () => events.hasAudience(),
			send: changes => events.onChanges(changes),
		});
		this.#journal.onProblemChange(() => this.#hub.workerChanged());
		this.#shared = new SharedResources({
			...(options.kubeconfig ? {kubeconfig: options.kubeconfig} : {}),
			...(options.context ? {context: options.context} : {}),
			cacheDirectory: options.cacheDirectory,
			userAgent: `holdfast/${version}`,
			log,
			clock: Date.now,
			onChange: () => this.#hub.workerChanged(),
			onClusterReplaced: session => void this.#replaceCluster(session),
			onClusterBack: session => this.#reconcileAll(session),
		});
	}

	/** Reads the configuration and begins. Rejects only when no configuration can be read at all. */
	async start(): Promise<void> {
		await this.reload();
		if (this.#options.configuration.type === 'files') {
			this.#stopWatching = watchConfiguration(this.#options.configuration.paths, () => {
				this.reload().catch(error => this.#log.warn({problem: toProblem(error)}, 'configuration could not be read'));
			});
		}
		this.#sweepTimer = setInterval(() => void this.#sweep(), sweepMilliseconds);
		this.#sweepTimer.unref();
	}

	/** Reads the configuration again; only applications whose declaration changed are set up anew. */
	reload(): Promise<void> {
		// One after the other: two at once would set an application up twice, and only one of them would ever be stopped.
		return this.#reloading(() => this.#reloadNow());
	}

	async #reloadNow(): Promise<void> {
		clearTimeout(this.#setUpTimer);
		const {configuration, intervalMilliseconds} = this.#options;
		const loaded =
			configuration.type === 'inline'
				? {applications: [inlineApplication(configuration)], problems: [], productionContexts: []}
				: await loadConfiguration(
						configuration.paths,
						intervalMilliseconds === undefined ? {} : {defaultIntervalMilliseconds: intervalMilliseconds},
					);
		this.#problems = loaded.problems;
		this.#production = loaded.productionContexts;
		for (const problem of loaded.problems) this.#log.warn({problem}, formatProblem(problem));
		const wanted = new Map(loaded.applications.map(application => [application.name, application]));
		for (const name of wanted.keys()) this.#children.release(name);
		for (const [name, controller] of this.#controllers) {
			const application = wanted.get(name);
			// Those that others declare come and go with these.
			if (!application && this.#children.parentOf(name) !== null) continue;
			const isSame = application && meaningOf(application) === meaningOf(controller.application);
			if (isSame && !controller.isLeaving) {
				controller.redeclare(application);
				wanted.delete(name);
			} else if (application || loaded.problems.length === 0) {
				await this.#children.dropChildrenOf(name);
				await this.#remove(name);
				// It may have declared one more before it stopped.
				await this.#children.dropChildrenOf(name);
			}
			// While a file cannot be read, what it declared before stays as it was.
		}
		for (const [name, {application}] of this.#failed) {
			this.#failed.delete(name);
			if (this.#children.parentOf(name) !== null) wanted.set(name, application);
		}
		await Promise.all([...wanted.values()].map(application => this.#add(application)));
		this.#hub.workerChanged();
	}

	/** What could not be set up (a kubeconfig that is not mounted yet, a full disk) is tried again. */
	#setUpLater(): void {
		clearTimeout(this.#setUpTimer);
		this.#setUpTimer = setTimeout(() => {
			this.reload().catch(error => this.#log.warn({problem: toProblem(error)}, 'configuration could not be read'));
		}, setUpMilliseconds);
		this.#setUpTimer.unref();
	}

	async #add(application: Application): Promise<void> {
		const {name} = application;
		const turn = Symbol(name);
		this.#turns.set(name, turn);
		for (const dependency of application.dependsOn) {
			this.#dependents.set(dependency, (this.#dependents.get(dependency) ?? new Set()).add(name));
		}
		try {
			const [session, repository] = await Promise.all([
				this.#shared.session(application),
				this.#repository(application),
			]);
			// Removed, or set up by somebody else, while the cluster was asked: two of them would undo each other for ever.
			if (this.#turns.get(name) !== turn) return;
			const controller = new ApplicationController({
				application,
				session,
				repository,
				services: this.#services,
				log: this.#log,
				onGone: () => this.#onGone(name),
				onChange: () => {
					this.#changed(name);
					this.#memory.touch();
				},
				statusOf: other => this.#statusOf(other),
				schedule: work => this.#passes(work),
			});
			this.#controllers.set(name, controller);
			this.#firstPasses.set(name, controller.reconcile());
		} catch (error) {
			if (this.#turns.get(name) !== turn) return;
			const isToLeave = this.#children.originOf(name)?.isWithdrawn === true;
			const problem = isToLeave ? cannotLeave(application, toProblem(error)) : toProblem(error);
			this.#log.error({application: name, problem}, 'application could not be set up');
			this.#failed.set(name, {application, problem});
			this.#setUpLater();
		}
		this.#changed(name);
	}

	/** What is only to leave needs no repository for that, but for its hooks. */
	async #repository({name, source: {repoURL}}: Application): Promise<GitRepository> {
		try {
			return await this.#shared.repository(repoURL);
		} catch (error) {
			if (!this.#children.originOf(name)?.isWithdrawn) throw error;
			return lateRepository(repoURL, () => this.#shared.repository(repoURL));
		}
	}

	#changed(name: string): void {
		this.#hub.changed(name);
		const parent = this.#children.parentOf(name);
		if (parent !== null) this.#hub.changed(parent);
		for (const dependent of this.#dependents.get(name) ?? []) this.#controllers.get(dependent)?.dependencyChanged();
	}

	/** A child that had to wait for something is gone by now: its parent forgets it. */
	#onGone(name: string): void {
		const parent = this.#children.parentOf(name);
		if (parent === null) return;
		this.#children.drop(name).then(
			() => this.#controllers.get(parent)?.childIsGone(),
			error =>
				this.#log.warn({application: name, problem: toProblem(error)}, 'a child that is gone could not be let go'),
		);
	}

	async #remove(name: string): Promise<void> {
		const controller = this.#controllers.get(name);
		this.#turns.delete(name);
		this.#controllers.delete(name);
		this.#failed.delete(name);
		this.#firstPasses.delete(name);
		await controller?.stop();
		for (const dependents of this.#dependents.values()) dependents.delete(name);
		this.#changed(name);
	}

	/** Everything that lives there is set up anew, with what the journal knows of the cluster that is there now. */
	async #replaceCluster(session: ClusterSession): Promise<void> {
		await this.#reloading(async () => {
			const moved = [...this.#controllers.values()].filter(controller => controller.session === session);
			await Promise.all(moved.map(({application}) => this.#remove(application.name)));
			await this.#shared.discard(session);
			await Promise.all(moved.map(({application}) => this.#add(application)));
		});
		this.#hub.workerChanged();
	}

	#reconcileAll(session: ClusterSession): void {
		this.#log.info({context: session.cluster.context}, 'the API server is back');
		for (const controller of this.#controllers.values()) void controller.reconcile();
	}

	/** Looks at everything once by dry run: the net under the fingerprints' blind spots. */
	async #sweep(): Promise<void> {
		const before = this.counters().dryRuns;
		for (const controller of this.#controllers.values()) await controller.verify();
		this.#log.info({dryRuns: this.counters().dryRuns - before}, 'sweep done');
	}

	/** Names that exist; the problem of the first that does not. */
	select(names: readonly string[]): string[] {
		if (names.length === 0) return [...this.#controllers.keys(), ...this.#failed.keys()];
		for (const name of names) {
			if (this.#controllers.has(name) || this.#failed.has(name)) continue;
			const known = [...this.#controllers.keys()].sort().slice(0, 10).join(', ');
			throw new HoldfastError({
				code: 'ApplicationNotFound',
				message: `there is no application ${name}`,
				hint: known ? `known: ${known}` : 'the configuration declares none',
			});
		}
		return [...names];
	}

	controller(name: string): ApplicationController {
		const controller = this.#controllers.get(name);
		if (controller) return controller;
		const failed = this.#failed.get(name);
		if (failed) throw new HoldfastError(failed.problem);
		this.select([name]);
		throw new HoldfastError({code: 'ApplicationNotFound', message: `there is no application ${name}`});
	}

	/** Applications that could be set up. */
	get controllers(): readonly ApplicationController[] {
		return [...this.#controllers.values()];
	}

	statuses(names: readonly string[]): ApplicationStatus[] {
		return this.select(names).flatMap(name => this.#statusOf(name) ?? []);
	}

	/** Resolves when each application was compared once, or has said why it cannot be. */
	async settled(names: readonly string[]): Promise<void> {
		await Promise.all(this.select(names).map(name => this.#firstPasses.get(name)));
	}

	async refresh(names: readonly string[], isHard: boolean): Promise<void> {
		const controllers = this.select(names).flatMap(name => this.#controllers.get(name) ?? []);
		const repositories = new Map(controllers.map(controller => [controller.application.source.repoURL, controller]));
		await Promise.all([...repositories.values()].map(controller => controller.askRemote()));
		await Promise.all(controllers.map(controller => controller.reconcile()));
		if (isHard) for (const controller of controllers) await controller.verify();
	}

	/** Tells every client now what is different, without waiting for more of it. */
	tellChanges(): void {
		this.#hub.flush();
	}

	get journal(): Journal {
		return this.#journal;
	}

	#statusOf(name: string): ApplicationStatus | undefined {
		const failed = this.#failed.get(name);
		const parent = this.#children.parentOf(name);
		if (failed) return {...failedStatus(failed.application, failed.problem, this.#startedAt), parent};
		const status = this.#controllers.get(name)?.status();
		if (status) this.#noteRepository(status);
		return status && {...status, parent};
	}

	#noteRepository(status: ApplicationStatus): void {
		const problem = status.conditions.find(condition => condition.type === 'SourceError');
		if (status.revision === null && !problem) return;
		this.#shared.noteRepository({
			repoURL: status.repoURL,
			state: problem ? 'stale' : 'live',
			since: problem?.since ?? Date.now(),
			...(problem ? {problem: problem.problem} : {}),
		});
	}

	counters(): WorkerStatus['counters'] {
		const total = {reads: 0, writes: 0, dryRuns: 0, watches: 0, retries: 0};
		for (const {cluster} of this.#shared.sessions) {
			for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += cluster.counters[name];
		}
		return {
			...total,
			renders: this.#renderer.counters.renders,
			renderCacheHits: this.#renderer.counters.cacheHits,
			fetches: this.#shared.fetches,
			residentBytes: process.memoryUsage.rss(),
		};
	}

	workerStatus(): WorkerStatus {
		const {configuration, mode, logFile} = this.#options;
		return {
			pid: process.pid,
			version,
			startedAt: this.#startedAt,
			mode,
			configuration:
				configuration.type === 'files' ? configuration.paths.join(', ') : withoutCredentials(configuration.repoURL),
			logFile,
			connections: this.#shared.connections(context => this.#production.some(glob => matchesGlob(glob, context))),
			repositories: this.#shared.repositories(),
			counters: this.counters(),
			problems: [...this.#problems, ...(this.#journal.problem ? [this.#journal.problem] : [])],
		};
	}

	/** Finishes what is being applied, writes the journal, and lets go of everything. */
	async stop(): Promise<void> {
		this.#stopWatching?.();
		this.#memory.stop();
		clearInterval(this.#sweepTimer);
		clearTimeout(this.#setUpTimer);
		await Promise.allSettled([...this.#controllers.values()].map(controller => controller.stop()));
		this.#hub.flush();
		await this.#shared.close();
		this.#journal.flush();
		this.#journal.close();
	}
}

/** Everything a declaration says, without where it stands: a comment added above changes nothing. */
function meaningOf({declaredAt: _declaredAt, notices: _notices, ...meaning}: Application): string {
	return stringifyJson(meaning);
}

function failedStatus(application: Application, problem: Problem, since: number): ApplicationStatus {
	return {
		name: application.name,
		context: application.destination.context ?? application.destination.server ?? '',
		namespace: application.destination.namespace,
		repoURL: withoutCredentials(application.source.repoURL),
		path: application.source.path,
		target: application.source.target.value,
		revision: null,
		syncedRevision: null,
		syncedAt: null,
		syncStatus: 'Unknown',
		health: {status: 'Unknown'},
		operation: null,
		counts: {objects: 0, synced: 0, outOfSync: 0, missing: 0, toPrune: 0, drifted: 0, failed: 0},
		drift: [],
		conditions: [{type: 'ComparisonError', problem, since}],
		isAutomated: application.syncPolicy.automated !== undefined,
		isHealing: false,
		holds: [],
		parent: null,
		dependsOn: application.dependsOn,
		sourceSeenAt: null,
		clusterSeenAt: null,
	};
}
