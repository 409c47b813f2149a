import pLimit from 'p-limit';
import type {Application} from '../model/application.ts';
import {HoldfastError, type Problem, toProblem} from '../model/errors.ts';
import type {GitRepository} from '../model/ports/git/repository.ts';
import type {ApplicationStatus} from '../model/status.ts';
import {ApplicationController} from './application/application-controller.ts';
import type {Services} from './application/context.ts';
import {Children} from './child-registry.ts';
import {failedStatus} from './failed-status.ts';
import type {Logger} from './log.ts';
import {cannotLeave, lateRepository} from './set-up-to-leave.ts';
import type {SharedResources} from './shared-resources.ts';

/** Passes at once; requests and programs have limits of their own. */
const concurrentPasses = 64;

export interface ApplicationSetOptions {
	readonly shared: Pick<SharedResources, 'session' | 'repository'>;
	readonly services: Omit<Services, 'children'>;
	readonly log: Logger;
	/** An application looks different now, came or went. */
	readonly onChange: (name: string) => void;
	/** One could not be set up; it is among the failed ones from now on. */
	readonly onFailure: () => void;
}

/** All applications of a worker by name: those that run, those that could not even be set up, and who depends on whom. */
export class ApplicationSet {
	readonly children: Children;
	readonly #options: ApplicationSetOptions;
	readonly #services: Services;
	readonly #controllers = new Map<string, ApplicationController>();
	/** Applications that could not even be set up, each with its reason. */
	readonly #failed = new Map<string, {application: Application; problem: Problem}>();
	/** Of each application the newest attempt to set it up. */
	readonly #turns = new Map<string, symbol>();
	readonly #firstPasses = new Map<string, Promise<void>>();
	/** Names of applications by what they depend on. */
	readonly #dependents = new Map<string, Set<string>>();
	readonly #passes = pLimit(concurrentPasses);
	readonly #startedAt: number;

	constructor(options: ApplicationSetOptions) {
		this.#options = options;
		this.#startedAt = options.services.clock();
		this.children = new Children({
			controller: name => this.find(name),
			isTaken: name => this.has(name),
			add: application => this.add(application),
			remove: name => this.remove(name),
			failure: name => this.#failed.get(name)?.problem ?? null,
			statusOf: name => this.statusOf(name),
			names: () => this.names,
		});
		this.#services = {...options.services, children: this.children};
	}

