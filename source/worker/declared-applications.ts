import pLimit from 'p-limit';
import {type Configuration, inlineApplication, loadConfiguration} from '../config/load.ts';
import {matchesGlob} from '../engine/globs.ts';
import type {Application} from '../model/application.ts';
import {formatProblem, type Problem, toProblem} from '../model/errors.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import type {ApplicationSet} from './application-set.ts';
import {watchConfiguration} from './configuration-watch.ts';
import type {Logger} from './log.ts';
import {isSameMeaning} from './same-meaning.ts';

const setUpMilliseconds = 30_000;

export interface DeclaredApplicationsOptions {
	readonly options: Pick<WorkerOptions, 'configuration' | 'intervalMilliseconds'>;
	readonly applications: ApplicationSet;
	readonly log: Logger;
	/** The configuration was read. */
	readonly onRead: () => void;
}

/** Keeps the set of applications to what the configuration declares. */
export class DeclaredApplications {
	readonly #options: DeclaredApplicationsOptions;
	readonly #reloading = pLimit(1);
	#problems: readonly Problem[] = [];
	#production: readonly string[] = [];
	#stopWatching: (() => void) | undefined;
	#setUpTimer: NodeJS.Timeout | undefined;

	constructor(options: DeclaredApplicationsOptions) {
		this.#options = options;
	}

	/** What is wrong with the configuration as it was read last. */
	get problems(): readonly Problem[] {
		return this.#problems;
	}

	isProduction(context: string): boolean {
		return this.#production.some(glob => matchesGlob(glob, context));
	}

	/** Reads the configuration, and again whenever its files change. Rejects only when none can be read at all. */
	async start(): Promise<void> {
		await this.reload();
		const {configuration} = this.#options.options;
		if (configuration.type === 'files') {
			this.#stopWatching = watchConfiguration(configuration.paths, () => this.#tryReload());
		}
	}

	/** Reads the configuration again; only applications whose declaration changed are set up anew. */
	reload(): Promise<void> {
		return this.inTurn(() => this.#reloadNow());
	}

	/** One after the other: two at once would set an application up twice, and only one of them would ever be stopped. */
	inTurn(work: () => Promise<void>): Promise<void> {
		return this.#reloading(work);
	}

	/** What could not be set up (a kubeconfig that is not mounted yet, a full disk) is tried again. */
	setUpLater(): void {
		clearTimeout(this.#setUpTimer);
		this.#setUpTimer = setTimeout(() => this.#tryReload(), setUpMilliseconds);
		this.#setUpTimer.unref();
	}

	stop(): void {
		this.#stopWatching?.();
		clearTimeout(this.#setUpTimer);
	}

	#tryReload(): void {
		const {log} = this.#options;
		this.reload().catch(error => log.warn({problem: toProblem(error)}, 'configuration could not be read'));
	}

	async #reloadNow(): Promise<void> {
		clearTimeout(this.#setUpTimer);
		const {applications, problems, productionContexts} = await this.#read();
		this.#problems = problems;
		this.#production = productionContexts;
		for (const problem of problems) this.#options.log.warn({problem}, formatProblem(problem));
		const wanted = new Map(applications.map(application => [application.name, application]));
		for (const name of wanted.keys()) this.#options.applications.children.release(name);
		await this.#letGo(wanted, problems.length === 0);
		for (const application of this.#options.applications.forgetFailed()) wanted.set(application.name, application);
		await Promise.all([...wanted.values()].map(application => this.#options.applications.add(application)));
		this.#options.onRead();
	}

	async #read(): Promise<Omit<Configuration, 'files'>> {
		const {configuration, intervalMilliseconds} = this.#options.options;
		if (configuration.type === 'inline') {
			return {applications: [inlineApplication(configuration)], problems: [], productionContexts: []};
		}
		return loadConfiguration(
			configuration.paths,
			intervalMilliseconds === undefined ? {} : {defaultIntervalMilliseconds: intervalMilliseconds},
		);
	}

	/** Stops what is declared no more, or otherwise; takes what stays as it is out of `wanted`. */
	async #letGo(wanted: Map<string, Application>, isComplete: boolean): Promise<void> {
		const set = this.#options.applications;
		for (const controller of set.controllers) {
			const {name} = controller.application;
			// A child that went with its parent a moment ago.
			if (set.find(name) !== controller) continue;
			const application = wanted.get(name);
			// Those that others declare come and go with these.
			if (!application && set.children.parentOf(name) !== null) continue;
			const isSame = application && isSameMeaning(application, controller.application);
			if (isSame && !controller.isLeaving) {
				controller.redeclare(application);
				wanted.delete(name);
			} else if (application || isComplete) {
				await set.children.dropChildrenOf(name);
				await set.remove(name);
				// It may have declared one more before it stopped.
				await set.children.dropChildrenOf(name);
			}
			// While a file cannot be read, what it declared before stays as it was.
		}
	}
}
