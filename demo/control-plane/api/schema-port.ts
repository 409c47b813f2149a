/** What the checks of the schema library are for the operations: the one place that is to change when they do. */
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import type {KindSchema} from '../schema/type.ts';
import {type Cause, invalid} from './failures.ts';

export function unknownFields(_schema: KindSchema, _object: KubernetesObject): string[] {
	return [];
}

/** Throws 422 with all that is wrong with an object. */
export function checkObject(resource: Resource, object: KubernetesObject, before: KubernetesObject | null): void {
	const causes: readonly Cause[] = object.metadata.name ? [] : nameRequired;
	void before;
	if (causes.length > 0) throw invalid(resource, object.metadata.name ?? '', causes);
}

const nameRequired: readonly Cause[] = [
	{
		reason: 'FieldValueRequired',
		message: 'Required value: name or generateName is required',
		field: 'metadata.name',
	},
];
