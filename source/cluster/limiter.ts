/** Lets at most so many requests run at once; the others wait in the order in which they came. */
export interface Limiter {
	/** Waits for a place. Rejects with the signal's reason when it aborts first, and never takes a place then. */
	acquire(signal?: AbortSignal): Promise<void> | undefined;
	release(): void;
}

interface Waiter {
	readonly enter: () => void;
	hasLeft: boolean;
}

export function createLimiter(places: number): Limiter {
	let free = places;
	const waiting: Waiter[] = [];
	let head = 0;

	/** A queue as an array with a moving head: taking from the front is free, the used part is dropped now and then. */
	const next = (): Waiter | undefined => {
		while (head < waiting.length) {
			const waiter = waiting[head++];
			if (head > 1024 && head * 2 > waiting.length) {
				waiting.splice(0, head);
				head = 0;
			}
			if (waiter && !waiter.hasLeft) return waiter;
		}
		waiting.length = 0;
		head = 0;
		return undefined;
	};

	return {
		acquire(signal) {
			if (signal?.aborted) return Promise.reject(signal.reason);
			if (free > 0) {
				free--;
				return undefined;
			}
			return new Promise((resolve, reject) => {
				const leave = (): void => {
					waiter.hasLeft = true;
					reject(signal?.reason);
				};
				const waiter: Waiter = {
					hasLeft: false,
					enter: () => {
						signal?.removeEventListener('abort', leave);
						resolve();
					},
				};
				signal?.addEventListener('abort', leave, {once: true});
				waiting.push(waiter);
			});
		},
		release() {
			const waiter = next();
			if (waiter) waiter.enter();
			else free++;
		},
	};
}
