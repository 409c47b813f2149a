/**
 * Small tools to read and change plain JSON trees without touching the original: manifests are shared by the render
 * cache.
 */

export type JsonMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is JsonMap {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value below a path of map keys; undefined when something on the way is no map. Own properties only. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
	let value = root;
	for (const key of path) {
		if (!isMap(value) || !Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	return value;
}

/** Replaces the value at a path, copying only the maps on the way. Returns the same root when nothing changed. */
export function changeAt<T>(root: T, path: readonly string[], change: (value: unknown) => unknown): T {
	const [key, ...rest] = path;
	if (key === undefined) return change(root) as T;
	if (!isMap(root) || !Object.hasOwn(root, key)) return root;
	const before = root[key];
	const after = changeAt(before, rest, change);
	return after === before ? root : ({...root, [key]: after} as T);
}

/** Maps a list, returning the same list when no item changed; anything else is returned as it is. */
export function changeItems(list: unknown, change: (item: unknown) => unknown): unknown {
	if (!Array.isArray(list)) return list;
	let hasChanged = false;
	const items = list.map(item => {
		const after = change(item);
		if (after !== item) hasChanged = true;
		return after;
	});
	return hasChanged ? items : list;
}

/** What a value is, in a person's words. */
export function typeName(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	switch (typeof value) {
		case 'boolean':
			return 'a boolean';
		case 'number':
		case 'bigint':
			return 'a number';
		case 'object':
			return 'a map';
		case 'string':
			return 'text';
		default:
			return 'nothing';
	}
}
