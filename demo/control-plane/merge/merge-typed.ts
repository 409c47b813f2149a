import {isMap} from '../../../source/engine/fields/equal.ts';
import {type KindSchema, type ListType, type MapType, shapeOf, type TypeSchema, typeOfKey} from '../schema/type.ts';
import {itemElements} from './element.ts';

/**
 * A live object with an applied one laid over it: what is applied wins at every leaf, nothing is removed. Lists keep the
 * applier's order for its own items (structured-merge-diff's merge rules).
 */
export function mergeTyped<T>(schema: KindSchema, live: T, applied: T): T {
	return merge(schema.root, live, applied) as T;
}

function merge(type: TypeSchema, live: unknown, applied: unknown): unknown {
	const shape = applied === undefined ? shapeOf(type, live) : shapeOf(type, applied);
	if (shape === 'map' && type.map!.relationship === 'granular') {
		const left = isMap(live) ? live : {};
		const right = isMap(applied) ? applied : {};
		if (Object.keys(left).length + Object.keys(right).length > 0) return mergeMaps(type.map!, left, right);
	}
	if (shape === 'list' && type.list!.relationship === 'associative') {
		const left = Array.isArray(live) ? live : [];
		const right = Array.isArray(applied) ? applied : [];
		if (left.length + right.length > 0) return mergeLists(type.list!, left, right);
	}
	return applied === undefined ? live : applied;
}

type Values = Readonly<Record<string, unknown>>;

function mergeMaps(map: MapType, live: Values, applied: Values): Values {
	const entries: [string, unknown][] = [];
	for (const key of new Set([...Object.keys(live), ...Object.keys(applied)])) {
		const left = Object.hasOwn(live, key) ? live[key] : undefined;
		const right = Object.hasOwn(applied, key) ? applied[key] : undefined;
		const type = typeOfKey(map, key);
		const merged = type ? merge(type, left, right) : (right ?? left);
		if (merged !== undefined) entries.push([key, merged]);
	}
	return Object.fromEntries(entries);
}

/** Items of one side with their keys; items that have none cannot be merged and are left out. */
function index(
	list: ListType,
	items: readonly unknown[],
): {keys: string[]; byKey: Map<string, unknown>; items: unknown[]} {
	const keys: string[] = [];
	const kept: unknown[] = [];
	const byKey = new Map<string, unknown>();
	for (const [position, key] of itemElements(list, items).entries()) {
		if (key === null) continue;
		// Items that share a key are not merged with the applied one: the applied one replaces them.
		byKey.set(key, byKey.has(key) ? undefined : items[position]);
		keys.push(key);
		kept.push(items[position]);
	}
	return {keys, byKey, items: kept};
}

function mergeLists(list: ListType, live: readonly unknown[], applied: readonly unknown[]): unknown[] {
	const left = index(list, live);
	const right = index(list, applied);
	const shared = right.keys.filter(key => left.byKey.has(key));
	const merged = new Set<string>();
	const result: unknown[] = [];
	let next = shared.shift();
	let leftAt = 0;
	let rightAt = 0;
	const mergeShared = (key: string): void => {
		merged.add(key);
		result.push(merge(list.element, left.byKey.get(key), right.byKey.get(key)));
		rightAt++;
	};
	while (leftAt < left.keys.length || rightAt < right.keys.length) {
		const leftKey = left.keys[leftAt];
		const rightKey = right.keys[rightAt];
		if (leftKey !== undefined && rightKey !== undefined) {
			if (leftKey === rightKey) {
				mergeShared(leftKey);
				leftAt++;
				next = shared.shift();
				continue;
			}
			if (right.byKey.has(leftKey) && next !== undefined && next !== leftKey) {
				// A shared item, but not the one whose turn it is.
				leftAt++;
				continue;
			}
		}
		if (leftKey !== undefined) {
			if (!right.byKey.has(leftKey)) {
				result.push(left.items[leftAt]);
				leftAt++;
				continue;
			}
			if (merged.has(leftKey)) leftAt++;
		}
		if (rightKey !== undefined) {
			mergeShared(rightKey);
			if (next === rightKey) next = shared.shift();
		}
	}
	return result;
}
