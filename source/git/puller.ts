import type {TargetRevision} from '../model/application.ts';
import {HoldfastError} from '../model/errors.ts';
import type {PullResult} from '../model/ports/git/repository.ts';
import {GitCommandError, git} from './command.ts';
import {formerReference, localReference, type Mirror} from './mirror.ts';
import type {RemoteLister} from './remote-lister.ts';
import type {RemoteReferences} from './remote-references.ts';
import {checkTarget, fullCommit, needsEverything, type Selection, selectTarget, targetKey} from './select-target.ts';
import type {RememberedTarget, TargetMemory} from './target-memory.ts';

/** Brings commits of one repository into its mirror and remembers what targets meant. */
export interface Puller {
	pull(target: TargetRevision, options: {isFresh: boolean}): Promise<PullResult>;
	resolve(target: TargetRevision): Promise<PullResult | null>;
	/** Fetches one commit by its id; false when the remote does not have it. */
	fetchCommit(id: string): Promise<boolean>;
}

const pinned = (id: string): string => `refs/holdfast/commits/${id}`;
const unavailable =
	/not our ref|unadvertised object|couldn't find remote ref|no such remote ref|remote error: upload-pack/i;

export function createPuller(options: {
	mirror: Mirror;
	lister: RemoteLister;
	memory: TargetMemory;
	display: string;
}): Puller {
	const {mirror, lister, memory, display} = options;
	// Everybody who is served by one answer of the remote gets one and the same result for a target.
	const results = new Map<string, {remote: RemoteReferences; result: Promise<PullResult>}>();

	// Applications ask at different times, and each has to learn that the commit it now gets came by force.
	const rewritten = new Map<string, string>();

	const isHere = async (name: string): Promise<boolean> => (await mirror.commitOf(name)) !== null;

	const fetchEverything = (): Promise<void> =>
		mirror.fetch(
			['+refs/heads/*:refs/holdfast/all/heads/*', '+refs/tags/*:refs/holdfast/all/tags/*'],
			async () => false,
		);

	const fetchCommit = async (id: string): Promise<boolean> => {
		const pin = pinned(id);
		if (await isHere(pin)) return true;
		try {
			await mirror.fetch([`+${id}:${pin}`], () => isHere(pin));
		} catch (error) {
			if (!(error instanceof GitCommandError) || !unavailable.test(error.stderr)) throw error;
			// Servers that hand out branches and tags only.
			await fetchEverything();
			if (!(await isHere(id))) return false;
			await git(mirror.context).raw(['update-ref', pin, id]);
		}
		return isHere(pin);
	};

	const fetchReference = async (ref: string, commit: string): Promise<string | null> => {
		const local = localReference(ref);
		const isDone = async (): Promise<boolean> => (await mirror.commitOf(local)) === commit;
		try {
			if (!(await isDone())) await mirror.fetch([`+${ref}:${local}`], isDone);
		} catch (error) {
			// Deleted after it was listed.
			if (error instanceof GitCommandError && /couldn't find remote ref/.test(error.stderr)) return null;
			throw error;
		}
		// The branch may have moved on since it was listed: then this is newer, and as true.
		return mirror.commitOf(local);
	};

	const completePrefix = async (prefix: string): Promise<string | null> => {
		await fetchEverything();
		const id = await mirror.commitOf(prefix);
		if (id) await git(mirror.context).raw(['update-ref', pinned(id), id]);
		return id;
	};

	const fetchSelection = async (selection: Selection): Promise<{commit: string | null; ref: string}> => {
		switch (selection.type) {
			case 'reference':
				return {commit: await fetchReference(selection.ref, selection.commit), ref: selection.ref};
			case 'commit':
				return {
					commit: (await fetchCommit(selection.id)) ? await mirror.commitOf(pinned(selection.id)) : null,
					ref: '',
				};
			case 'prefix':
				return {commit: await completePrefix(selection.prefix), ref: ''};
		}
	};

	const isRewritten = async (former: RememberedTarget, next: RememberedTarget): Promise<boolean> => {
		if (former.ref !== next.ref || former.ref === '' || former.commit === next.commit) return false;
		// Without the former commit, or with a history that was cut off, nobody can tell.
		if (!(await isHere(former.commit))) return false;
		const base = await mergeBase(former.commit, next.commit);
		if (base === former.commit) return false;
		return (await git(mirror.context).raw(['rev-parse', '--is-shallow-repository'])).trim() !== 'true';
	};

	const mergeBase = async (one: string, other: string): Promise<string> => {
		try {
			return (await git(mirror.context).raw(['merge-base', one, other])).trim();
		} catch (error) {
			// Histories without a common commit: git says nothing and ends with 1.
			if (error instanceof GitCommandError && error.exitCode === 1) return '';
			throw error;
		}
	};

	const remember = async (key: string, next: RememberedTarget): Promise<PullResult> => {
		const former = await memory.get(key);
		if (former?.commit === next.commit && former.ref === next.ref) {
			return {...next, isForced: rewritten.get(key) === next.commit, hasMoved: false};
		}
		const isForced = former ? await isRewritten(former, next) : false;
		if (isForced && former) {
			rewritten.set(key, next.commit);
			// What was rewritten may still be what the cluster runs: it must not be collected as garbage.
			await git(mirror.context).raw(['update-ref', formerReference(key), former.commit]);
		}
		await mirror.locked(() => memory.set(key, next));
		return {...next, isForced, hasMoved: former?.commit !== next.commit};
	};

	const pullFrom = async (target: TargetRevision, remote: RemoteReferences): Promise<PullResult> => {
		const key = targetKey(target);
		const former = await memory.get(key);
		const selection = selectTarget({target, remote, rememberedRef: former?.ref, display});
		const isKnownPrefix = selection.type === 'prefix' && former && (await isHere(pinned(former.commit)));
		const {commit, ref} = isKnownPrefix ? former : await fetchSelection(selection);
		if (commit) return remember(key, {commit, ref});
		throw new HoldfastError({
			code: 'RevisionNotFound',
			message: `repository ${display} has no commit for "${target.value}"`,
			hint: 'Give more digits when the id is abbreviated; a tag must point to a commit',
		});
	};

	return {
		fetchCommit,
		async pull(target, {isFresh}) {
			checkTarget(target);
			const id = fullCommit(target);
			// A commit never changes: once it is here the remote has nothing to say about it.
			if (id && (await isHere(pinned(id)))) {
				return remember(targetKey(target), {commit: (await mirror.commitOf(pinned(id))) ?? id, ref: ''});
			}
			const remote = await lister.get({everything: needsEverything(target), isFresh});
			const key = targetKey(target);
			const known = results.get(key);
			if (known?.remote === remote) return known.result;
			const result = pullFrom(target, remote);
			results.set(key, {remote, result});
			// A fetch that failed is tried again by the next pull, against a new answer.
			result.catch(error => {
				if (!(error instanceof GitCommandError)) return;
				results.delete(key);
				lister.forget();
			});
			return result;
		},
		async resolve(target) {
			checkTarget(target);
			const remembered = await memory.get(targetKey(target));
			if (!remembered || !(await isHere(remembered.commit))) return null;
			return {...remembered, isForced: false, hasMoved: false};
		},
	};
}
