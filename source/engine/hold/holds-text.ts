import type {Hold, HoldScope} from '../../model/hold.ts';
import {parseJson, stringifyJson} from '../../model/json.ts';
import {boundedText} from '../../model/text.ts';

const reasonLimit = 200;

/** The holds of an application as its inventory keeps them: one JSON list, in the order in which they end. */
export function printHolds(holds: readonly Hold[]): string {
	return stringifyJson([...holds].sort(byEnd).map(hold => ({...hold, scope: {...hold.scope}})));
}

/** null: not a list of holds. A mangled list must not pass for an empty one: then somebody's hold would silently be over. */
export function parseHolds(text: string): Hold[] | null {
	let list: unknown;
	try {
		list = parseJson(text);
	} catch {
		return null;
	}
	if (!Array.isArray(list)) return null;
	const holds = list.map(readHold);
	return holds.every(hold => hold !== null) ? holds : null;
}

function byEnd(left: Hold, right: Hold): number {
	return (
		(left.until ?? Number.POSITIVE_INFINITY) - (right.until ?? Number.POSITIVE_INFINITY) || left.since - right.since
	);
}

function readHold(value: unknown): Hold | null {
	if (typeof value !== 'object' || value === null) return null;
	const {id, owner, reason, since, until, includesSync, scope} = value as Partial<Record<string, unknown>>;
	const readScope = readHoldScope(scope);
	if (typeof id !== 'string' || typeof owner !== 'string' || typeof reason !== 'string' || !readScope) return null;
	if (typeof since !== 'number' || (until !== null && typeof until !== 'number')) return null;
	// Whoever may write the ConfigMap may write anything into it: it is made safe where it enters.
	return {
		id: boundedText(id, 40),
		scope: readScope,
		owner: boundedText(owner, 100),
		reason: boundedText(reason, reasonLimit),
		since,
		until,
		includesSync: includesSync === true,
	};
}

function readHoldScope(value: unknown): HoldScope | null {
	if (typeof value !== 'object' || value === null) return null;
	const {type, group, kind, namespace, name, path} = value as Partial<Record<string, unknown>>;
	if (type === 'application') return {type};
	if (typeof kind !== 'string' || typeof name !== 'string') return null;
	const object = {
		...(typeof group === 'string' ? {group: boundedText(group, 253)} : {}),
		kind: boundedText(kind, 253),
		...(typeof namespace === 'string' ? {namespace: boundedText(namespace, 253)} : {}),
		name: boundedText(name, 253),
	};
	if (type === 'object') return {type, ...object};
	return type === 'field' && typeof path === 'string' ? {type, ...object, path: boundedText(path, 1_000)} : null;
}
