import {withoutCredentials} from '../engine/inventory/repository-url.ts';
import type {Problem} from '../model/errors.ts';
import type {WorkerStatus} from '../model/status.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import type {RendererCounters} from '../render/renderer.ts';
import type {SharedResources} from './shared-resources.ts';
import {version} from './version.ts';

type Counters = WorkerStatus['counters'];

/** What was asked of all clusters and repositories so far, and what it costs to hold it. */
export function workerCounters(
	shared: Pick<SharedResources, 'sessions' | 'fetches'>,
	renders: RendererCounters,
): Counters {
	const total = {reads: 0, writes: 0, dryRuns: 0, watches: 0, retries: 0};
	for (const {cluster} of shared.sessions) {
		for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += cluster.counters[name];
	}
	return {
		...total,
		renders: renders.renders,
		renderCacheHits: renders.cacheHits,
		fetches: shared.fetches,
		residentBytes: process.memoryUsage.rss(),
	};
}

/** How the worker as a whole is. `startedAt`: epoch milliseconds. */
export function workerStatus(
	{configuration, mode, logFile}: WorkerOptions,
	parts: {
		readonly startedAt: number;
		readonly shared: Pick<SharedResources, 'connections' | 'repositories'>;
		readonly counters: Counters;
		readonly problems: readonly Problem[];
		readonly isProduction: (context: string) => boolean;
	},
): WorkerStatus {
	return {
		pid: process.pid,
		version,
		startedAt: parts.startedAt,
		mode,
		configuration:
			configuration.type === 'files' ? configuration.paths.join(', ') : withoutCredentials(configuration.repoURL),
		logFile,
		connections: parts.shared.connections(parts.isProduction),
		repositories: parts.shared.repositories(),
		counters: parts.counters,
		problems: parts.problems,
	};
}
