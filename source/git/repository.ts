import {setMaxListeners} from 'node:events';
import {tmpdir} from 'node:os';
import pLimit from 'p-limit';
import type {TargetRevision} from '../model/application.ts';
import type {CommitInfo} from '../model/commit.ts';
import {HoldfastError} from '../model/errors.ts';
import type {GitRepository, PullResult} from '../model/ports/git/repository.ts';
import type {GitFile, GitTree} from '../model/ports/git/tree.ts';
import {boundedText} from '../model/text.ts';
import {parseAddress} from './address.ts';
import {readCommitChanges} from './changes.ts';
import {GitCommandError} from './command.ts';
import {readCommit} from './commit-info.ts';
import {copyBlob} from './copy-blob.ts';
import {prepareGitEnvironment} from './environment.ts';
import {isCorruption, toGitFailure} from './failures.ts';
import {readForeignTree} from './foreign-tree.ts';
import {readHistory} from './history.ts';
import {defaultLimits, type GitLimits} from './limits.ts';
import {openMirror} from './mirror.ts';
import {createPuller} from './puller.ts';
import {readIndex} from './read-index.ts';
import {isObjectId} from './reference-name.ts';
import {createRemoteLister} from './remote-lister.ts';
import {askGit} from './run.ts';
import {openTargetMemory} from './target-memory.ts';
import {createTree} from './tree.ts';
import type {TreeIndex} from './tree-index.ts';
import {removeStaleWorkFolders} from './work/folder.ts';
import {type CommitMaker, prepareChange, prepareRevert} from './work/prepare.ts';

export {prepareGitEnvironment} from './environment.ts';
export type {GitLimits} from './limits.ts';

/** What this implementation tells beyond the port. */
export interface MirroredRepository extends GitRepository {
	/** Without credentials. */
	readonly url: string;
	/**
	 * `isFresh`: the caller knows of a push, and only an answer that the remote gives from now on will do; otherwise one
	 * of the last second may serve. `hasMoved` is relative to the previous
	 * answer for this target; `isForced` stays true, in this process, as long as the target stays where force put it.
	 */
	pull(target: TargetRevision, options?: {signal?: AbortSignal; isFresh?: boolean}): Promise<PullResult>;
	/** How often the remote was asked, and fetched from, and how often the mirror had to be made anew. */
	readonly counters: {readonly lists: number; readonly fetches: number; readonly repairs: number};
}

/** Indexes of the newest commits are kept; together they hold at most this many files, but at least one commit's. */
const cachedCommits = 6;
const cachedFiles = 100_000;
const cachedInfos = 1_000;

/**
 * Opens the mirror of one repository below the cache folder, and makes it when there is none; the remote is not asked.
 * `signal` ends everything, as `close` does. Rejects with InvalidRepositoryURL or GitFailed.
 */
