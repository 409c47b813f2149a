import {difference, intersection, isEmpty, union} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';
import {fieldSetOf, withNamedFields} from './field-set.ts';
import type {Manager, Managers} from './managers.ts';
import {removeTyped} from './remove-typed.ts';
import type {Versions} from './versions.ts';

/**
 * The merged object without what the applier dropped: what it applied last time, does not apply now, and nobody else owns.
 * `managers` hold the applier's new set already.
 */
export function pruneDropped(options: {
	readonly versions: Versions;
	readonly apiVersion: string;
	readonly merged: KubernetesObject;
	readonly managers: Managers;
	readonly last: Manager | undefined;
}): KubernetesObject {
	const {versions, apiVersion, merged, managers, last} = options;
	if (!last || isEmpty(last.fields)) return merged;
	const schema = versions.schemaAt(last.apiVersion);
	if (!schema) return merged;
	const full = versions.convert(merged, last.apiVersion);
	let pruned = removeTyped(schema, full, withNamedFields(last.fields, schema.root));
	pruned = addBackOwned(full, pruned, last.apiVersion, managers, versions);
	pruned = addBackDangling(schema, full, pruned, last.fields);
	return versions.convert(pruned, apiVersion);
}

/** What somebody owns comes back, the version of the last apply first. */
function addBackOwned(
	full: KubernetesObject,
	pruned: KubernetesObject,
	apiVersion: string,
	managers: Managers,
	versions: Versions,
): KubernetesObject {
	const owned = new Map<string, FieldsV1>([[apiVersion, {}]]);
	for (const manager of managers.values()) {
		owned.set(manager.apiVersion, union(owned.get(manager.apiVersion) ?? {}, manager.fields));
	}
	let result = pruned;
	for (const [version, fields] of owned) {
		const schema = versions.schemaAt(version);
		if (!schema) continue;
		const fullAt = versions.convert(full, version);
		const kept = union(namedSet(schema, versions.convert(result, version)), withNamedFields(fields, schema.root));
		const at = removeTyped(schema, fullAt, difference(namedSet(schema, fullAt), kept));
		result = versions.convert(at, apiVersion);
	}
	return result;
}

/** What the applier did not own before comes back too. */
function addBackDangling(
	schema: KindSchema,
	full: KubernetesObject,
	pruned: KubernetesObject,
	last: FieldsV1,
): KubernetesObject {
	const gone = difference(namedSet(schema, full), namedSet(schema, pruned));
	return removeTyped(schema, full, intersection(gone, withNamedFields(last, schema.root)));
}

function namedSet(schema: KindSchema, object: KubernetesObject): FieldsV1 {
	return withNamedFields(fieldSetOf(schema, object), schema.root);
}
