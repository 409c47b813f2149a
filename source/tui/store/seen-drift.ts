/** Which drifts somebody has seen: all up to a moment, and some after it. */
export interface SeenDrift {
	/** Epoch milliseconds. */
	readonly until: number;
	readonly ids: ReadonlySet<string>;
}
