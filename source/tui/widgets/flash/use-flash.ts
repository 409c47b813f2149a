import {useEffect, useState} from 'react';

const flashMilliseconds = 600;

/**
 * true for a moment after `signal` became another value, and not when the component appears with it: scrolling to old
 * news is no news.
 *
 * @param isNew whether the first value already is news
 */
export function useFlash(signal: unknown, isNew = false): boolean {
	const [seen, setSeen] = useState<unknown>(isNew ? unseen : signal);
	const isFlashing = !Object.is(seen, signal);
	useEffect(() => {
		if (!isFlashing) return;
		const timer = setTimeout(() => setSeen(signal), flashMilliseconds);
		return () => clearTimeout(timer);
	}, [isFlashing, signal]);
	return isFlashing;
}

const unseen = Symbol('nothing seen yet');
