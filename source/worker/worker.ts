import {prepareGitEnvironment} from '../git/environment.ts';
import {createIdFactory} from '../journal/id.ts';
import {openJournal} from '../journal/journal.ts';
import type {Journal} from '../model/ports/journal.ts';
import type {ApplicationStatus, WorkerStatus} from '../model/status.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import {createRenderer} from '../render/renderer.ts';
import type {ApplicationController} from './application/application-controller.ts';
import type {Services} from './application/context.ts';
import {ApplicationSet} from './application-set.ts';
import {replaceCluster} from './cluster-replacement.ts';
import type {ClusterSession} from './cluster-session.ts';
import {DeclaredApplications} from './declared-applications.ts';
import {createHashText} from './hashing.ts';
import type {Logger} from './log.ts';
import {createMemoryKeeper, TextPool} from './memory.ts';
import {SharedResources} from './shared-resources.ts';
import {StateHub} from './state-hub.ts';
import {startSweeping} from './sweep.ts';
import {version} from './version.ts';
import {workerCounters, workerStatus} from './worker-status.ts';

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
	readonly #renderer = createRenderer({});
	readonly #shared: SharedResources;
	readonly #hub: StateHub;
	readonly #applications: ApplicationSet;
	readonly #declared: DeclaredApplications;
	readonly #memory = createMemoryKeeper();
	readonly #startedAt = Date.now();
	readonly #stopping = new AbortController();
	#stopSweeping: (() => void) | undefined;

	constructor(options: WorkerOptions, log: Logger, events: WorkerEvents) {
		this.#options = options;
		this.#log = log;
		prepareGitEnvironment();
		this.#journal = openJournal({directory: options.stateDirectory, now: Date.now});
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
		this.#applications = new ApplicationSet({
			shared: this.#shared,
			services: this.#createServices(events),
			log,
			onChange: name => {
				this.#hub.changed(name);
				this.#memory.touch();
			},
			onFailure: () => this.#declared.setUpLater(),
		});
		this.#declared = new DeclaredApplications({
			options,
			applications: this.#applications,
			log,
			onRead: () => this.#hub.workerChanged(),
		});
	}

	#createServices(events: WorkerEvents): Omit<Services, 'children'> {
		const texts = new TextPool();
		return {
			renderer: this.#renderer,
			journal: this.#journal,
			hash: createHashText(this.#journal.hashKey),
			mode: this.#options.mode,
			share: text => texts.share(text),
			clock: Date.now,
			newId: createIdFactory(Date.now, Math.random),
			record: entry => {
				this.#journal.append(entry);
				events.onJournal(entry);
			},
		};
	}

	/** Reads the configuration and begins. Rejects only when no configuration can be read at all. */
	async start(): Promise<void> {
		await this.#declared.start();
		this.#stopSweeping = startSweeping({
			controllers: () => this.#applications.controllers,
			dryRuns: () => this.#counters().dryRuns,
			log: this.#log,
		});
	}

	/** Reads the configuration again; only applications whose declaration changed are set up anew. */
	reload(): Promise<void> {
		return this.#declared.reload();
	}

	/** Everything that lives there is set up anew, with what the journal knows of the cluster that is there now. */
	async #replaceCluster(session: ClusterSession): Promise<void> {
		await this.#declared.inTurn(() =>
			replaceCluster(session, {
				applications: this.#applications,
				discard: discarded => this.#shared.discard(discarded),
				log: this.#log,
				signal: this.#stopping.signal,
			}),
		);
		this.#hub.workerChanged();
	}

	#reconcileAll(session: ClusterSession): void {
		this.#log.info({context: session.cluster.context}, 'the API server is back');
		for (const controller of this.#applications.controllers) void controller.reconcile();
	}

	/** Names that exist (none given: all of them); throws ApplicationNotFound for the first that does not. */
	select(names: readonly string[]): string[] {
		return this.#applications.select(names);
	}

	/** Throws ApplicationNotFound, or why the application could not be set up. */
	controller(name: string): ApplicationController {
		return this.#applications.controller(name);
	}

	/** Applications that could be set up. */
	get controllers(): readonly ApplicationController[] {
		return this.#applications.controllers;
	}

	statuses(names: readonly string[]): ApplicationStatus[] {
		return this.select(names).flatMap(name => this.#statusOf(name) ?? []);
	}

	/** Resolves when each application was compared once, or has said why it cannot be. */
	async settled(names: readonly string[]): Promise<void> {
		await this.#applications.settled(this.select(names));
	}

	async refresh(names: readonly string[], isHard: boolean): Promise<void> {
		const controllers = this.select(names).flatMap(name => this.#applications.find(name) ?? []);
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
		const status = this.#applications.statusOf(name);
		if (status) this.#shared.noteRepository(status);
		return status;
	}

	#counters(): WorkerStatus['counters'] {
		return workerCounters(this.#shared, this.#renderer.counters);
	}

	workerStatus(): WorkerStatus {
		return workerStatus(this.#options, {
			startedAt: this.#startedAt,
			shared: this.#shared,
			counters: this.#counters(),
			problems: [...this.#declared.problems, ...(this.#journal.problem ? [this.#journal.problem] : [])],
			isProduction: context => this.#declared.isProduction(context),
		});
	}

	/** Finishes what is being applied, writes the journal, and lets go of everything. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		this.#declared.stop();
		this.#memory.stop();
		this.#stopSweeping?.();
		await this.#applications.stop();
		this.#hub.flush();
		await this.#shared.close();
		this.#journal.flush();
		this.#journal.close();
	}
}
