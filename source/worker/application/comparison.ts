import pLimit from 'p-limit';
import {resumeChildren} from './children.ts';
import type {ApplicationContext, HandleDrift} from './context.ts';
import {haveHooksChanged} from './hook-record.ts';
import {verify} from './judgement.ts';
import {learn, meetAgain, settle, watchKinds} from './knowledge.ts';
import {refreshSource} from './source.ts';
import {applicationStatus} from './status.ts';
import type {TrackedObject} from './tracked-object.ts';

const sweepConcurrency = 2;

/** Judgements of watch events that are under way: an application is compared only when they have all been passed. */
export class Judgements {
	readonly #pending = new Set<Promise<void>>();

	add(judgement: Promise<void>): void {
		this.#pending.add(judgement);
		void judgement.finally(() => this.#pending.delete(judgement));
	}

	/** Resolves when none is left, also of those that come meanwhile. */
	async passed(): Promise<void> {
		while (this.#pending.size > 0) await Promise.all(this.#pending);
	}
}

/** Asks the cluster about what is new in Git, and about kinds that could not be listened to before. */
export async function learnWhatIsNew(context: ApplicationContext, judgements: Judgements): Promise<void> {
	const {state} = context;
	const watched = state.watched.size;
	if (state.isCompared && !state.needsLearning) await watchKinds(context);
	if (state.isCompared && !state.needsLearning && state.watched.size === watched) {
		await meetAgain(context, isForeign);
		return;
	}
	await learn(context);
	// Compared is what has been judged: also drift that was made while nobody watched.
	await judgements.passed();
	state.isCompared = true;
}

/** Pulls and compares for a person, who may know of a push, or of something that came back, before any watch tells. */
export async function compareAnew(context: ApplicationContext, judgements: Judgements): Promise<void> {
	await refreshSource(context, {isFresh: true});
	await resumeChildren(context);
	if (context.state.renderedRevision === null) return;
	await learnWhatIsNew(context, judgements);
	await meetAgain(context, tracked => isForeign(tracked) || isMissing(tracked));
	await judgements.passed();
}

/** Proves every object by a dry run, a few at a time. */
export async function verifyAll(context: ApplicationContext, handleDrift: HandleDrift): Promise<void> {
	const limit = pLimit(sweepConcurrency);
	const prove = async (tracked: TrackedObject): Promise<void> => {
		if (tracked.fingerprint) await verify(context, tracked, handleDrift);
		else if (tracked.desired && tracked.presence === 'present') await settle(context, tracked);
	};
	await Promise.all([...context.state.objects.values()].map(tracked => limit(() => prove(tracked))));
	context.changed();
}

/**
 * When nothing differs any more, the newest commit is the one that is live, also when it changed nothing of ours. That was
 * no sync: the time of the last one stays.
 */
export function noteSynced(context: ApplicationContext): void {
	const {state, services} = context;
	if (state.syncedRevision === state.renderedRevision) return;
	// Objects may be as in Git, and hooks owed still.
	if (applicationStatus(context).syncStatus !== 'Synced' || haveHooksChanged(state)) return;
	state.syncedRevision = state.renderedRevision;
	state.syncedAt ??= services.clock();
	context.changed();
}

const isForeign = (tracked: TrackedObject): boolean => tracked.foreignOwner !== null;
const isMissing = (tracked: TrackedObject): boolean => tracked.presence === 'missing' && tracked.fingerprint === null;
