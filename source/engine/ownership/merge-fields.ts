import type {FieldsV1} from '../../model/object.ts';

/**
 * The union of two FieldsV1 sets (KEP-555). A node without children is a member; with children it is a member only when
 * it holds `.`, so a bare leaf that meets children leaves its `.` behind. The root is never a member.
 */
export function mergeFields(a: FieldsV1, b: FieldsV1): FieldsV1 {
	const merged: FieldsV1 = {...a};
	for (const [key, child] of Object.entries(b)) {
		const other = Object.hasOwn(merged, key) ? merged[key] : undefined;
		define(merged, key, other === undefined ? child : mergeNodes(other, child));
	}
	return merged;
}

function mergeNodes(a: FieldsV1, b: FieldsV1): FieldsV1 {
	const isLeafA = Object.keys(a).length === 0;
	const isLeafB = Object.keys(b).length === 0;
	if (isLeafA && isLeafB) return {};
	const merged = mergeFields(a, b);
	return isLeafA || isLeafB ? {'.': {}, ...merged} : merged;
}

/** Field names come from a cluster: `__proto__` must become a key, not a prototype. */
function define(target: FieldsV1, key: string, value: FieldsV1): void {
	Object.defineProperty(target, key, {value, enumerable: true, configurable: true, writable: true});
}
