import {formatAge} from '../../model/ages.ts';
import {formatProblem} from '../../model/errors.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';

/** Who answers: a worker that holds the cluster, or one that lives only as long as the command. */
export type Held = {readonly type: 'worker'} | {readonly type: 'one-shot'; readonly cause: OneShotCause};

/** Why nobody holds the cluster for longer than this command: no worker runs, `--once` was given, `worker --once`. */
export type OneShotCause = 'none-running' | 'asked' | 'pass';

const oneShots: Readonly<Record<OneShotCause, string>> = {
	'none-running':
		'A one-shot look: no worker is running here, so nothing is synced or healed. Start one: holdfast worker',
	asked: 'A one-shot look (--once).',
	pass: 'One pass of a private worker, which ends now; nothing is synced or healed after it.',
};

/**
 * The sentences below every picture of the cluster: how old it is, what does not answer, and whether anything is being
 * held at all.
 */
export function freshnessLines(
	worker: WorkerStatus,
	applications: readonly ApplicationStatus[],
	{held, now}: {readonly held: Held; readonly now: number},
): string[] {
	const cluster = oldest(applications.map(application => application.clusterSeenAt));
	const source = oldest(applications.map(application => application.sourceSeenAt));
	const seen = `Seen: cluster ${describeAge(cluster, now)}, Git ${describeAge(source, now)}.`;
	const stale = [
		...worker.connections
			.filter(connection => connection.state !== 'live')
			.map(({context, since, problem}) => staleLine(`Cluster ${context}`, since, problem, now)),
		...worker.repositories
			.filter(repository => repository.state === 'stale')
			.map(({repoURL, since, problem}) => staleLine(`Repository ${repoURL}`, since, problem, now)),
	];
	return [`${seen} ${describeHolder(worker, held, now)}`, ...stale];
}

function oldest(times: readonly (number | null)[]): number | null | undefined {
	if (times.length === 0) return undefined;
	return times.includes(null) ? null : Math.min(...(times as number[]));
}

function describeAge(time: number | null | undefined, now: number): string {
	if (time === undefined) return 'not asked';
	return time === null ? 'not yet' : `${formatAge(now - time)} ago`;
}

function staleLine(
	what: string,
	since: number,
	problem: Parameters<typeof formatProblem>[0] | undefined,
	now: number,
): string {
	const why = problem ? `: ${formatProblem(problem)}` : '';
	return safeText(`${what} has not answered for ${formatAge(now - since)}${why}`);
}

function describeHolder(worker: WorkerStatus, held: Held, now: number): string {
	const contexts = worker.connections.map(connection => connection.context).join(', ');
	if (held.type === 'worker') {
		const age = formatAge(now - worker.startedAt);
		const doing = worker.mode === 'reconcile' ? 'holds' : 'observes';
		return safeText(`Worker ${worker.pid} ${doing} ${contexts || 'no cluster yet'}, for ${age}.`);
	}
	return oneShots[held.cause];
}
