/**
 * Every time limit of the cluster client, in one place. Milliseconds. Tests shorten them; `connectCluster` takes a partial
 * table for networks that need other values.
 */
export interface Timing {
	/** Until TCP and TLS stand. */
	readonly connectMilliseconds: number;
	/** Between sending a request and its headers, and between two pieces of its body. */
	readonly readMilliseconds: number;
	/** As above for writes: above the API server's own limit of 34 s for one, so that its answer arrives, not our guess. */
	readonly writeMilliseconds: number;
	/** As above for pages of lists and discovery documents: above the API server's own limit of 60 s. */
	readonly listMilliseconds: number;
	readonly probeMilliseconds: number;
	/** A connection that nothing was heard of for so long is probed once. */
	readonly heartbeatMilliseconds: number;
	/** A watch without an event or a bookmark for so long is dead; bookmarks come about once a minute. */
	readonly watchSilenceMilliseconds: number;
	/** A watch is closed by the server after a random time between these two. */
	readonly watchShortestSeconds: number;
	readonly watchLongestSeconds: number;
	/** All tries of one request together, waits included. */
	readonly retryBudgetMilliseconds: number;
	readonly retryFirstMilliseconds: number;
	/** Between two probes of an API server that does not answer: first, then doubling up to the longest. */
	readonly probeFirstMilliseconds: number;
	readonly probeLongestMilliseconds: number;
	/** Multiplies every wait between two tries of a watch. */
	readonly watchBackoffScale: number;
	/** An unknown kind asks discovery again at most so often. */
	readonly discoveryPauseMilliseconds: number;
}

export const defaultTiming: Timing = {
	connectMilliseconds: 10_000,
	readMilliseconds: 30_000,
	writeMilliseconds: 40_000,
	listMilliseconds: 90_000,
	probeMilliseconds: 5_000,
	heartbeatMilliseconds: 8_000,
	watchSilenceMilliseconds: 100_000,
	watchShortestSeconds: 300,
	watchLongestSeconds: 600,
	retryBudgetMilliseconds: 15_000,
	retryFirstMilliseconds: 200,
	probeFirstMilliseconds: 1_000,
	probeLongestMilliseconds: 30_000,
	watchBackoffScale: 1,
	discoveryPauseMilliseconds: 1_000,
};
