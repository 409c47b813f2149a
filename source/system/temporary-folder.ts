import {chmod, mkdir, mkdtemp, readdir, realpath, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {HoldfastError} from '../model/errors.ts';
import {isAlive} from './process.ts';

/** No work lasts this long; what is older was left by a process that was killed. */
const staleMilliseconds = 60 * 60 * 1000;

/**
 * Makes a folder that only we can read, named by `prefix`, its owner's pid and chance (argo-cd CVE-2023-40026): it holds a
 * repository's content, and may hold values of Secrets. Answers with its path without links. Rejects with
 * TemporaryDirectoryFailed.
 */
export async function makeTemporaryFolder(temporaryDirectory: string, prefix: string): Promise<string> {
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

/** Removes a folder of ours with all that is in it, whatever its permissions. */
export async function removeTemporaryFolder(path: string): Promise<void> {
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

/**
 * Removes folders of that prefix which killed processes left behind. `now` is epoch milliseconds. Never rejects: it is
 * housekeeping.
 */
export async function removeStaleFolders(temporaryDirectory: string, prefix: string, now: number): Promise<void> {
	const names = await readdir(temporaryDirectory).catch(() => []);
	for (const name of names) {
		const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
		if (!Number.isSafeInteger(owner) || isAlive(owner)) continue;
		const path = join(temporaryDirectory, name);
		const information = await stat(path).catch(() => null);
		if (!information?.isDirectory() || information.uid !== process.getuid?.()) continue;
		// Its owner may live in another container that shares the folder: then only age tells.
		if (now - information.mtimeMs > staleMilliseconds) await removeTemporaryFolder(path).catch(() => undefined);
	}
}
