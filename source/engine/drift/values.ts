import type {FieldChange} from '../../model/drift.ts';
import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {lookup} from '../fields/lookup.ts';
import {parsePath} from '../fields/path.ts';
import {printField} from '../fields/print-value.ts';

/**
 * The same changes with `now` filled in from the object read since, where it was not known. Nothing else changes:
 * inspecting again with the object tells more (whether the value is really another, and whether it is gone).
 */
export function fillValues(fields: readonly FieldChange[], object: KubernetesObject, ref: ObjectRef): FieldChange[] {
	return fields.map(field => {
		const path = field.path === '' ? null : parsePath(field.path);
		if (field.now !== undefined || !path) return field;
		return {...field, now: printField(ref, field.path, lookup(object, path))};
	});
}
