import {readFile, rename, rm, writeFile} from 'node:fs/promises';
import {isObjectId} from './reference-name.ts';

/** What a target meant the last time it was pulled. */
export interface RememberedTarget {
	readonly commit: string;
	readonly ref: string;
}

/**
 * What every target meant, over restarts: the reason why a rewritten or deleted branch is noticed. A file beside the
 * mirror, shared with other processes. A lost or broken file only means that nothing is remembered.
 */
export interface TargetMemory {
	get(key: string): Promise<RememberedTarget | undefined>;
	/** Must be called under the mirror's lock. */
	set(key: string, target: RememberedTarget): Promise<void>;
}

export function openTargetMemory(path: string): TargetMemory {
	// What this process saw wins over what another one wrote: moves are told relative to the former answer.
	const seen = new Map<string, RememberedTarget>();
	return {
		async get(key) {
			const known = seen.get(key) ?? (await load(path)).get(key);
			if (known) seen.set(key, known);
			return known;
		},
		async set(key, target) {
			seen.set(key, target);
			const targets = await load(path);
			targets.set(key, target);
			const temporary = `${path}.${process.pid}`;
			try {
				await writeFile(temporary, JSON.stringify(Object.fromEntries(targets)), {mode: 0o600});
				await rename(temporary, path);
			} catch {
				// A full disk costs the memory, not the pull.
				await rm(temporary, {force: true}).catch(() => {});
			}
		},
	};
}

async function load(path: string): Promise<Map<string, RememberedTarget>> {
	try {
		const entries = Object.entries(JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>);
		return new Map(entries.filter((entry): entry is [string, RememberedTarget] => isRemembered(entry[1])));
	} catch {
		return new Map();
	}
}

function isRemembered(value: unknown): value is RememberedTarget {
	if (typeof value !== 'object' || value === null || !('commit' in value) || !('ref' in value)) return false;
	return typeof value.commit === 'string' && isObjectId(value.commit) && typeof value.ref === 'string';
}
