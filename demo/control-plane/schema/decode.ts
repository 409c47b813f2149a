import type {KubernetesObject} from '../../../source/model/object.ts';
import {applyDefaults} from './defaults/index.ts';
import {type Origin, readCustomResource} from './read-custom.ts';
import {readStructure} from './read-structure.ts';
import type {KindSchema} from './type.ts';

/**
 * The object as the server holds it: built-in kinds read into their structures (unknown fields, nulls and empty values
 * dropped, quantities in their one spelling, `stringData` folded into `data`), custom resources pruned by their schema;
 * then defaults filled in. Throws {@link DecodeError} for a value that cannot be read.
 */
export function decodeObject(
	schema: KindSchema,
	object: KubernetesObject,
	origin: Origin = 'request',
): KubernetesObject {
	if (!schema.isBuiltIn) return readCustomResource(schema, object, origin);
	return applyDefaults(schema, readStructure(schema, object));
}
