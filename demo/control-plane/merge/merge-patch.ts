import {isMap} from '../../../source/engine/fields/equal.ts';

/** A JSON merge patch (RFC 7386): null removes, maps merge, everything else replaces. Nothing given is changed. */
export function jsonMergePatch(target: unknown, patch: unknown): unknown {
	if (!isMap(patch)) return patch;
	const result = new Map(Object.entries(isMap(target) ? target : {}));
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) result.delete(name);
		else result.set(name, jsonMergePatch(result.get(name), value));
	}
	return Object.fromEntries(result);
}
