import {setTimeout as sleep} from 'node:timers/promises';
import {type Problem, toProblem} from '../model/errors.ts';
import {backoffMilliseconds} from './application/retry.ts';

export interface PersistOptions<Value> {
	readonly attempt: () => Promise<Value>;
	/** Hears of every attempt that failed. */
	readonly onFailure: (problem: Problem) => void;
	/** Ends it; an attempt under way is finished. */
	readonly signal: AbortSignal;
	/** Milliseconds before the second attempt; then twice as long each time. */
	readonly firstMilliseconds?: number;
}

const maximumMilliseconds = 30_000;

/** Tries until it works, with ever longer pauses. Never rejects; undefined: it was ended before it worked. */
export async function persist<Value>(options: PersistOptions<Value>): Promise<Value | undefined> {
	const {attempt, onFailure, signal, firstMilliseconds: first = 1_000} = options;
	for (let number = 1; !signal.aborted; number++) {
		try {
			return await attempt();
		} catch (error) {
			onFailure(toProblem(error));
		}
		const milliseconds = backoffMilliseconds({attempt: number, first, factor: 2, maximum: maximumMilliseconds});
		await sleep(milliseconds, undefined, {signal, ref: false}).catch(() => {});
	}
	return undefined;
}
