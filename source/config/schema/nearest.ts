import leven from 'leven';
import {quoted} from '../findings.ts';

/** Longer words are not worth measuring, and the measure is quadratic. */
const longestWord = 64;

/** The candidate a person most likely meant, or undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	if (word.length > longestWord) return undefined;
	const limit = Math.max(2, Math.floor(word.length / 3));
	let best: {candidate: string; distance: number} | undefined;
	for (const candidate of candidates) {
		const distance = leven(word.toLowerCase(), candidate.toLowerCase());
		if (distance <= limit && (!best || distance < best.distance)) best = {candidate, distance};
	}
	return best?.candidate;
}

/** The sentence after an unknown word: the nearest valid one, or all there are. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
	const near = nearest(word, candidates);
	if (near) return `Did you mean ${quoted(near)}?`;
	if (candidates.length === 0) return undefined;
	return `Valid here: ${[...candidates].sort().join(', ')}`;
}
