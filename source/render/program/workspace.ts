import {chmod, mkdir, mkdtemp, readdir, realpath, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {HoldfastError} from '../../model/errors.ts';

/** A folder of one run, readable by us alone, removed when the run is over. */
export interface Workspace {
	/** Absolute, without links: programs print it so. */
	readonly root: string;
	/** Empty; the repository's files go here. */
	readonly tree: string;
	/** Empty; home of the program. */
	readonly home: string;
	/** Empty; for values that came with the application. */
	readonly values: string;
}

const prefix = 'holdfast-render-';

/** A run never lasts this long; what is older was left by a process that was killed. */
const staleMilliseconds = 60 * 60 * 1000;

/**
 * Gives `work` a fresh folder with a random name (argo-cd CVE-2023-40026) and removes it afterwards, whatever happens: it
 * may hold values of Secrets.
 */
export async function withWorkspace<Result>(
	temporaryDirectory: string,
	work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
	const root = await makeRoot(temporaryDirectory);
	const workspace = {root, tree: join(root, 'tree'), home: join(root, 'home'), values: join(root, 'values')};
	try {
		for (const folder of [workspace.tree, workspace.home, workspace.values]) await mkdir(folder, {mode: 0o700});
		return await work(workspace);
	} finally {
		await removeFolder(root);
	}
}

async function makeRoot(temporaryDirectory: string): Promise<string> {
	try {
		await mkdir(temporaryDirectory, {recursive: true, mode: 0o700});
		// mkdtemp makes it 0700.
		return await realpath(await mkdtemp(join(temporaryDirectory, `${prefix}${process.pid}-`)));
	} catch (error) {
		const message = `no folder can be made below ${temporaryDirectory}: ${(error as Error).message}`;
		const hint = 'Make it writable, free some space, or set TMPDIR';
		throw new HoldfastError({code: 'TemporaryDirectoryFailed', message, hint}, {cause: error});
	}
}

/** Removes what killed processes left behind. Never rejects: it is housekeeping. */
export async function removeStaleWorkspaces(temporaryDirectory: string, now: number): Promise<void> {
	const names = await readdir(temporaryDirectory).catch(() => []);
	for (const name of names) {
		const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
		if (!Number.isSafeInteger(owner) || isAlive(owner)) continue;
		const path = join(temporaryDirectory, name);
		const information = await stat(path).catch(() => null);
		if (!information?.isDirectory() || information.uid !== process.getuid?.()) continue;
		if (now - information.mtimeMs > staleMilliseconds) await removeFolder(path).catch(() => undefined);
	}
}

async function removeFolder(path: string): Promise<void> {
	try {
		await rm(path, {recursive: true, force: true, maxRetries: 3});
	} catch {
		// A folder without write permission keeps its content (argo-cd CVE-2023-40584); all of this is ours to change.
		const folders = [path];
		for (const folder of folders) {
			await chmod(folder, 0o700);
			const entries = await readdir(folder, {withFileTypes: true});
			folders.push(...entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name)));
		}
		await rm(path, {recursive: true, force: true, maxRetries: 3});
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
