import {HoldfastError, type Problem} from '../../model/errors.ts';
import type {OperationState} from '../../model/status.ts';

/** Lets others end a running sync: whoever waits is woken, and nothing more is begun. */
export class SyncStop {
	readonly #abort = new AbortController();
	#problem: Problem | undefined;

	/** Aborted when waiting makes no sense any more: ask {@link check}, and whether the worker stops. */
	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** Ends the sync with this problem; the first one counts. */
	request(problem: Problem): void {
		this.#problem ??= problem;
		this.wake();
	}

	/** Wakes whoever waits, without ending the sync. */
	wake(): void {
		this.#abort.abort();
	}

	/** Throws the problem that the sync is to end with. */
	check(): void {
		if (this.#problem) throw new HoldfastError(this.#problem);
	}
}

/** The sync that runs now, as others see it. */
export interface RunningSync {
	readonly stop: SyncStop;
	/** Resolves with what was done, however it ends. */
	readonly ended: Promise<OperationState>;
	/** Somebody knows of a newer commit. Set while a wave is waited for that a newer commit would end. */
	lookNow: (() => void) | null;
}

/** Codes of syncs that did not fail by themselves: no hook is run for them. */
export const endedCodes: ReadonlySet<string> = new Set(['SyncEnded', 'Superseded', 'Stopped']);
