import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import {delimiter, isAbsolute, join, resolve} from 'node:path';

export interface Program {
	/** Absolute. */
	readonly path: string;
	/** Changes when the file is replaced: an upgrade while the worker runs must not be missed. */
	readonly identity: string;
}

/** Looks a program up as a shell would: on the PATH, or where its path says. null when there is none to run. */
export async function findProgram(name: string, searchPath = process.env.PATH ?? ''): Promise<Program | null> {
	const isPath = name.includes('/') || isAbsolute(name);
	const candidates = isPath
		? [resolve(name)]
		: searchPath.split(delimiter).flatMap(folder => (folder === '' ? [] : [join(folder, name)]));
	for (const path of candidates) {
		try {
			const information = await stat(path);
			if (!information.isFile()) continue;
			await access(path, constants.X_OK);
			return {path, identity: `${path}:${information.size}:${information.mtimeMs}`};
		} catch {
			// Not here, or not for us: the next folder may have it.
		}
	}
	return null;
}
