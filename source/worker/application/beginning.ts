import {inventoryName} from '../../engine/inventory/record.ts';
import type {ApplicationContext} from './context.ts';
import {noteInventory} from './inventory-keeper.ts';
import {recall} from './recall.ts';

/**
 * What comes before all else of an application, once: who the cluster is, what the inventory says, what the journal
 * remembers; from then on it hears of its objects and of its inventory.
 */
export class Beginning {
	readonly #context: ApplicationContext;
	readonly #followHolds: () => void;
	#running: Promise<void> | undefined;
	#isSubscribed = false;

	/** @param followHolds The inventory, and with it the holds, was read. */
	constructor(context: ApplicationContext, followHolds: () => void) {
		this.#context = context;
		this.#followHolds = followHolds;
	}

	/** Begins, or joins who did. What failed is tried again by whoever asks next. */
	async done(): Promise<void> {
		this.#running ??= this.#begin();
		try {
			await this.#running;
		} catch (error) {
			this.#running = undefined;
			throw error;
		}
	}

	async #begin(): Promise<void> {
		const context = this.#context;
		const {state, session, application} = context;
		await recall(context);
		session.watches.subscribe(state.applySetId, context.subscriber);
		this.#isSubscribed = true;
		this.#followHolds();
		void session.inventoryWatch.follow(
			application.destination.namespace,
			inventoryName(application.name),
			configMap => {
				void noteInventory(context, configMap).then(isNews => isNews && this.#followHolds());
			},
		);
	}

	/** Hears no more of the inventory. */
	leaveInventory(): void {
		const {session, application} = this.#context;
		session.inventoryWatch.leave(application.destination.namespace, inventoryName(application.name));
	}

	/** Hears no more of the objects. */
	leaveObjects(): void {
		if (this.#isSubscribed) this.#context.session.watches.unsubscribe(this.#context.state.applySetId);
	}
}
