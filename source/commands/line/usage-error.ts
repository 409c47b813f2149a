import leven from 'leven';
import {HoldfastError} from '../../model/errors.ts';

/** The command line itself is wrong: nothing was done, exit code 2. */
export function usageError(message: string, hint?: string): HoldfastError {
	return new HoldfastError({code: 'Usage', message, hint});
}

/** The candidate that was probably meant: its start, or near enough to be a slip of the fingers. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
	// Two fingers in the wrong order count as two changes.
	const limit = given.length < 4 ? 1 : given.length < 8 ? 2 : 3;
	let best: {candidate: string; distance: number} | undefined;
	for (const candidate of candidates) {
		const isStart = given.length > 2 && (candidate.startsWith(given) || given.startsWith(candidate));
		const distance = isStart ? 0 : leven(given.toLowerCase(), candidate.toLowerCase());
		if (distance <= limit && (!best || distance < best.distance)) best = {candidate, distance};
	}
	return best?.candidate;
}
