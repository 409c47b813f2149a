import {union} from '../../../source/engine/fields/fields.ts';
import {identityOf, type Manager, type Managers, secondsOf} from './managers.ts';

/** So many entries of updates are kept; more are folded together, the oldest first. */
export const maximumUpdateManagers = 10;

const foldedName = 'ancient-changes';

/** Folds the oldest entries of updates, each API version on its own, until there are few enough. */
export function capUpdateManagers(managers: Managers): Managers {
	const updaters = [...managers].filter(([, manager]) => manager.operation === 'Update');
	let excess = updaters.length - maximumUpdateManagers;
	if (excess <= 0) return managers;
	updaters.sort(
		([leftId, left], [rightId, right]) =>
			secondsOf(left.time) - secondsOf(right.time) || (leftId < rightId ? -1 : leftId > rightId ? 1 : 0),
	);
	const result: Managers = new Map(managers);
	const firstOfVersion = new Map<string, string>();
	for (const [identity, {apiVersion}] of updaters) {
		if (excess <= 0) break;
		const first = firstOfVersion.get(apiVersion);
		if (first === undefined) {
			firstOfVersion.set(apiVersion, identity);
			continue;
		}
		const folded: Omit<Manager, 'time' | 'fields'> = {
			manager: foldedName,
			operation: 'Update',
			subresource: '',
			apiVersion,
		};
		const bucket = identityOf(folded);
		const collected = result.get(bucket) ?? result.get(first)!;
		const {fields, time} = result.get(identity)!;
		result.delete(first);
		result.delete(identity);
		// The later time of the two, as the entries come oldest first.
		result.set(bucket, {...folded, time, fields: union(fields, collected.fields)});
		excess--;
	}
	return result;
}
