import type {Problem} from '../../model/errors.ts';
import {type Hold, type HoldScope, printScope} from '../../model/hold.ts';
import {boundedText} from '../../model/text.ts';
import {parsePath} from '../fields/path.ts';

export interface HoldWish {
	readonly scope: HoldScope;
	readonly owner: string;
	readonly reason: string;
	/** Milliseconds; null: without an end. */
	readonly durationMilliseconds: number | null;
	readonly breakGlass: boolean;
	readonly includesSync: boolean;
}

const longestReason = 200;
/** A year: what is meant to last longer is meant to be a commit. */
const longestMilliseconds = 366 * 24 * 60 * 60_000;

/**
 * The hold that a person asks for, or why it cannot be. A hold without an end needs `breakGlass` and a reason: the pauses
 * that do harm are those that nobody remembers (argo-cd #16922).
 */
export function makeHold(wish: HoldWish, {id, now}: {id: string; now: number}): Hold | Problem {
	const {scope, durationMilliseconds, includesSync} = wish;
	const reason = boundedText(wish.reason.trim(), longestReason);
	if (durationMilliseconds === null && !(wish.breakGlass && reason !== '')) {
		return {
			code: 'HoldNeedsEnd',
			message: `a hold of ${printScope(scope)} needs an end, or break-glass and a reason`,
			hint: 'Say for how long, for example --for 1h',
		};
	}
	if (durationMilliseconds !== null && !(durationMilliseconds > 0 && durationMilliseconds <= longestMilliseconds)) {
		const message = 'a hold lasts longer than nothing and at most a year';
		return {code: 'HoldDurationInvalid', message, hint: 'Change the application in Git for what is meant to last'};
	}
	if (includesSync && scope.type !== 'application') {
		const message = `only a hold of the whole application stops syncs, not one of ${printScope(scope)}`;
		return {code: 'HoldScopeInvalid', message, hint: 'A held object or field is left alone by syncs anyway'};
	}
	if (scope.type === 'field' && (parsePath(scope.path)?.length ?? 0) === 0) {
		const message = `${boundedText(scope.path, 200)} is not a field path`;
		return {code: 'HoldScopeInvalid', message, hint: 'Write it as drift events print it: spec.replicas'};
	}
	const until = durationMilliseconds === null ? null : now + durationMilliseconds;
	return {id, scope, owner: boundedText(wish.owner, 100), reason, since: now, until, includesSync};
}

/**
 * Whether two scopes hold the same thing: a new hold takes the place of the old one. Parts that one of them leaves out
 * match every one.
 */
export function isSameScope(left: HoldScope, right: HoldScope): boolean {
	if (left.type === 'application' || right.type === 'application') return left.type === right.type;
	return (
		left.type === right.type &&
		left.kind === right.kind &&
		left.name === right.name &&
		isSameOrAny(left.group, right.group) &&
		isSameOrAny(left.namespace, right.namespace) &&
		(left.type !== 'field' || right.type !== 'field' || left.path === right.path)
	);
}

function isSameOrAny(left: string | undefined, right: string | undefined): boolean {
	return left === undefined || right === undefined || left === right;
}
