import type {WorkerStatus} from '../../model/status.ts';

/** Whether keys can write, and for how long. */
export type Access =
	| {readonly type: 'open'}
	| {readonly type: 'read-only'; readonly how: string}
	/** Epoch milliseconds: when it is read-only again by itself. */
	| {readonly type: 'armed'; readonly until: number};

export interface Guard {
	/** `--read-only` was given. */
	readonly isReadOnly: boolean;
	/** Epoch milliseconds: until when a person let it write; null: nobody did. */
	readonly armedUntil: number | null;
}

/** `:write` without a duration. */
export const defaultArmingMilliseconds = 15 * 60_000;
/** A shift. Who needs longer arms again, and thinks about it again. */
export const longestArmingMilliseconds = 8 * 3_600_000;

/**
 * Whether anything of these contexts can be written now. Production and `--read-only` start read-only; no flag and no
 * configuration opens them for longer than a person asked for.
 */
export function accessTo(contexts: readonly string[], guard: Guard, worker: WorkerStatus | null, now: number): Access {
	if (!guard.isReadOnly && productionAmong(contexts, worker).length === 0) return {type: 'open'};
	if (guard.armedUntil !== null && guard.armedUntil > now) return {type: 'armed', until: guard.armedUntil};
	return {type: 'read-only', how: ':write arms'};
}

/** What the header says: of everything that the worker is connected to. */
export function accessToAll(guard: Guard, worker: WorkerStatus | null, now: number): Access {
	return accessTo(worker?.connections.map(({context}) => context) ?? [], guard, worker, now);
}

/** Those of these contexts that are marked as production, each once. One that the worker does not know counts as such. */
export function productionAmong(contexts: readonly string[], worker: WorkerStatus | null): string[] {
	const isProduction = (context: string) =>
		worker?.connections.find(connection => connection.context === context)?.isProduction ?? true;
	return [...new Set(contexts)].filter(isProduction);
}
