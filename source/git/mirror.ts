import {createHash, randomUUID} from 'node:crypto';
import {access, mkdir, rename, rm, stat, unlink} from 'node:fs/promises';
import {join, relative, resolve} from 'node:path';
import type {RepositoryAddress} from './address.ts';
import {GitCommandError, type GitContext, git} from './command.ts';
import {gitEnvironment} from './environment.ts';
import {isCorruption} from './failures.ts';
import type {GitLimits} from './limits.ts';
import {withLock} from './lock.ts';
import {createObjectReader, type ObjectReader} from './object-reader.ts';
import {parseRemoteReferences, type RemoteReferences} from './remote-references.ts';

/** The bare repository on disk that holds what we fetched. Other processes use the same one at the same time. */
export interface Mirror {
	readonly context: GitContext;
	readonly blobs: ObjectReader;
	/** Names and sizes of objects. */
	readonly check: ObjectReader;
	readonly counters: {lists: number; fetches: number; repairs: number};
	/** Asks the remote. `everything`: HEAD and all references, not only branches and tags. */
	list(everything: boolean): Promise<RemoteReferences>;
	/** Fetches unless `isDone` says, under the lock, that another process was faster. */
	fetch(refspecs: readonly string[], isDone: () => Promise<boolean>): Promise<void>;
	/** The commit that a reference or an id leads to; null when it is not here. */
	commitOf(name: string): Promise<string | null>;
	locked<Result>(action: () => Promise<Result>): Promise<Result>;
	/** Runs an action, and once more after the mirror was made anew if it turns out to be damaged. */
	healed<Result>(action: () => Promise<Result>): Promise<Result>;
	/** Moves a damaged mirror aside and starts with an empty one. False: that was done a moment ago, and did not help. */
	repair(): Promise<boolean>;
	close(): void;
}

const lockMilliseconds = 15 * 60_000;
const repairMilliseconds = 10 * 60_000;
const fetchesBetweenMaintenance = 20;

/**
 * Our own name for a reference of the remote. Hashed, because remote names collide on disk: `a` with `a/b` after a branch
 * was renamed, `Main` with `main` where case does not count.
 */
export const localReference = (remoteName: string): string => `refs/holdfast/fetched/${shortHash(remoteName)}`;

/** Keeps what a target meant before it was rewritten. */
export const formerReference = (key: string): string => `refs/holdfast/former/${shortHash(key)}`;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);

/** Opens, or makes, the mirror of a repository below the cache folder. */
export async function openMirror(options: {
	address: RepositoryAddress;
	cacheDirectory: string;
	limits: GitLimits;
	signal: AbortSignal;
}): Promise<Mirror> {
	const {address, limits, signal} = options;
	const cacheDirectory = resolve(options.cacheDirectory);
	const directory = join(cacheDirectory, address.folder);
	const context: GitContext = {directory, environment: gitEnvironment(directory), signal};
	const blobs = createObjectReader(context, 'contents');
	const check = createObjectReader(context, 'check');
	const counters = {lists: 0, fetches: 0, repairs: 0};
	let openedInode = 0;
	let repairedAt = Number.NEGATIVE_INFINITY;
	let maintenance: Promise<unknown> | undefined;

	// Waiters of this process queue up here, so that only other processes have to poll.
	let lastInLine: Promise<unknown> = Promise.resolve();
	const locked = <Result>(action: () => Promise<Result>): Promise<Result> => {
		const result = lastInLine.then(async () => {
			await mkdir(cacheDirectory, {recursive: true, mode: 0o700});
			return withLock(`${directory}.lock`, {signal, waitMilliseconds: lockMilliseconds}, action);
		});
		lastInLine = result.catch(() => {});
		return result;
	};

	const ensure = async (): Promise<void> => {
		if (!(await exists(join(directory, 'HEAD')))) await create(context, 'sha1');
		openedInode = await inodeOf(directory);
	};

	const startAnew = async (hash: 'sha1' | 'sha256'): Promise<void> => {
		await setAside(context);
		await create(context, hash);
		openedInode = await inodeOf(directory);
		blobs.restart();
		check.restart();
	};

	const repair = (): Promise<boolean> =>
		locked(async () => {
			if ((await inodeOf(directory)) !== openedInode) {
				// Another process was faster, or somebody removed it; our children still look at the old one.
				await ensure();
				blobs.restart();
				check.restart();
				return true;
			}
			if (Date.now() - repairedAt < repairMilliseconds) return false;
			repairedAt = Date.now();
			counters.repairs++;
			await startAnew('sha1');
			return true;
		});

	const healed = async <Result>(action: () => Promise<Result>): Promise<Result> => {
		try {
			return await action();
		} catch (error) {
			const hash = hashOfRemote(error);
			if (hash) await locked(() => startAnew(hash));
			else if (!isCorruption(error) || !(await repair())) throw error;
			return action();
		}
	};

	const runFetch = async (refspecs: readonly string[]): Promise<void> => {
		const flags = ['--no-tags', '--update-shallow', '--no-recurse-submodules', '--force', '--progress'];
		// `fetch(url)` with one word would fetch `origin`: simple-git takes words in a list as they are.
		const words = [...flags, ...pruneFlag(refspecs), '--end-of-options', address.url, ...refspecs];
		await git(context, {silenceMilliseconds: limits.fetchMilliseconds}).fetch(words);
	};

	const maintain = (): void => {
		if (counters.fetches % fetchesBetweenMaintenance !== 0 || maintenance) return;
		const command = ['-c', 'gc.auto=6700', 'gc', '--auto', '--quiet'];
		maintenance = git(context)
			.raw(command)
			.catch(() => {})
			.finally(() => {
				maintenance = undefined;
			});
	};

	await locked(ensure);
	return {
		context,
		blobs,
		check,
		counters,
		locked,
		healed,
		repair,
		async list(everything) {
			counters.lists++;
			const scope = everything ? ['--symref'] : ['--heads', '--tags'];
			const words = [...scope, '--end-of-options', address.url];
			const ask = (): Promise<string> =>
				git(context, {silenceMilliseconds: limits.listMilliseconds}).listRemote(words) as Promise<string>;
			return parseRemoteReferences(await healed(ask));
		},
		fetch: (refspecs, isDone) =>
			healed(() =>
				locked(async () => {
					if (await isDone()) return;
					counters.fetches++;
					try {
						await runFetch(refspecs);
					} catch (error) {
						if (!(await removeStaleLock(error, directory))) throw error;
						await runFetch(refspecs);
					}
					maintain();
				}),
			),
		async commitOf(name) {
			const [object] = await check.read([`${name}^{commit}`]);
			return object?.type === 'commit' ? object.oid : null;
		},
		close() {
			blobs.close();
			check.close();
		},
	};
}

