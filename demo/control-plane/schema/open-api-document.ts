import {type CutOperation, cutSchemas} from './data.ts';
import {type GroupVersionKind, type OpenAPISchema, referenceOf} from './open-api.ts';
import {objectMetaName} from './schema-of.ts';

/** An OpenAPI v3 document as `kubectl explain` and kubectl's check of a server's abilities read it. */
export interface OpenAPIDocument {
	readonly openapi: string;
	readonly info: {readonly title: string; readonly version: string};
	readonly paths: Readonly<Record<string, unknown>>;
	readonly components: {readonly schemas: Readonly<Record<string, OpenAPISchema>>};
}

/** A kind of a CRD at one of its served versions. */
export interface CustomKind {
	readonly kind: GroupVersionKind;
	/** Plural, as in URLs. */
	readonly resource: string;
	readonly isNamespaced: boolean;
	/** `spec.versions[].schema.openAPIV3Schema`. */
	readonly schema: OpenAPISchema;
}

/** `apps/v1`, `v1`…: the group versions that there are documents for. */
export function openAPIGroupVersions(): readonly string[] {
	return Object.keys(cutSchemas().groupVersions);
}

/** The document of a built-in group version; null for one that the recorded documents do not have. */
export function openAPIDocument(group: string, version: string): OpenAPIDocument | null {
	const cut = cutSchemas();
	const groupVersion = cut.groupVersions[group ? `${group}/${version}` : version];
	if (!groupVersion) return null;
	const schemas = groupVersion.schemas.map(name => [name, cut.schemas[name] ?? {}] as const);
	const paths = Object.entries(groupVersion.paths).map(([path, operations]) => [
		path,
		Object.fromEntries(operations.map(operation => [operation.method, operationOf(operation)])),
	]);
	return documentOf(Object.fromEntries(paths), Object.fromEntries(schemas));
}

/** The document of a group version that CRDs define. */
export function openAPIDocumentOfCustomKinds(kinds: readonly CustomKind[]): OpenAPIDocument {
	const schemas: Record<string, OpenAPISchema> = {...withReferenced(objectMetaName)};
	const paths: Record<string, unknown> = {};
	for (const {kind, resource, isNamespaced, schema} of kinds) {
		const name = [...kind.group.split('.').reverse(), kind.version, kind.kind].join('.');
		schemas[name] = {
			...schema,
			type: 'object',
			properties: {
				...schema.properties,
				apiVersion: {type: 'string'},
				kind: {type: 'string'},
				metadata: {allOf: [{$ref: `#/components/schemas/${objectMetaName}`}]},
			},
			'x-kubernetes-group-version-kind': [kind],
		};
		const base = `/apis/${kind.group}/${kind.version}${isNamespaced ? '/namespaces/{namespace}' : ''}/${resource}`;
		paths[base] = operationsOf(kind, {get: 'list', post: 'post', delete: 'deletecollection'});
		paths[`${base}/{name}`] = operationsOf(kind, {get: 'get', put: 'put', patch: 'patch', delete: 'delete'});
	}
	return documentOf(paths, schemas);
}

function documentOf(
	paths: Readonly<Record<string, unknown>>,
	schemas: Readonly<Record<string, OpenAPISchema>>,
): OpenAPIDocument {
	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: cutSchemas().version},
		paths,
		components: {schemas},
	};
}

function operationsOf(
	kind: GroupVersionKind,
	actions: Readonly<Partial<Record<CutOperation['method'], string>>>,
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(actions).map(([method, action]) => [
			method,
			operationOf({method: method as CutOperation['method'], id: `${action}${kind.kind}`, action, kind}),
		]),
	);
}

const text = {type: 'string', uniqueItems: true};

/** Parameters of writes; kubectl asks for `fieldValidation` before it leaves validation to the server. */
const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({name, in: 'query', schema: text}));
const forceParameter = {name: 'force', in: 'query', schema: {type: 'boolean', uniqueItems: true}};

const patchTypes = [
	'application/apply-patch+yaml',
	'application/json-patch+json',
	'application/merge-patch+json',
	'application/strategic-merge-patch+json',
];

function operationOf({method, id, action, kind}: CutOperation): Readonly<Record<string, unknown>> {
	const parameters =
		method === 'patch'
			? [...writeParameters, forceParameter]
			: method === 'put' || method === 'post'
				? writeParameters
				: [];
	return {
		operationId: id,
		...(parameters.length > 0 ? {parameters} : {}),
		...(method === 'patch'
			? {requestBody: {content: Object.fromEntries(patchTypes.map(type => [type, {schema: {type: 'object'}}]))}}
			: {}),
		responses: {'200': {description: 'OK'}},
		'x-kubernetes-action': action,
		'x-kubernetes-group-version-kind': kind,
	};
}

/** A definition with all that it refers to. */
function withReferenced(name: string, found: Record<string, OpenAPISchema> = {}): Record<string, OpenAPISchema> {
	const schema = cutSchemas().schemas[name];
	if (!schema || Object.hasOwn(found, name)) return found;
	found[name] = schema;
	for (const child of childrenOf(schema)) {
		const reference = referenceOf(child);
		if (reference) withReferenced(reference, found);
	}
	return found;
}

function childrenOf(schema: OpenAPISchema): OpenAPISchema[] {
	const direct = [
		...Object.values(schema.properties ?? {}),
		...(schema.items ? [schema.items] : []),
		...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
	];
	return direct.flatMap(child => [child, ...childrenOf(child)]);
}
