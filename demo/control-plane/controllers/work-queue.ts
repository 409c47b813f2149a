/** Milliseconds before a key that failed is tried again; the last one repeats. Client-go starts at 5 ms and doubles. */
const retryMilliseconds = [5, 20, 100, 500, 2_000, 10_000] as const;

export interface WorkQueueOptions {
	/** Brings one key's object to what is wanted. Returns the milliseconds until it wants to look again, or nothing. */
	readonly reconcile: (key: string) => number | undefined;
	/** Told of each failure; the key is tried again anyway. */
	readonly onError: (key: string, error: unknown) => void;
}

/**
 * Queues keys for one controller. A key that is added several times before its turn is looked at once, one that is added
 * during its own turn gets another; one that fails waits longer each time. Nothing runs while nothing is due.
 */
export class WorkQueue {
	readonly #options: WorkQueueOptions;
	readonly #due = new Set<string>();
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #failures = new Map<string, number>();
	#turn: NodeJS.Immediate | null = null;
	#isStopped = false;

	constructor(options: WorkQueueOptions) {
		this.#options = options;
	}

	add(key: string): void {
		if (this.#isStopped) return;
		this.#forgetTimer(key);
		this.#due.add(key);
		this.#turn ??= setImmediate(() => this.#run());
	}

	/** Later calls replace earlier ones of the same key; {@link add} overtakes both. */
	addAfter(key: string, milliseconds: number): void {
		if (this.#isStopped || this.#due.has(key)) return;
		this.#forgetTimer(key);
		const timer = setTimeout(() => this.add(key), milliseconds);
		timer.unref();
		this.#timers.set(key, timer);
	}

	/** Nothing is reconciled after it returns, and no timer keeps the process alive. */
	stop(): void {
		this.#isStopped = true;
		if (this.#turn) clearImmediate(this.#turn);
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
		this.#due.clear();
	}

	/** One key a turn: a long queue must not keep requests waiting, they share the event loop. */
	#run(): void {
		this.#turn = null;
		const [key] = this.#due;
		if (key === undefined) return;
		this.#due.delete(key);
		this.#reconcile(key);
		if (this.#due.size > 0) this.#turn ??= setImmediate(() => this.#run());
	}

	#reconcile(key: string): void {
		try {
			const again = this.#options.reconcile(key);
			this.#failures.delete(key);
			if (again !== undefined) this.addAfter(key, again);
		} catch (error) {
			const failures = this.#failures.get(key) ?? 0;
			this.#failures.set(key, failures + 1);
			this.addAfter(key, retryMilliseconds[Math.min(failures, retryMilliseconds.length - 1)] ?? 0);
			this.#options.onError(key, error);
		}
	}

	#forgetTimer(key: string): void {
		clearTimeout(this.#timers.get(key));
		this.#timers.delete(key);
	}
}
