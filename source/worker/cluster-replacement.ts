import type {Application} from '../model/application.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import type {ApplicationSet} from './application-set.ts';
import type {Logger} from './log.ts';
import {persist} from './persist.ts';

export interface ClusterReplacementOptions<Session> {
	readonly applications: Pick<ApplicationSet, 'add' | 'remove' | 'has'> & {
		readonly controllers: readonly {readonly session: Session; readonly application: Application}[];
	};
	/** Forgets the session: whoever asks for the cluster next gets a new one. */
	readonly discard: (session: Session) => Promise<void>;
	readonly log: Pick<Logger, 'error'>;
	/** Ends the trying. */
	readonly signal: AbortSignal;
	readonly firstMilliseconds?: number;
}

/**
 * Another cluster answers where this one was: everything that lives there is set up anew, with what the journal knows of
 * the cluster that is there now. What fails is tried again until all of it stands: half of it would write into the new
 * cluster what was known of the former. Call it while nobody else sets applications up. Never rejects.
 */
export async function replaceCluster<Session extends {readonly cluster: Pick<Cluster, 'context'>}>(
	session: Session,
	{applications, discard, log, signal, firstMilliseconds}: ClusterReplacementOptions<Session>,
): Promise<void> {
	const moved = new Map<string, Application>();
	await persist({
		attempt: async () => {
			const living = applications.controllers.filter(controller => controller.session === session);
			for (const {application} of living) moved.set(application.name, application);
			await allDone(living.map(({application}) => applications.remove(application.name)));
			await discard(session);
			const missing = [...moved.values()].filter(({name}) => !applications.has(name));
			await allDone(missing.map(application => applications.add(application)));
		},
		onFailure: problem =>
			log.error({context: session.cluster.context, problem}, 'a cluster that was replaced could not be set up anew'),
		signal,
		...(firstMilliseconds === undefined ? {} : {firstMilliseconds}),
	});
}

/** Resolves when all did; rejects as the first that did not, but only when none is under way any more. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
	for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason;
}
