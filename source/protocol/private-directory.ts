import {chmodSync, lstatSync, mkdirSync, statSync} from 'node:fs';
import {HoldfastError} from '../model/errors.ts';

/**
 * Makes a directory that only this user can enter (0700), or makes sure that the one there is such a one. Where others may
 * write, somebody can have made it first to listen in: then it is refused.
 *
 * @throws HoldfastError UnsafeDirectory, DirectoryUnavailable
 */
export function ensurePrivateDirectory(directory: string): void {
	makeDirectory(directory);
	const stat = lstatSync(directory);
	if (!stat.isDirectory()) throw unsafe(directory, 'is not a directory');
	if (stat.uid !== userId()) throw unsafe(directory, 'belongs to another user');
	if ((stat.mode & 0o077) !== 0) chmodSync(directory, 0o700);
}

/**
 * Makes the directory of a socket when there is none. One that exists is left as it is: it must belong to this user or to
 * root, and must not let others replace files in it.
 *
 * @throws HoldfastError UnsafeDirectory, DirectoryUnavailable
 */
export function ensureSocketDirectory(directory: string): void {
	makeDirectory(directory);
	const stat = statSync(directory);
	if (stat.uid !== userId() && stat.uid !== 0) throw unsafe(directory, 'belongs to another user');
	const isOpen = (stat.mode & 0o022) !== 0;
	const isSticky = (stat.mode & 0o1000) !== 0;
	if (isOpen && !isSticky) throw unsafe(directory, 'can be written by other users');
}

/** This user's number; -1 where there are none. */
export function userId(): number {
	return process.getuid?.() ?? -1;
}

function makeDirectory(directory: string): void {
	try {
		mkdirSync(directory, {recursive: true, mode: 0o700});
	} catch (error) {
		// An existing link or file is looked at by the caller.
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
		throw new HoldfastError(
			{
				code: 'DirectoryUnavailable',
				message: `The directory ${directory} cannot be made: ${(error as Error).message}`,
				hint: 'Check the permissions of its parent, or set XDG_RUNTIME_DIR to a directory of this user',
			},
			{cause: error},
		);
	}
}

function unsafe(directory: string, why: string): HoldfastError {
	return new HoldfastError({
		code: 'UnsafeDirectory',
		message: `The directory ${directory} ${why}`,
		hint: 'Remove it, or set XDG_RUNTIME_DIR to a directory of this user',
	});
}
