import type {KubernetesObject} from '../../model/object.ts';
import {safeText} from '../../model/text.ts';
import {encodeBase64, isBase64} from './base64.ts';
import {isMap, typeName} from './tree.ts';

/**
 * Folds `stringData` into `data` and checks the base64. Left as it is, ownership would rest on `stringData`: a key
 * dropped from it would stay in the cluster for good. Returns a sentence when a value cannot be a Secret's; it never
 * quotes one.
 */
export function foldSecret(object: KubernetesObject): KubernetesObject | string {
	const {data, stringData, ...rest} = object;
	if (data === undefined && stringData === undefined) return object;
	for (const [field, map] of Object.entries({data, stringData})) {
		if (map !== undefined && map !== null && !isMap(map)) return `${field} is ${typeName(map)}; it must be a map`;
	}
	const folded = new Map<string, string>();
	for (const [key, value] of entriesOf(data)) {
		const text = value ?? '';
		if (typeof text !== 'string') return wrongType('data', key, value);
		if (!isBase64(text)) return `data.${safeText(key)} is not base64; write plain text under stringData instead`;
		folded.set(key, text);
	}
	for (const [key, value] of entriesOf(stringData)) {
		const text = value ?? '';
		if (typeof text !== 'string') return wrongType('stringData', key, value);
		folded.set(key, encodeBase64(text));
	}
	if (folded.size === 0 && data === undefined) return rest as KubernetesObject;
	return {...rest, data: Object.fromEntries(folded)} as KubernetesObject;
}

function wrongType(field: string, key: string, value: unknown): string {
	return `${field}.${safeText(key)} is ${typeName(value)} and must be text; put the value in quotes`;
}

function entriesOf(map: unknown): [string, unknown][] {
	return isMap(map) ? Object.entries(map) : [];
}
