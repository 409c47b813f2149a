import {parseJson, stringifyJson} from '../../model/json.ts';
import {boundedText} from '../../model/text.ts';

/** Key of the inventory's data under which reverts under way are kept, so that every worker knows of them. */
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
/** Clocks of bastions disagree; one that was begun later than this is not meant. */
const aheadMilliseconds = 60 * 60_000;
const mostCommits = 50;
const mostKept = 20;

/** Epoch milliseconds after which it holds nothing back any more, whatever became of it. */
export function endOfFlight({revertCommit, at}: RevertInFlight): number {
	return at + (revertCommit === null ? unpushedMilliseconds : pushedMilliseconds);
}

/** Whether it holds nothing back at `now` (epoch milliseconds): its time is up, or it claims to be of the future. */
export function isFlightOver(revert: RevertInFlight, now: number): boolean {
	return now > endOfFlight(revert) || revert.at > now + aheadMilliseconds;
}

/** Whether both take back the same, in whichever attempt. */
export function isSameRevert(left: RevertInFlight, right: RevertInFlight): boolean {
	return left.commits.join() === right.commits.join();
}

export function printInFlight(reverts: readonly RevertInFlight[]): string {
	return stringifyJson(reverts.slice(-mostKept));
}

/** Those under way, oldest first; what nobody can read is none: a mangled one must not stop syncs for ever. */
export function parseInFlight(text: string | undefined): readonly RevertInFlight[] {
	if (text === undefined) return [];
	let value: unknown;
	try {
		value = parseJson(text);
	} catch {
		return [];
	}
	// Alone, as it was written once.
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	return list.slice(-mostKept).flatMap(item => toRevert(item) ?? []);
}

function toRevert(value: unknown): RevertInFlight | null {
	if (typeof value !== 'object' || value === null) return null;
	const {commits, revertCommit, base, branch, isOffered, by, at} = value as Partial<Record<string, unknown>>;
	if (!Array.isArray(commits) || commits.length > mostCommits || !commits.every(isId)) return null;
	if (!Number.isSafeInteger(at)) return null;
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
