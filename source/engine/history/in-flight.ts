import {parseJson, stringifyJson} from '../../model/json.ts';
import {boundedText} from '../../model/text.ts';

/** Key of the inventory's data under which a revert under way is kept, so that every worker knows of it. */
export const revertKey = 'revert';

/** A revert on its way from a person to the tracked branch: until it is there, what it takes back is not synced again. */
export interface RevertInFlight {
	/** Taken back, newest first; full ids. */
	readonly commits: readonly string[];
	/** null: not pushed yet. */
	readonly revertCommit: string | null;
	/** The tip that it stands on: what comes after it may be the revert under another id. */
	readonly base: string;
	/** Where it was pushed to. */
	readonly branch: string;
	/** It waits on a branch of its own for somebody to merge it. */
	readonly isOffered: boolean;
	readonly by: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

const unpushedMilliseconds = 15 * 60_000;
const pushedMilliseconds = 24 * 60 * 60_000;

/** Epoch milliseconds after which it holds nothing back any more, whatever became of it. */
export function endOfFlight({revertCommit, at}: RevertInFlight): number {
	return at + (revertCommit === null ? unpushedMilliseconds : pushedMilliseconds);
}

export function printInFlight(revert: RevertInFlight): string {
	return stringifyJson(revert);
}

/** null: there is none, or nobody can read it; a mangled one must not stop syncs for ever. */
export function parseInFlight(text: string | undefined): RevertInFlight | null {
	if (text === undefined) return null;
	let value: unknown;
	try {
		value = parseJson(text);
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null) return null;
	const {commits, revertCommit, base, branch, isOffered, by, at} = value as Partial<Record<string, unknown>>;
	if (!Array.isArray(commits) || !commits.every(isId) || !Number.isFinite(at)) return null;
	if (!isId(base) || (revertCommit !== null && !isId(revertCommit))) return null;
	return {
		commits: commits as string[],
		revertCommit: revertCommit as string | null,
		base: base as string,
		branch: boundedText(String(branch ?? ''), 200),
		isOffered: isOffered === true,
		by: boundedText(String(by ?? ''), 100),
		at: at as number,
	};
}

function isId(value: unknown): boolean {
	return typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}
