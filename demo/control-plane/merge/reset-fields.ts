import {childKeys, childOf, isMember} from '../../../source/engine/fields/fields.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';
import {plainFields} from './compare.ts';

/** What is never recorded: everybody has it, or the server keeps it (KEP-555). */
export const untracked: FieldsV1 = plainFields(
	'apiVersion',
	'kind',
	'metadata',
	'metadata.name',
	'metadata.namespace',
	'metadata.creationTimestamp',
	'metadata.selfLink',
	'metadata.uid',
	'metadata.clusterName',
	'metadata.generation',
	'metadata.managedFields',
	'metadata.resourceVersion',
);

/**
 * The fields that a write to this endpoint cannot change, because the server sets them back: status on the object itself,
 * everything else on its status. A custom resource has a status of this kind only with the status subresource.
 */
export function resetFieldsOf(schema: KindSchema, subresource: string, hasStatusSubresource: boolean): FieldsV1 {
	if (!hasStatusSubresource || subresource === 'scale') return {};
	if (subresource !== 'status') return plainFields('status');
	return schema.isBuiltIn ? plainFields('spec') : plainFields('metadata', 'spec');
}

/** A set without these paths and all that lies below them. */
export function withoutMembersAt(fields: FieldsV1, at: FieldsV1): FieldsV1 {
	const result: FieldsV1 = {};
	if ('.' in fields) result['.'] = {};
	for (const key of childKeys(fields)) {
		const child = childOf(fields, key)!;
		const node = childOf(at, key);
		if (!node) {
			result[key] = child;
			continue;
		}
		if (isMember(node)) continue;
		const rest = withoutMembersAt(child, node);
		// A node that lost all that was below it is a member only if it was one before.
		if (Object.keys(rest).length > 0) result[key] = '.' in rest && Object.keys(rest).length === 1 ? {} : rest;
		else if (Object.keys(child).length === 0) result[key] = child;
	}
	return result;
}
