import type {KubernetesObject, ObjectMetadata} from '../../../source/model/object.ts';
import {readStructure} from './read-structure.ts';
import {schemaOf} from './schema-of.ts';

/** Metadata as every kind has it, custom resources too: unknown fields, nulls and empty maps dropped. */
export function readStructureOf(metadata: ObjectMetadata): ObjectMetadata {
	const schema = schemaOf({group: '', version: 'v1', kind: 'ConfigMap'});
	const object: KubernetesObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata ?? {name: ''}};
	return schema ? readStructure(schema, object).metadata : metadata;
}
