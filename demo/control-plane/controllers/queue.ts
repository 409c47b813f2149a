import {clearTimeout, setImmediate, setTimeout} from 'node:timers';

const firstPauseMilliseconds = 20;
const longestPauseMilliseconds = 5_000;

/** Keys to work on, each once however often it is added; what fails is tried again after growing pauses. */
export class WorkQueue {
	readonly #work: (key: string) => void;
	readonly #waiting = new Set<string>();
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #failures = new Map<string, number>();
	#isScheduled = false;
	#isStopped = false;

	/** `work` may throw: that is a failure. */
	constructor(work: (key: string) => void) {
		this.#work = work;
	}

	add(key: string): void {
		if (this.#isStopped) return;
		this.#waiting.add(key);
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => this.#turn());
	}

	addAfter(key: string, milliseconds: number): void {
		if (this.#isStopped) return;
		clearTimeout(this.#timers.get(key));
		const timer = setTimeout(() => {
			this.#timers.delete(key);
			this.add(key);
		}, milliseconds);
		timer.unref();
		this.#timers.set(key, timer);
	}

	stop(): void {
		this.#isStopped = true;
		this.#waiting.clear();
		for (const timer of this.#timers.values()) clearTimeout(timer);
	}

	#turn(): void {
		this.#isScheduled = false;
		const keys = [...this.#waiting];
		this.#waiting.clear();
		for (const key of keys) {
			if (this.#isStopped) return;
			try {
				this.#work(key);
				this.#failures.delete(key);
			} catch {
				const count = (this.#failures.get(key) ?? 0) + 1;
				this.#failures.set(key, count);
				this.addAfter(key, Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** count));
			}
		}
	}
}
