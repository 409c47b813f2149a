import {isEqual, isMap} from '../../../source/engine/fields/equal.ts';
import {canonicalJson} from '../../../source/model/json.ts';
import type {FieldType, KindSchema, TypeSchema} from '../schema/type.ts';
import {ApiError} from '../types.ts';
import {printGoValue} from './typed-error.ts';

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
			if (!Object.hasOwn(patch, list))
				setIn(result, list, inOrder(type, list, result.get(list), result.get(list), value));
		} else if (name.startsWith(deletePrefix)) {
			const list = name.slice(deletePrefix.length);
			setIn(result, list, withoutItems(result.get(list), value));
		} else if (value === null) result.delete(name);
		else {
			const field = type?.map?.fields.get(name);
			const merged = mergeValue(field, field?.type ?? type?.map?.element, result.get(name), value);
			const order = patch[orderPrefix + name];
			if (Array.isArray(order) && Array.isArray(value)) checkOrder(field?.patchMergeKey, value, order);
			setIn(result, name, order === undefined ? merged : inOrder(type, name, merged, result.get(name), order));
		}
	}
	return Object.fromEntries(result);
}

function setIn(result: Map<string, unknown>, name: string, value: unknown): void {
	if (value === undefined) result.delete(name);
	else result.set(name, value);
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
		if (!isMap(target) || field?.patchStrategy.includes('replace')) return withoutDirectives(patch);
		return mergeMaps(type, target, patch);
	}
	if (!Array.isArray(patch)) return patch;
	const list = Array.isArray(target) ? target : [];
	if (!field?.patchStrategy.includes('merge')) return patch;
	const {patchMergeKey} = field;
	if (patchMergeKey) return mergeItems(type?.list?.element, patchMergeKey, list, patch);
	const merged = [...list, ...patch.filter(value => !list.some(other => isEqual(other, value)))];
	return orderItems(merged, list, patch, undefined);
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
	const [deleted, merged] = [patch.filter(isDeletion), patch.filter(item => !isDeletion(item))];
	const keyOf = (item: unknown): unknown => {
		if (!isMap(item)) throw badPatch('a list that is merged by key has an item that is not an object');
		if (item[mergeKey] === undefined) {
			throw badPatch(`map: ${printGoValue(item, false)} does not contain declared merge key: ${mergeKey}`);
		}
		return item[mergeKey];
	};
	const isAt = (key: unknown) => (item: unknown) => isMap(item) && isEqual(item[mergeKey], key);
	// Deletions go first: what is deleted and named again starts anew.
	const left = deleted
		.map(keyOf)
		.reduce<readonly unknown[]>((list, key) => list.filter(item => !isAt(key)(item)), target);
	let result = [...left];
	for (const item of merged) {
		const index = result.findIndex(isAt(keyOf(item)));
		const value =
			index < 0 ? withoutDirectives(item as Values) : mergeMaps(type, result[index] as Values, item as Values);
		result = index < 0 ? [...result, value] : result.with(index, value);
	}
	return orderItems(result, left, merged, mergeKey);
}

function isDeletion(item: unknown): boolean {
	return isMap(item) && item[directiveKey] === 'delete';
}

/** The items of a patch must stand in the order that it asks for. */
function checkOrder(mergeKey: string | undefined, patch: readonly unknown[], order: readonly unknown[]): void {
	const keyOf = (item: unknown): string => canonicalJson(mergeKey && isMap(item) ? item[mergeKey] : item);
	const items = patch.filter(item => !(isMap(item) && item[directiveKey] !== undefined));
	let next = 0;
	for (const item of order) if (next < items.length && keyOf(items[next]) === keyOf(item)) next++;
	if (next === items.length) return;
	throw new ApiError({
		code: 500,
		message: `The order in patch list:\n${printGoValue(patch, false)}\n doesn't match $setElementOrder list:\n${printGoValue(order, false)}\n`,
	});
}

/** A list that `$setElementOrder` orders. */
function inOrder(
	type: TypeSchema | undefined,
	name: string,
	merged: unknown,
	target: unknown,
	order: unknown,
): unknown {
	if (!Array.isArray(merged) || !Array.isArray(order)) return merged;
	const mergeKey = type?.map?.fields.get(name)?.patchMergeKey;
	return orderItems(merged, Array.isArray(target) ? target : [], order, mergeKey);
}

/**
 * The order of a merged list: the patch's items in the patch's order, what only the server has in the server's, and of one of
 * each the server's goes first only if both were there before and stood so.
 */
function orderItems(
	merged: readonly unknown[],
	target: readonly unknown[],
	patch: readonly unknown[],
	mergeKey: string | undefined,
): unknown[] {
	const keyOf = (item: unknown): string => canonicalJson(mergeKey && isMap(item) ? item[mergeKey] : item);
	const patchOrder = patch.map(keyOf);
	const serverOrder = target.map(keyOf);
	const placed = (item: unknown, order: readonly string[]): number => {
		const index = order.indexOf(keyOf(item));
		return index < 0 ? order.length : index;
	};
	const own = merged
		.filter(item => patchOrder.includes(keyOf(item)))
		.sort((left, right) => placed(left, patchOrder) - placed(right, patchOrder));
	const others = merged
		.filter(item => !patchOrder.includes(keyOf(item)))
		.sort((left, right) => placed(left, serverOrder) - placed(right, serverOrder));
	const result: unknown[] = [];
	for (const item of own) {
		const before = serverOrder.indexOf(keyOf(item));
		while (others.length > 0 && before >= 0 && placed(others[0], serverOrder) < before) result.push(others.shift());
		result.push(item);
	}
	return [...result, ...others];
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

/** `$deleteFromPrimitiveList`. */
function withoutItems(list: unknown, values: unknown): unknown {
	if (!Array.isArray(list) || !Array.isArray(values)) return list;
	return list.filter(item => !values.some(value => isEqual(value, item)));
}
