/** Which acts are under way: the same one is never begun twice, however often its key is pressed. */
export interface Turns {
	/**
	 * Runs an act under its name, `sync checkout`. false, at once and without running it, while one of that name is under
	 * way.
	 */
	take(name: string, act: () => Promise<void>): Promise<boolean>;
	isTaken(name: string): boolean;
}

export function createTurns(): Turns {
	const taken = new Set<string>();
	return {
		async take(name, act) {
			if (taken.has(name)) return false;
			taken.add(name);
			try {
				await act();
				return true;
			} finally {
				taken.delete(name);
			}
		},
		isTaken: name => taken.has(name),
	};
}
