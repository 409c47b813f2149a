import {isSameParent} from '../engine/inventory/parent-text.ts';
import type {ChildRecord, ParentRecord} from '../engine/inventory/types.ts';
import type {Application} from '../model/application.ts';
import {HoldfastError, type Problem} from '../model/errors.ts';
import type {ApplicationStatus} from '../model/status.ts';
import type {ApplicationController} from './application/application-controller.ts';
import type {ChildRegistry, Origin} from './application/child-types.ts';
import {observed} from './application/children.ts';
import {isSameMeaning} from './same-meaning.ts';

/** What the registry needs of the worker. */
export interface ChildHost {
	controller(name: string): ApplicationController | undefined;
	/** Whether the configuration, or a failure to set it up, has this name already. */
	isTaken(name: string): boolean;
	add(application: Application): Promise<void>;
	remove(name: string): Promise<void>;
	/** Why it could not be set up; null: it could. */
	failure(name: string): Problem | null;
	statusOf(name: string): ApplicationStatus | undefined;
	names(): readonly string[];
}

/** Applications that others declare: who declared which, and how they come and go. */
export class Children implements ChildRegistry {
	readonly #host: ChildHost;
	/** By child. */
	readonly #origins = new Map<string, Origin>();

	constructor(host: ChildHost) {
		this.#host = host;
	}

	parentOf(name: string): string | null {
		return this.#origins.get(name)?.parent.name ?? null;
	}

	originOf(name: string): Origin | null {
		return this.#origins.get(name) ?? null;
	}

	knownNames(): readonly string[] {
		return this.#host.names();
	}

	isDeclaredBy(parent: string, name: string): boolean {
		return this.parentOf(name) === parent;
	}

	refuseTaken(parent: string, name: string): void {
		const owner = this.parentOf(name);
		if (owner === null ? this.#host.isTaken(name) : owner !== parent) {
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
		this.#origins.delete(name);
	}

	async declare(origin: Origin, application: Application): Promise<void> {
		const {name} = application;
		this.refuseTaken(origin.parent.name, name);
		const existing = this.#host.controller(name);
		const former = this.#origins.get(name);
		this.#origins.set(name, origin);
		const stays = existing && !existing.isLeaving && !former?.isWithdrawn;
		if (stays && isSameMeaning(existing.application, application)) {
			existing.redeclare(application);
			// Its inventory is to say who declares it how.
			if (!isSameOrigin(former, origin)) existing.passSoon();
			return;
		}
		if (existing) await this.#host.remove(name);
		await this.#host.add(application);
	}

	async withdraw(parent: ParentRecord, {application, cascades}: ChildRecord): Promise<Problem | null> {
		const {name} = application;
		if (!this.isDeclaredBy(parent.name, name)) return null;
		if (cascades) {
			const controller = this.#host.controller(name) ?? (await this.#setUpToLeave(parent, application));
			const obstacle = controller ? await this.#leave(controller, parent) : this.#notSetUp(name);
			if (obstacle) return obstacle;
		}
		// Meanwhile somebody else may have come to declare it.
		if (this.isDeclaredBy(parent.name, name)) await this.drop(name);
		return null;
	}

	/** It could not be set up before: tried once more, it has to look for what it made. */
	async #setUpToLeave(parent: ParentRecord, application: Application): Promise<ApplicationController | undefined> {
		const {name} = application;
		const former = this.#origins.get(name);
		const proof = former && isSameParent(former.parent, parent) ? former.proof : 'inventory';
		await this.#host.remove(name);
		this.#origins.set(name, {parent, proof, isWithdrawn: true});
		await this.#host.add(observed(application));
		return this.#host.controller(name);
	}

	#notSetUp(name: string): Problem {
		const message = `${name} is not gone yet: it has to be set up for that`;
		return this.#host.failure(name) ?? {code: 'Leaving', message, hint: 'it is tried again by itself'};
	}

	async #leave(controller: ApplicationController, parent: ParentRecord): Promise<Problem | null> {
		try {
			return await controller.leave(parent);
		} finally {
			const {name} = controller.application;
			// Set up anew for whatever reason, it is to go on leaving.
			const origin = this.#origins.get(name);
			if (controller.isLeaving && origin && this.#host.controller(name) === controller) {
				this.#origins.set(name, {...origin, parent, isWithdrawn: true});
				controller.redeclare(observed(controller.application));
			}
		}
	}

	/** Stops a child, and those that it declared itself; what they made stays. */
	async drop(name: string): Promise<void> {
		for (const child of this.#childrenOf(name)) await this.drop(child);
		this.#origins.delete(name);
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
		return [...this.#origins].filter(([, origin]) => origin.parent.name === parent).map(([child]) => child);
	}

	#isOwnAncestor(parent: string, name: string): boolean {
		for (let at: string | null = parent; at !== null; at = this.parentOf(at)) if (at === name) return true;
		return false;
	}
}

function isSameOrigin(left: Origin | undefined, right: Origin): boolean {
	return left !== undefined && left.proof === right.proof && isSameParent(left.parent, right.parent);
}
