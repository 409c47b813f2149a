/**
 * Runs of the same key at the same time are one run. Each caller may give up by itself; the run ends early only when all
 * have.
 */
export interface SharedRuns<Result> {
	/**
	 * `start` is called when no run of this key is under way. Rejects with the signal's reason when this caller gives up.
	 * `isShared`: another caller had started it.
	 */
	join(
		key: string,
		signal: AbortSignal | undefined,
		start: (signal: AbortSignal) => Promise<Result>,
	): Promise<{result: Result; isShared: boolean}>;
}

interface Run<Result> {
	readonly promise: Promise<Result>;
	readonly controller: AbortController;
	callers: number;
}

export function createSharedRuns<Result>(): SharedRuns<Result> {
	const runs = new Map<string, Run<Result>>();
	return {
		async join(key, signal, start) {
			signal?.throwIfAborted();
			const known = runs.get(key);
			const run = known ?? begin(key, start);
			run.callers++;
			try {
				const result = await (signal ? unlessAborted(run.promise, signal) : run.promise);
				return {result, isShared: known !== undefined};
			} finally {
				if (--run.callers === 0) run.controller.abort();
			}
		},
	};

	function begin(key: string, start: (signal: AbortSignal) => Promise<Result>): Run<Result> {
		const controller = new AbortController();
		const promise = start(controller.signal).finally(() => {
			if (runs.get(key)?.promise === promise) runs.delete(key);
		});
		// A caller that gave up does not look any more; an unhandled rejection would end the worker.
		promise.catch(() => undefined);
		const run = {promise, controller, callers: 0};
		runs.set(key, run);
		controller.signal.addEventListener('abort', () => {
			if (runs.get(key) === run) runs.delete(key);
		});
		return run;
	}
}

/** Settles as the promise does, or rejects as soon as the signal aborts. Leaves no listener behind: signals live long. */
function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason as Error);
		signal.addEventListener('abort', onAbort);
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}
