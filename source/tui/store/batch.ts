/**
 * Collects changes and hands them on together: the first of a quiet time at once, the following ones at most every
 * `intervalMilliseconds`. A burst of a hundred changes is one render and not a hundred.
 */
export interface Batcher<Change> {
	add(change: Change): void;
	/** Hands on what is waiting, now. */
	flush(): void;
	/** Forgets what is waiting. */
	end(): void;
}

export function createBatcher<Change>(
	intervalMilliseconds: number,
	apply: (changes: readonly Change[]) => void,
): Batcher<Change> {
	let waiting: Change[] = [];
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		const changes = waiting;
		waiting = [];
		if (changes.length > 0) apply(changes);
	};
	const tick = () => {
		const isQuiet = waiting.length === 0;
		timer = isQuiet ? undefined : setTimeout(tick, intervalMilliseconds);
		flush();
	};
	return {
		add(change) {
			waiting.push(change);
			if (timer !== undefined) return;
			timer = setTimeout(tick, intervalMilliseconds);
			flush();
		},
		flush,
		end() {
			clearTimeout(timer);
			timer = undefined;
			waiting = [];
		},
	};
}
