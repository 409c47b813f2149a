import type {ChildRecord} from '../engine/inventory/types.ts';
import type {Application} from '../model/application.ts';
import {HoldfastError, type Problem} from '../model/errors.ts';
import type {ApplicationStatus} from '../model/status.ts';
import type {ApplicationController} from './application/application-controller.ts';
import type {ChildRegistry} from './application/child-types.ts';

/** What the registry needs of the worker. */
export interface ChildHost {
	controller(name: string): ApplicationController | undefined;
	/** Whether the configuration, or a failure to set it up, has this name already. */
	isTaken(name: string): boolean;
	add(application: Application): Promise<void>;
	remove(name: string): Promise<void>;
	statusOf(name: string): ApplicationStatus | undefined;
	isSameMeaning(left: Application, right: Application): boolean;
	names(): readonly string[];
}

/** Applications that others declare: who declared which, and how they come and go. */
export class Children implements ChildRegistry {
	readonly #host: ChildHost;
	/** Parents by child. */
	readonly #parents = new Map<string, string>();

	constructor(host: ChildHost) {
		this.#host = host;
	}

	parentOf(name: string): string | null {
		return this.#parents.get(name) ?? null;
	}

	knownNames(): readonly string[] {
		return this.#host.names();
	}

	isDeclaredBy(parent: string, name: string): boolean {
		return this.#parents.get(name) === parent;
	}

	refuseTaken(parent: string, name: string): void {
		const owner = this.#parents.get(name);
		if (owner === undefined ? this.#host.isTaken(name) : owner !== parent) {
			throw new HoldfastError({
				code: 'NameTaken',
				message: `there is an application ${name} already${owner ? `, declared by ${owner}` : ''}`,
				hint: 'Give one of them another name',
			});
		}
		if (this.#isOwnAncestor(parent, name)) {
			throw new HoldfastError({
				code: 'NameTaken',
				message: `${name} cannot declare what declares it`,
				hint: 'Give one of them another name',
			});
		}
	}

	/** The configuration declares it by now: what becomes of its former parent is no longer its business. */
	release(name: string): void {
		this.#parents.delete(name);
	}

	async declare(parent: string, application: Application): Promise<void> {
		const {name} = application;
		this.refuseTaken(parent, name);
		const existing = this.#host.controller(name);
		this.#parents.set(name, parent);
		if (existing && !existing.isLeaving && this.#host.isSameMeaning(existing.application, application)) {
			existing.redeclare(application);
			return;
		}
		if (existing) await this.#host.remove(name);
		await this.#host.add(application);
	}

	async withdraw(parent: string, {application, cascades}: ChildRecord): Promise<Problem | null> {
		const {name} = application;
		if (!this.isDeclaredBy(parent, name)) return null;
		const controller = this.#host.controller(name);
		if (controller && cascades) {
			const obstacle = await controller.leave();
			if (obstacle) return obstacle;
		}
		// Meanwhile somebody else may have come to declare it.
		if (this.isDeclaredBy(parent, name)) await this.drop(name);
		return null;
	}

	/** Stops a child, and those that it declared itself; what they made stays. */
	async drop(name: string): Promise<void> {
		for (const child of this.#childrenOf(name)) await this.drop(child);
		this.#parents.delete(name);
		await this.#host.remove(name);
	}

	/** The parent is no longer held: its children are not either. */
	async dropChildrenOf(parent: string): Promise<void> {
		for (const child of this.#childrenOf(parent)) await this.drop(child);
	}

	statusOf(name: string): ApplicationStatus | undefined {
		return this.#host.statusOf(name);
	}

	#childrenOf(parent: string): string[] {
		return [...this.#parents].filter(([, owner]) => owner === parent).map(([child]) => child);
	}

	#isOwnAncestor(parent: string, name: string): boolean {
		for (let at: string | undefined = parent; at !== undefined; at = this.#parents.get(at))
			if (at === name) return true;
		return false;
	}
}
