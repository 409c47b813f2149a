import {isMap} from '../../../source/engine/fields/equal.ts';
import {difference, nodeAtElements} from '../../../source/engine/fields/fields.ts';
import {parseJson, stringifyJson} from '../../../source/model/json.ts';
import {apiVersionOf, type KubernetesObject} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';
import {compareTyped} from './compare.ts';
import type {Conflict} from './conflicts.ts';
import {fieldSetOf} from './field-set.ts';
import {withoutManagers} from './managers.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Which conflicts are none, because kubectl's client-side apply wrote the value and it still stands (kubernetes #99003).
 * null when the object has no such record at this version.
 */
export function lastAppliedConflicts(
	schema: KindSchema,
	live: KubernetesObject,
): ((conflict: Conflict) => boolean) | null {
	const recorded = readLastApplied(live);
	if (!recorded || recorded.apiVersion !== apiVersionOf(schema)) return null;
	const {added, modified, removed} = compareTyped(schema, recorded, withoutManagers(live));
	const standing = difference(difference(difference(fieldSetOf(schema, recorded), modified), added), removed);
	return ({elements}) => {
		const node = nodeAtElements(standing, elements);
		return node !== undefined && ('.' in node || Object.keys(node).length === 0);
	};
}

function readLastApplied(object: KubernetesObject): Record<string, unknown> | null {
	const text = object.metadata.annotations?.[annotation];
	if (!text) return null;
	try {
		const value = parseJson(text);
		return isMap(value) ? value : null;
	} catch {
		return null;
	}
}

/** The object with kubectl's record of what it applied brought up to date, where there is one. */
export function withLastApplied(object: KubernetesObject, applied: KubernetesObject): KubernetesObject {
	const annotations = object.metadata.annotations;
	if (!annotations || !Object.hasOwn(annotations, annotation)) return object;
	const {managedFields: _unrecorded, annotations: given, ...metadata} = applied.metadata;
	const others = Object.entries(given ?? {}).filter(([name]) => name !== annotation);
	const record = {
		...applied,
		metadata: {...metadata, ...(others.length > 0 ? {annotations: Object.fromEntries(others)} : {})},
	};
	return {
		...object,
		metadata: {...object.metadata, annotations: {...annotations, [annotation]: `${stringifyJson(record)}\n`}},
	};
}
