import type {ClusterSession} from './cluster-session.ts';
import type {Logger} from './log.ts';
import {persist} from './persist.ts';

export interface ClusterReturnOptions {
	readonly log: Pick<Logger, 'warn'>;
	/** Behind the same address there is another cluster now: nothing that was known of the former holds for it. */
	readonly onReplaced: () => void;
	/** It is the same cluster. */
	readonly onBack: () => void;
	/** Ends the asking. */
	readonly signal: AbortSignal;
	readonly firstMilliseconds?: number;
}

/**
 * A cluster that was away may have been rebuilt meanwhile; its uid tells. What is known of the former is trusted only
 * when the uid was read: it is asked for until it answers, or until the cluster is away once more. Never rejects.
 */
export async function welcomeBack(
	session: Pick<ClusterSession, 'cluster' | 'identity'>,
	{log, onReplaced, onBack, signal, firstMilliseconds}: ClusterReturnOptions,
): Promise<void> {
	const {context} = session.cluster;
	const uids = await persist({
		attempt: async () => ({
			former: (await session.identity()).uid,
			uid: (await session.cluster.identity()).uid,
		}),
		onFailure: problem => log.warn({context, problem}, 'who the cluster is could not be asked again'),
		signal,
		...(firstMilliseconds === undefined ? {} : {firstMilliseconds}),
	});
	if (!uids || signal.aborted) return;
	if (uids.uid === uids.former) return onBack();
	log.warn({context, ...uids}, 'another cluster answers at this address now');
	onReplaced();
}
