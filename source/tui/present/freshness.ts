import type {Problem} from '../../model/errors.ts';
import type {WorkerStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Link} from '../data/state.ts';
import {formatAge, formatLeft} from '../store/ages.ts';

/** How far what is on the screen can be trusted, and why not further. */
export type Freshness =
	| {readonly type: 'connecting'; readonly what: string}
	| {readonly type: 'live'}
	| {
			readonly type: 'stale';
			readonly what: 'worker' | 'cluster' | 'Git';
			readonly since: number;
			readonly text: string;
	  };

/**
 * The worst thing that can be said about the age of what is shown: a worker that is gone before a cluster that does not
 * answer, before a repository that does not. `context`: of one application; absent: of everything.
 */
export function freshnessOf(
	{link, worker}: {readonly link: Link; readonly worker: WorkerStatus | null},
	now: number,
	only: {readonly context?: string; readonly repoURL?: string} = {},
): Freshness {
	if (link.type === 'lost') {
		const next = link.nextTryAt > now ? `next try in ${formatLeft(link.nextTryAt - now)}` : 'trying now';
		return stale('worker', link.since, `${reason(link.problem, 'the worker does not answer')}, ${next}`);
	}
	if (link.type === 'connecting' || !worker) return {type: 'connecting', what: 'the worker'};
	const isWanted = (name: string, wanted: string | undefined) => wanted === undefined || wanted === name;
	const connections = worker.connections.filter(({context}) => isWanted(context, only.context));
	const lost = connections.find(({state}) => state === 'stale');
	if (lost) {
		return stale('cluster', lost.since, `${reason(lost.problem, 'the API server does not answer')}, retrying`);
	}
	const repository = worker.repositories.find(
		({state, repoURL}) => state === 'stale' && isWanted(repoURL, only.repoURL),
	);
	if (repository) {
		return stale('Git', repository.since, `${reason(repository.problem, 'the repository does not answer')}, retrying`);
	}
	const waiting = connections.find(({state}) => state === 'connecting');
	return waiting ? {type: 'connecting', what: waiting.context} : {type: 'live'};
}

function stale(what: 'worker' | 'cluster' | 'Git', since: number, text: string): Freshness {
	return {type: 'stale', what, since, text};
}

function reason(problem: Problem | undefined, otherwise: string): string {
	return safeText(problem?.message ?? otherwise);
}

/** `live`, `connecting to eu-prod`, `stale 37 s: API server does not answer, next try in 5 s`. */
export function describeFreshness(freshness: Freshness, now: number): string {
	switch (freshness.type) {
		case 'live':
			return 'live';
		case 'connecting':
			return `connecting to ${freshness.what}`;
		case 'stale': {
			const what = freshness.what === 'Git' ? 'Git stale' : 'stale';
			return `${what} ${formatAge(now - freshness.since)}: ${freshness.text}`;
		}
	}
}

/** For the title of a pane: empty while live. */
export function staleMark(freshness: Freshness, now: number): string {
	if (freshness.type !== 'stale') return '';
	return `stale ${formatAge(now - freshness.since)}, retrying`;
}
