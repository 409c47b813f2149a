import {mkdir, mkdtemp, readdir, realpath, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {HoldfastError} from '../../model/errors.ts';

const prefix = 'holdfast-commit-';
/** A commit is never under way this long; what is older was left by a process that was killed. */
const staleMilliseconds = 60 * 60 * 1000;

/** Makes a folder of a random name that only we can read: it holds the repository's content. Rejects with TemporaryDirectoryFailed. */
export async function makeWorkFolder(temporaryDirectory: string): Promise<string> {
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

export async function removeWorkFolder(folder: string): Promise<void> {
	await rm(folder, {recursive: true, force: true, maxRetries: 3});
}

/** Removes what killed processes left behind. Never rejects: it is housekeeping. */
export async function removeStaleWorkFolders(temporaryDirectory: string, now: number): Promise<void> {
	const names = await readdir(temporaryDirectory).catch(() => []);
	for (const name of names) {
		const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
		if (!Number.isSafeInteger(owner) || isAlive(owner)) continue;
		const path = join(temporaryDirectory, name);
		const information = await stat(path).catch(() => null);
		if (!information?.isDirectory() || information.uid !== process.getuid?.()) continue;
		// Its owner may live in another container that shares the folder: then only age tells.
		if (now - information.mtimeMs > staleMilliseconds) await removeWorkFolder(path).catch(() => undefined);
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