	/** Applications that could be set up. */
	get controllers(): readonly ApplicationController[] {
		return [...this.#controllers.values()];
	}

	get names(): readonly string[] {
		return [...this.#controllers.keys(), ...this.#failed.keys()];
	}

	has(name: string): boolean {
		return this.#controllers.has(name) || this.#failed.has(name);
	}

	find(name: string): ApplicationController | undefined {
		return this.#controllers.get(name);
	}

	/** Throws ApplicationNotFound, or why the application could not be set up. */
	controller(name: string): ApplicationController {
		const controller = this.#controllers.get(name);
		if (controller) return controller;
		const failed = this.#failed.get(name);
		if (failed) throw new HoldfastError(failed.problem);
		throw this.#notFound(name);
	}

	/** Names that exist (none given: all of them); the problem of the first that does not. */
	select(names: readonly string[]): string[] {
		if (names.length === 0) return [...this.names];
		const unknown = names.find(name => !this.has(name));
		if (unknown !== undefined) throw this.#notFound(unknown);
		return [...names];
	}

	#notFound(name: string): HoldfastError {
		const known = [...this.#controllers.keys()].sort().slice(0, 10).join(', ');
		return new HoldfastError({
			code: 'ApplicationNotFound',
			message: `there is no application ${name}`,
			hint: known ? `known: ${known}` : 'the configuration declares none',
		});
	}

	/** How an application is; undefined: there is none of that name. */
	statusOf(name: string): ApplicationStatus | undefined {
		const failed = this.#failed.get(name);
		const parent = this.children.parentOf(name);
		if (failed) return {...failedStatus(failed.application, failed.problem, this.#startedAt), parent};
		const status = this.#controllers.get(name)?.status();
		return status && {...status, parent};
	}

	/** Resolves when each was compared once, or has said why it cannot be. */
	async settled(names: readonly string[]): Promise<void> {
		await Promise.all(names.map(name => this.#firstPasses.get(name)));
	}

	/** Sets an application up and lets it begin. Never rejects: one that cannot be set up is among the failed ones. */
	async add(application: Application): Promise<void> {
		const {name} = application;
		const turn = Symbol(name);
		this.#turns.set(name, turn);
		for (const dependency of application.dependsOn) {
			this.#dependents.set(dependency, (this.#dependents.get(dependency) ?? new Set()).add(name));
		}
		try {
			const controller = await this.#createController(application);
			// Removed, or set up by somebody else, while the cluster was asked: two of them would undo each other for ever.
			if (this.#turns.get(name) !== turn) return;
			this.#controllers.set(name, controller);
			this.#firstPasses.set(name, controller.reconcile());
		} catch (error) {
			if (this.#turns.get(name) !== turn) return;
			const isToLeave = this.children.originOf(name)?.isWithdrawn === true;
			const problem = isToLeave ? cannotLeave(application, toProblem(error)) : toProblem(error);
			this.#options.log.error({application: name, problem}, 'application could not be set up');
			this.#failed.set(name, {application, problem});
			this.#options.onFailure();
		}
		this.#changed(name);
	}

	async #createController(application: Application): Promise<ApplicationController> {
		const {name} = application;
		const [session, repository] = await Promise.all([
			this.#options.shared.session(application),
			this.#repository(application),
		]);
		return new ApplicationController({
			application,
			session,
			repository,
			services: this.#services,
			log: this.#options.log,
			onGone: () => this.#onGone(name),
			onChange: () => this.#changed(name),
			statusOf: other => this.statusOf(other),
			schedule: work => this.#passes(work),
		});
	}

	/** What is only to leave needs no repository for that, but for its hooks. */
	async #repository({name, source: {repoURL}}: Application): Promise<GitRepository> {
		const {shared} = this.#options;
		try {
			return await shared.repository(repoURL);
		} catch (error) {
			if (!this.children.originOf(name)?.isWithdrawn) throw error;
			return lateRepository(repoURL, () => shared.repository(repoURL));
		}
	}

	/** Stops an application; what it made stays. */
	async remove(name: string): Promise<void> {
		const controller = this.#controllers.get(name);
		this.#turns.delete(name);
		this.#controllers.delete(name);
		this.#failed.delete(name);
		this.#firstPasses.delete(name);
		try {
			await controller?.stop();
		} finally {
			for (const dependents of this.#dependents.values()) dependents.delete(name);
			this.#changed(name);
		}
	}

	/** Forgets those that could not be set up; answers with those of them that others declare. */
	forgetFailed(): Application[] {
		const applications = [...this.#failed.values()].map(({application}) => application);
		this.#failed.clear();
		return applications.filter(({name}) => this.children.parentOf(name) !== null);
	}

	/** Nothing is written after this resolves. */
	async stop(): Promise<void> {
		await Promise.allSettled(this.controllers.map(controller => controller.stop()));
	}

	#changed(name: string): void {
		this.#options.onChange(name);
		const parent = this.children.parentOf(name);
		if (parent !== null) this.#options.onChange(parent);
		for (const dependent of this.#dependents.get(name) ?? []) this.#controllers.get(dependent)?.dependencyChanged();
	}

	/** A child that had to wait for something is gone by now: its parent forgets it. */
	#onGone(name: string): void {
		const parent = this.children.parentOf(name);
		if (parent === null) return;
		this.children.drop(name).then(
			() => this.#controllers.get(parent)?.childIsGone(),
			error =>
				this.#options.log.warn(
					{application: name, problem: toProblem(error)},
					'a child that is gone could not be let go',
				),
		);
	}
}
