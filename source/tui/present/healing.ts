import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import {formatLeft} from '../store/ages.ts';

/** Whether drift is put back by itself, over all applications. */
export type Healing =
	| {readonly type: 'on'}
	| {readonly type: 'waits'; readonly why: string}
	| {readonly type: 'off'; readonly why: string}
	/** Everything is held. */
	| {readonly type: 'held'};

export interface HealingSummary {
	readonly healing: Healing;
	/** Applications with a hold. */
	readonly held: number;
	/** Epoch milliseconds of the next hold to end; null: none ends by itself. */
	readonly nextEnd: number | null;
}

export function summariseHealing(
	worker: WorkerStatus | null,
	applications: Iterable<ApplicationStatus>,
	isStale: boolean,
): HealingSummary {
	let count = 0;
	let heals = 0;
	let held = 0;
	let whole = 0;
	let nextEnd: number | null = null;
	for (const {isHealing, holds} of applications) {
		count++;
		if (isHealing) heals++;
		if (holds.length > 0) held++;
		if (holds.some(({scope}) => scope.type === 'application')) whole++;
		for (const {until} of holds) if (until !== null) nextEnd = Math.min(nextEnd ?? until, until);
	}
	const healing = ((): Healing => {
		if (isStale) return {type: 'waits', why: 'stale'};
		if (worker?.mode === 'observe') return {type: 'off', why: 'the worker only observes'};
		if (count > 0 && whole === count) return {type: 'held'};
		return heals > 0 || count === 0 ? {type: 'on'} : {type: 'off', why: 'no application heals'};
	})();
	return {healing, held, nextEnd};
}

/** `healing on, 1 held 42 m`; short: `heal on, 1 held`. */
export function describeHealing({healing, held, nextEnd}: HealingSummary, now: number, isShort: boolean): string {
	const word = isShort ? 'heal' : 'healing';
	const left = nextEnd === null ? '' : ` ${formatLeft(nextEnd - now)}`;
	const holds = held === 0 ? '' : `, ${held} held${left}`;
	switch (healing.type) {
		case 'on':
			return `${word} on${holds}`;
		case 'waits':
			return `${word} waits${holds}`;
		case 'off':
			return isShort ? `${word} off${holds}` : `${word} off: ${healing.why}${holds}`;
		case 'held':
			return `everything held${left}`;
	}
}
