import type {ObjectRef} from '../../model/object.ts';
import {builtInGroups} from './built-in-groups.ts';
import {isMap, type JsonMap} from './tree.ts';

/**
 * Explicit nulls. Templates write them for "not set" (`replicas: {{ .Values.replicas }}` without a value), but
 * server-side apply reads them as "I own this field with its default value" (cluster.md): re-applying `replicas: null`
 * after an autoscaler raised it to 3 sets it back to 1. The rule, checked against a real API server:
 * - Built-in kinds: a field that is null is left out; Kubernetes' own types do not tell null from absent.
 * - Maps of texts (labels, annotations, a ConfigMap's data, selectors): null is an empty text, as it is to kubectl.
 * - Maps of quantities (`limits`): left as they are, for the server to judge.
 * - Items of lists, custom resources and the schemas in CustomResourceDefinitions keep their nulls: there they can mean
 *   something (`nullable`, `default: null`).
 */
export function settleNulls<T>(body: T, ref: ObjectRef): T {
	const isStructured = builtInGroups.has(ref.group) && !opaqueKinds.has(ref.kind);
	if (isStructured) return settle(body, '') as T;
	if (!isMap(body)) return body;
	return {...body, metadata: settle(body.metadata, 'metadata')} as T;
}

/** Kinds that carry JSON of somebody else's. */
const opaqueKinds: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'ControllerRevision', 'ResourceClaim']);

const textMaps: ReadonlySet<string> = new Set([
	'annotations',
	'binaryData',
	'data',
	'labels',
	'matchLabels',
	'nodeSelector',
	'parameters',
	'selector',
	'stringData',
	'volumeAttributes',
]);

const quantityMaps: ReadonlySet<string> = new Set([
	'capacity',
	'default',
	'defaultRequest',
	'hard',
	'limits',
	'max',
	'maxLimitRequestRatio',
	'min',
	'overhead',
	'requests',
]);

/** A label selector is a struct, although it stands under the name that Services use for a plain map. */
const selectorFields: ReadonlySet<string> = new Set(['matchLabels', 'matchExpressions']);

function settle(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return value.map(item => (item === null ? item : settle(item, '')));
	if (!isMap(value)) return value;
	const result: [string, unknown][] = [];
	for (const [key, item] of Object.entries(value)) {
		const settled = item === null ? settleNull(key, name) : settle(item, key);
		if (settled !== undefined) result.push([key, settled]);
	}
	return Object.fromEntries(result) as JsonMap;
}

function settleNull(key: string, parent: string): unknown {
	if (quantityMaps.has(parent)) return null;
	if (!textMaps.has(parent)) return undefined;
	return parent === 'selector' && selectorFields.has(key) ? undefined : '';
}