export async function openRepository(options: {
	url: string;
	cacheDirectory: string;
	signal?: AbortSignal;
	limits?: Partial<GitLimits>;
	/** Where commits are made; default the system's. */
	temporaryDirectory?: string;
}): Promise<MirroredRepository> {
	const address = parseAddress(options.url);
	const limits = {...defaultLimits, ...options.limits};
	const closing = new AbortController();
	const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
	prepareGitEnvironment();
	// Every command listens to it while it runs.
	setMaxListeners(0, signal);

	/** Every error that leaves is one for people, and holds no credentials. */
	const guarded = async <Result>(action: () => Promise<Result>): Promise<Result> => {
		try {
			signal.throwIfAborted();
			return await action();
		} catch (error) {
			const ended = signal.aborted ? new GitCommandError({exitCode: -1, stderr: '', reason: 'aborted'}) : error;
			throw toGitFailure(ended, address);
		}
	};

	const mirror = await guarded(() => openMirror({address, cacheDirectory: options.cacheDirectory, limits, signal}));
	const lister = createRemoteLister({
		list: everything => mirror.list(everything),
		freshMilliseconds: limits.freshMilliseconds,
		now: () => performance.now(),
	});
	const memory = openTargetMemory(`${mirror.context.directory}.json`);
	const puller = createPuller({mirror, lister, memory, display: address.display});
	const indexes = new Map<string, Promise<TreeIndex>>();
	const commits = new Map<string, Promise<CommitInfo>>();
	const oneByOne = pLimit(2);

	const loadIndex = async (commit: string): Promise<TreeIndex> => {
		if ((await mirror.commitOf(commit)) !== commit && !(await puller.fetchCommit(commit))) {
			throw unknownCommit(address.display, commit);
		}
		return readIndex({context: mirror.context, check: mirror.check, commit, limits, display: address.display});
	};

	/** A damaged mirror is made anew; the commit at hand is then fetched again. */
	const restored = async <Result>(commit: string, action: () => Promise<Result>): Promise<Result> => {
		try {
			return await action();
		} catch (error) {
			if (!isCorruption(error) || !(await mirror.repair())) throw error;
			await puller.fetchCommit(commit);
			return action();
		}
	};

	const readBlobs = async (files: readonly GitFile[]): Promise<Buffer[]> => {
		const oids = files.map(({oid}) => oid);
		// A child that was killed says nothing; another one is asked, once.
		const objects = await mirror.blobs.read(oids).catch(error => {
			if (isCorruption(error) || signal.aborted) throw error;
			return mirror.blobs.read(oids);
		});
		return objects.map((object, position) => {
			if (object) return object.content;
			throw new GitCommandError({exitCode: -1, stderr: `missing blob ${oids[position]}`});
		});
	};

	const indexOf = (commit: string): Promise<TreeIndex> => {
		const index = indexes.get(commit) ?? restored(commit, () => loadIndex(commit));
		// Newest use last.
		indexes.delete(commit);
		indexes.set(commit, index);
		index.then(
			() => dropOldIndexes(indexes),
			() => indexes.delete(commit),
		);
		return index;
	};

	const commitInfo = (id: string): Promise<CommitInfo> => {
		const known = commits.get(id);
		if (known) return known;
		const info = oneByOne(async () => {
			if (!(await mirror.commitOf(id)) && !(await puller.fetchCommit(id))) throw unknownCommit(address.display, id);
			return restored(id, () => readCommit(mirror.context, id));
		});
		commits.set(id, info);
		info.catch(() => commits.delete(id));
		if (commits.size > cachedInfos) commits.delete(commits.keys().next().value!);
		return info;
	};

	const temporaryDirectory = options.temporaryDirectory ?? tmpdir();
	void removeStaleWorkFolders(temporaryDirectory, Date.now());
	const maker: CommitMaker = {
		address,
		limits,
		temporaryDirectory,
		mirror: mirror.context,
		guarded,
		async pullTip(branch, ownSignal) {
			const pull = mirror.healed(() => puller.pull({type: 'branch', value: branch}, {isFresh: true}));
			return (await untilAborted(pull, ownSignal)).commit;
		},
		readTree: (context, commit) => readForeignTree({context, commit, limits, guarded, display: address.display}),
	};

	return {
		url: address.display,
		counters: mirror.counters,
		pull: (target, {signal: ownSignal, isFresh = false} = {}) =>
			guarded(() =>
				untilAborted(
					mirror.healed(() => puller.pull(target, {isFresh})),
					ownSignal,
				),
			),
		resolve: target => guarded(() => mirror.healed(() => puller.resolve(target))),
		tree: commit =>
			guarded(async (): Promise<GitTree> => {
				if (!isObjectId(commit)) throw unknownCommit(address.display, commit);
				const index = await indexOf(commit);
				return createTree({
					commit,
					index,
					limits,
					readBlobs: files => guarded(() => restored(commit, () => readBlobs(files))),
					copyBlob: (file, descriptor) => guarded(() => copyBlob(mirror.context, file.oid, descriptor)),
				});
			}),
		commit: id =>
			guarded(async () => {
				if (!isObjectId(id)) throw unknownCommit(address.display, id);
				return commitInfo(id);
			}),
		log: options => guarded(() => restored(options.from, () => readHistory(mirror.context, options))),
		show: id =>
			guarded(async () => {
				if (!isObjectId(id)) throw unknownCommit(address.display, id);
				// Fetches it when it is not here yet.
				await commitInfo(id);
				return restored(id, () => readCommitChanges(mirror.context, id));
			}),
		isAncestor: (ancestor, commit) =>
			guarded(async () => {
				if (!isObjectId(ancestor) || !isObjectId(commit)) return false;
				const here = await Promise.all([mirror.commitOf(ancestor), mirror.commitOf(commit)]);
				if (here.includes(null)) return false;
				return askGit(mirror.context, ['merge-base', '--is-ancestor', ancestor, commit]);
			}),
		prepareRevert: request => guarded(() => prepareRevert(maker, request)),
		prepareChange: request => guarded(() => prepareChange(maker, request)),
		async close() {
			closing.abort();
			mirror.close();
			indexes.clear();
		},
	};
}

/** Whoever waits may stop waiting; what was begun goes on for the others. */
function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
	if (!signal) return promise;
	return new Promise((resolve, reject) => {
		const stop = (): void => reject(new GitCommandError({exitCode: -1, stderr: '', reason: 'aborted'}));
		if (signal.aborted) return stop();
		signal.addEventListener('abort', stop, {once: true});
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}

async function dropOldIndexes(indexes: Map<string, Promise<TreeIndex>>): Promise<void> {
	let files = 0;
	const kept = [...indexes].reverse();
	for (const [position, [commit, promise]] of kept.entries()) {
		files += (await promise.catch(() => undefined))?.files.length ?? 0;
		if (position > 0 && (position >= cachedCommits || files > cachedFiles)) indexes.delete(commit);
	}
}

function unknownCommit(display: string, id: string): HoldfastError {
	return new HoldfastError({
		code: 'RevisionNotFound',
		message: `repository ${display} has no commit ${boundedText(id, 64)}`,
		hint: 'It may have been removed by a rewrite of its branch',
	});
}
