import {maximumDepth} from './fields.ts';

export function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equality of JSON values: maps whatever their order, a number and a `bigint` by what they count. */
export function isEqual(left: unknown, right: unknown, depth = 0): boolean {
	if (left === right) return true;
	if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
		// biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n, and both sides are known to be numeric
		return isNumeric(left) && isNumeric(right) && left == right;
	}
	if (depth >= maximumDepth) return false;
	if (Array.isArray(left) || Array.isArray(right)) {
		if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
		return left.every((item, index) => isEqual(item, right[index], depth + 1));
	}
	const leftMap = left as Record<string, unknown>;
	const rightMap = right as Record<string, unknown>;
	const keys = Object.keys(leftMap);
	if (keys.length !== Object.keys(rightMap).length) return false;
	return keys.every(key => Object.hasOwn(rightMap, key) && isEqual(leftMap[key], rightMap[key], depth + 1));
}

function isNumeric(value: unknown): value is number | bigint {
	return typeof value === 'number' || typeof value === 'bigint';
}
