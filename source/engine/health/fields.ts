import type {KubernetesObject} from '../../model/object.ts';
import {isMap, type JsonMap, valueAt} from '../desired/tree.ts';

/** Readers of fields that may be missing, or be anything: the object came from a cluster. Paths are dotted. */

export function numberAt(object: KubernetesObject | JsonMap, path: string, otherwise = 0): number {
	const value = valueAt(object, path.split('.'));
	return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

export function textAt(object: KubernetesObject | JsonMap, path: string): string {
	const value = valueAt(object, path.split('.'));
	return typeof value === 'string' ? value : '';
}

export function isTrueAt(object: KubernetesObject | JsonMap, path: string): boolean {
	return valueAt(object, path.split('.')) === true;
}

/** Maps of a list; anything else in it is left out. */
export function mapsAt(object: KubernetesObject | JsonMap, path: string): JsonMap[] {
	const value = valueAt(object, path.split('.'));
	return Array.isArray(value) ? value.filter(isMap) : [];
}

/** Epoch milliseconds of an RFC 3339 time; null when there is none. */
export function timeAt(object: KubernetesObject | JsonMap, path: string): number | null {
	const time = Date.parse(textAt(object, path));
	return Number.isNaN(time) ? null : time;
}
