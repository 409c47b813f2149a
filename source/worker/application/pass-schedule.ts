import pLimit from 'p-limit';

/** Something wants a whole pass: not at once, and one for however many say so. */
const soonMilliseconds = 3_000;

export interface PassScheduleOptions {
	/** Makes one pass; answers with the milliseconds until the next one is due by itself. Never rejects. */
	readonly pass: (options: {isAskedFor: boolean}) => Promise<number>;
	/** A pass is wanted: who wants it may know of a push that ends what the pass before it waits for. */
	readonly onWish: () => void;
	/** Lets the heavy part of a pass wait for its place among those of all applications. */
	readonly whenThereIsRoom: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

/**
 * When one application works: its passes, at its own interval or sooner, and what people ask of it, one piece after the
 * other.
 */
export class PassSchedule {
	readonly #options: PassScheduleOptions;
	readonly #inTurn = pLimit(1);
	#waiting: Promise<void> | undefined;
	#next: NodeJS.Timeout | undefined;
	#soon: NodeJS.Timeout | undefined;
	/** Somebody asked for the next pass: a retry does not wait for its time then. */
	#isAskedFor = false;
	#isStopped = false;

	constructor(options: PassScheduleOptions) {
		this.#options = options;
	}

	/** Does the work when nothing else of the application is being done. */
	inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
		return this.#inTurn(work);
	}

	/** A pass that somebody asked for. */
	ask(): Promise<void> {
		this.#isAskedFor = true;
		return this.enqueue();
	}

	/** A pass as soon as it is its turn; calls that come while one waits share it. */
	enqueue(): Promise<void> {
		this.#options.onWish();
		this.#waiting ??= this.#inTurn(async () => {
			this.#waiting = undefined;
			if (!this.#isStopped) await this.#options.whenThereIsRoom(() => this.#pass());
		});
		return this.#waiting;
	}

	/** A pass in a few seconds. */
	soon(): void {
		if (this.#soon || this.#isStopped) return;
		this.#soon = setTimeout(() => {
			this.#soon = undefined;
			void this.enqueue();
		}, soonMilliseconds);
		this.#soon.unref();
	}

	/** No pass begins after this; resolves when what was under way is done. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#next);
		clearTimeout(this.#soon);
		await this.#inTurn(async () => {});
	}

	async #pass(): Promise<void> {
		clearTimeout(this.#next);
		const isAskedFor = this.#isAskedFor;
		// Who asks from here on asks for the next one.
		this.#isAskedFor = false;
		const milliseconds = await this.#options.pass({isAskedFor});
		if (this.#isStopped) return;
		this.#next = setTimeout(() => void this.enqueue(), milliseconds);
		this.#next.unref();
	}
}
