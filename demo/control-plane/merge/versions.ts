import type {KubernetesObject} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';

/** How entries recorded at another version of the kind are understood. */
export interface Versions {
	/** The kind's schema at an apiVersion; null when that version is no longer served, upon which its entries vanish. */
	schemaAt(apiVersion: string): KindSchema | null;
	/** The object at that version. */
	convert(object: KubernetesObject, apiVersion: string): KubernetesObject;
}

/** A kind that has one version only. */
export function singleVersion(schema: KindSchema): Versions {
	const own = schema.group ? `${schema.group}/${schema.version}` : schema.version;
	return {
		schemaAt: apiVersion => (apiVersion === own ? schema : null),
		convert: object => object,
	};
}
