import {isEqual, isMap} from '../../../source/engine/fields/equal.ts';
import {canonicalJson} from '../../../source/model/json.ts';
import type {FieldType, KindSchema, TypeSchema} from '../schema/type.ts';
import {ApiError} from '../types.ts';

const directiveKey = '$patch';
const retainKey = '$retainKeys';
const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

type Values = Readonly<Record<string, unknown>>;

/**
 * A strategic merge patch: like a JSON merge patch, but lists that the schema gives a merge key are merged item by item.
 * Understands `$patch: delete|replace|merge`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`.
 * Throws {@link ApiError} (400) for a patch that is none, 415 for custom resources, which have no strategies.
 */
export function strategicMergePatch(schema: KindSchema, target: unknown, patch: unknown): unknown {
	if (!schema.isBuiltIn) {
		throw new ApiError({
			code: 415,
			reason: 'UnsupportedMediaType',
			message:
				'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
		});
	}
	if (!isMap(patch)) throw badPatch('unable to parse patch: it is not an object');
	return mergeMaps(schema.root, isMap(target) ? target : {}, patch);
}

function badPatch(message: string): ApiError {
	return new ApiError({code: 400, reason: 'BadRequest', message});
}

function mergeMaps(type: TypeSchema | undefined, target: Values, patch: Values): Values {
	switch (patch[directiveKey]) {
		case undefined:
		case 'merge':
			break;
		case 'replace':
			return withoutDirectives(patch);
		case 'delete':
			return {};
		default:
			throw badPatch(`Unknown patch type found: ${String(patch[directiveKey])} in map`);
	}
	const result = new Map(Object.entries(retained(target, patch)));
	for (const [name, value] of Object.entries(patch)) {
		if (name === directiveKey || name === retainKey) continue;
		if (name.startsWith(orderPrefix)) {
			const list = name.slice(orderPrefix.length);
			// Ordering goes with the list's own patch; without one it orders what is there.
			if (!Object.hasOwn(patch, list)) setOrder(result, list, type, [], value);
		} else if (name.startsWith(deletePrefix)) {
			deleteFromList(result, name.slice(deletePrefix.length), value);
		} else if (value === null) result.delete(name);
		else {
			const field = type?.map?.fields.get(name);
			const merged = mergeValue(field, field?.type ?? type?.map?.element, result.get(name), value);
			if (merged === undefined) result.delete(name);
			else result.set(name, merged);
			const order = patch[orderPrefix + name];
			if (order !== undefined && Array.isArray(value)) setOrder(result, name, type, value, order);
		}
	}
	return Object.fromEntries(result);
}

/** `$retainKeys` names all keys that may stay of what is there. */
function retained(target: Values, patch: Values): Values {
	const names = patch[retainKey];
	if (names === undefined) return target;
	if (!Array.isArray(names)) throw badPatch('$retainKeys must be a list');
	return Object.fromEntries(Object.entries(target).filter(([name]) => names.includes(name)));
}

function mergeValue(
	field: FieldType | undefined,
	type: TypeSchema | undefined,
	target: unknown,
	patch: unknown,
): unknown {
	if (isMap(patch)) {
		if (patch[directiveKey] === 'delete') return undefined;
		const isReplaced = field?.patchStrategy.includes('replace') ?? false;
		return isReplaced ? withoutDirectives(patch) : mergeMaps(type, isMap(target) ? target : {}, patch);
	}
	if (Array.isArray(patch) && field?.patchStrategy.includes('merge')) {
		const list = Array.isArray(target) ? target : [];
		return field.patchMergeKey
			? mergeItems(type?.list?.element, field.patchMergeKey, list, patch)
			: mergeScalars(list, patch);
	}
	return patch;
}

function mergeScalars(target: readonly unknown[], patch: readonly unknown[]): unknown[] {
	const result = [...target];
	for (const value of patch) if (!result.some(other => isEqual(other, value))) result.push(value);
	return result;
}

function mergeItems(
	type: TypeSchema | undefined,
	mergeKey: string,
	target: readonly unknown[],
	patch: readonly unknown[],
): unknown[] {
	// One `$patch: replace` among the items replaces the whole list.
	if (patch.some(item => isMap(item) && item[directiveKey] === 'replace')) {
		return patch.filter(item => isMap(item) && item[directiveKey] === undefined);
	}
	let result = [...target];
	for (const item of patch) {
		if (!isMap(item)) throw badPatch('a list that is merged by key has an item that is not an object');
		const key = item[mergeKey];
		if (key === undefined) throw badPatch(`map: ${printMap(item)} does not contain declared merge key: ${mergeKey}`);
		const isSame = (other: unknown): boolean => isMap(other) && isEqual(other[mergeKey], key);
		if (item[directiveKey] === 'delete') {
			result = result.filter(other => !isSame(other));
			continue;
		}
		const index = result.findIndex(isSame);
		const merged = mergeMaps(type, index < 0 ? {} : (result[index] as Values), item);
		result = index < 0 ? [...result, merged] : result.with(index, merged);
	}
	return result;
}

function printMap(map: Values): string {
	return `map[${Object.keys(map)
		.sort()
		.map(name => `${name}:${typeof map[name] === 'string' ? map[name] : canonicalJson(map[name])}`)
		.join(' ')}]`;
}

/** Nothing of a patch's own language is left in what is stored, and what it sets to null is not there. */
function withoutDirectives(value: Values): Values {
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, child]) => {
			if (child === null || name === directiveKey || name === retainKey) return [];
			if (name.startsWith(orderPrefix) || name.startsWith(deletePrefix)) return [];
			return [[name, isMap(child) ? withoutDirectives(child) : child]];
		}),
	);
}

function deleteFromList(result: Map<string, unknown>, name: string, values: unknown): void {
	const list = result.get(name);
	if (!Array.isArray(list) || !Array.isArray(values)) return;
	const kept = list.filter(item => !values.some(value => isEqual(value, item)));
	result.set(name, kept);
}

/**
 * Puts a merged list in the order that the patch wants. Items that it does not name (somebody else's) keep their place
 * relative to the items around them: each follows what it followed before.
 */
function setOrder(
	result: Map<string, unknown>,
	name: string,
	type: TypeSchema | undefined,
	_patch: readonly unknown[],
	order: unknown,
): void {
	const list = result.get(name);
	if (!Array.isArray(list) || !Array.isArray(order)) return;
	const mergeKey = type?.map?.fields.get(name)?.patchMergeKey;
	const keyOf = (item: unknown): string => canonicalJson(mergeKey && isMap(item) ? item[mergeKey] : item);
	const wanted = order.map(keyOf);
	const named = list
		.filter(item => wanted.includes(keyOf(item)))
		.sort((left, right) => wanted.indexOf(keyOf(left)) - wanted.indexOf(keyOf(right)));
	const others = list.map((item, index) => ({item, index})).filter(({item}) => !wanted.includes(keyOf(item)));
	const merged: unknown[] = [];
	let next = 0;
	for (const item of named) {
		const position = list.indexOf(item);
		while (next < others.length && others[next]!.index < position) merged.push(others[next++]!.item);
		merged.push(item);
	}
	result.set(name, [...merged, ...others.slice(next).map(({item}) => item)]);
}