/** Made elsewhere and moved into place, so that a crash never leaves half a mirror. */
async function create(context: GitContext, hash: 'sha1' | 'sha256'): Promise<void> {
	const temporary = `${context.directory}.new-${randomUUID()}`;
	const environment = {...context.environment, GIT_DIR: temporary};
	// Without templates there are no hooks, and no files that a packager put there.
	const flags = ['--template=', ...(hash === 'sha256' ? ['--object-format=sha256'] : [])];
	try {
		await mkdir(temporary, {mode: 0o700});
		await git({...context, environment}).init(true, flags);
		await rm(context.directory, {recursive: true, force: true});
		await rename(temporary, context.directory);
	} finally {
		await rm(temporary, {recursive: true, force: true});
	}
}

/** The last damaged mirror is kept for whoever wants to know why; the one before goes. */
async function setAside({directory}: GitContext): Promise<void> {
	const aside = `${directory}.damaged`;
	await rm(aside, {recursive: true, force: true});
	await rename(directory, aside).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
	});
}

/**
 * A git that was killed leaves `*.lock` files behind. Whoever holds our own lock is the only one who fetches, so one that
 * is a minute old has no owner. Answers whether there was such a file.
 */
async function removeStaleLock(error: unknown, directory: string): Promise<boolean> {
	if (!(error instanceof GitCommandError)) return false;
	const path = /Unable to create '([^']+\.lock)': File exists/.exec(error.stderr)?.[1];
	if (!path || relative(directory, path).startsWith('..')) return false;
	const age = await stat(path).then(
		({mtimeMs}) => Date.now() - mtimeMs,
		() => 0,
	);
	if (age < 60_000) return false;
	await unlink(path).catch(() => {});
	return true;
}

/** Which kind of object ids the remote uses, when git says that the mirror was made for another. */
function hashOfRemote(error: unknown): 'sha1' | 'sha256' | null {
	if (!(error instanceof GitCommandError)) return null;
	const server = /mismatched algorithms: client \w+; server (sha1|sha256)/.exec(error.stderr)?.[1];
	return server === 'sha1' || server === 'sha256' ? server : null;
}

/** Whole namespaces are pruned, so that a branch that was renamed from `a` to `a/b` finds its place free. */
const pruneFlag = (refspecs: readonly string[]): string[] =>
	refspecs.some(spec => spec.includes('*')) ? ['--prune'] : [];

const inodeOf = (path: string): Promise<number> =>
	stat(path).then(
		({ino}) => ino,
		() => 0,
	);

const exists = (path: string): Promise<boolean> =>
	access(path).then(
		() => true,
		() => false,
	);
