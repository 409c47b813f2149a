import {TypeBuilder} from './build-types.ts';
import {cutSchemas} from './data.ts';
import type {GroupVersionKind, OpenAPISchema} from './open-api.ts';
import type {KindSchema} from './type.ts';

/** The definition of metadata, which kinds of CRDs have as well. */
export const objectMetaName = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

let builder: TypeBuilder | undefined;
let definitionNames: ReadonlyMap<string, string> | undefined;
const kinds = new Map<string, KindSchema>();

function typeBuilder(): TypeBuilder {
	builder ??= new TypeBuilder(cutSchemas().schemas);
	return builder;
}

/** Definitions by kind. Options and events name every group: only a definition of one kind is an object. */
function definitions(): ReadonlyMap<string, string> {
	definitionNames ??= new Map(
		Object.entries(cutSchemas().schemas).flatMap(([name, schema]) => {
			const kindsOfIt = schema['x-kubernetes-group-version-kind'];
			return kindsOfIt?.length === 1 ? [[keyOfKind(kindsOfIt[0]!), name] as const] : [];
		}),
	);
	return definitionNames;
}

function keyOfKind({group, version, kind}: GroupVersionKind): string {
	return `${group}/${version}/${kind}`;
}

/** The schema of a built-in kind; null for a kind that the recorded documents do not have. */
export function schemaOf(kind: GroupVersionKind): KindSchema | null {
	const key = keyOfKind(kind);
	const known = kinds.get(key);
	if (known) return known;
	const name = definitions().get(key);
	if (!name) return null;
	const schema: KindSchema = {
		group: kind.group,
		version: kind.version,
		kind: kind.kind,
		isBuiltIn: true,
		root: typeBuilder().named(name),
	};
	kinds.set(key, schema);
	return schema;
}

/**
 * The schema of a kind of a CRD's version. The object has apiVersion, kind and metadata whatever its schema says of them,
 * and so have embedded resources.
 */
export function schemaFromOpenAPI(schema: OpenAPISchema, kind: GroupVersionKind): KindSchema {
	const builderOfKind = new TypeBuilder(
		{[objectMetaName]: cutSchemas().schemas[objectMetaName] ?? {}, ...cutSchemas().schemas},
		withObjectFields,
	);
	const root = builderOfKind.build(withObjectFields({...schema, type: schema.type ?? 'object'}));
	return {group: kind.group, version: kind.version, kind: kind.kind, isBuiltIn: false, root};
}

function withObjectFields(schema: OpenAPISchema): OpenAPISchema {
	return {
		...schema,
		'x-kubernetes-embedded-resource': false,
		properties: {
			...schema.properties,
			apiVersion: {type: 'string'},
			kind: {type: 'string'},
			metadata: {allOf: [{$ref: `#/components/schemas/${objectMetaName}`}]},
		},
	};
}
