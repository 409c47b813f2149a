import type {FieldChange} from '../../model/drift.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {JsonPatchOperation} from '../../model/ports/cluster/write.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath} from '../fields/path.ts';
import {pointerOf, tokensOf} from '../fields/pointer.ts';

type Tokens = readonly (string | number)[];

/**
 * The JSON patch (RFC 6902) that takes out what others added: server-side apply never does. First a test of the
 * resourceVersion, because positions in lists hold only for the object that was read; then the removals from the highest
 * position down, so that none moves another. Empty when there is nothing to remove. `live` must be the whole object.
 */
export function foreignRemovals(live: KubernetesObject, fields: readonly FieldChange[]): JsonPatchOperation[] {
	const found: {tokens: Tokens; pointer: string}[] = [];
	for (const field of fields) {
		const path = field.class === 'foreign-addition' ? parsePath(field.path) : null;
		if (!path || path.length === 0 || lookup(live, path) === undefined) continue;
		const tokens = tokensOf(live, path);
		const pointer = pointerOf(live, path);
		if (tokens && pointer !== null) found.push({tokens, pointer});
	}
	const removals = found
		.filter(one => !found.some(other => isBelow(one.tokens, other.tokens)))
		.filter((one, index, all) => all.findIndex(other => other.pointer === one.pointer) === index)
		.sort((left, right) => compareDescending(left.tokens, right.tokens))
		.map(({pointer}): JsonPatchOperation => ({op: 'remove', path: pointer}));
	if (removals.length === 0) return [];
	return [{op: 'test', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion}, ...removals];
}

function isBelow(tokens: Tokens, ancestor: Tokens): boolean {
	return tokens.length > ancestor.length && ancestor.every((token, index) => token === tokens[index]);
}

function compareDescending(left: Tokens, right: Tokens): number {
	for (let index = 0; index < Math.min(left.length, right.length); index++) {
		const [a, b] = [left[index]!, right[index]!];
		if (a === b) continue;
		if (typeof a === 'number' && typeof b === 'number') return b - a;
		return String(a) < String(b) ? 1 : -1;
	}
	return right.length - left.length;
}
