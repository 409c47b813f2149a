import {createHash} from 'node:crypto';
import type {Registry} from '../kinds/registry.ts';
import type {Resource} from '../kinds/resource.ts';
import {type OpenAPIDocument, openAPIDocument, openAPIDocumentOfCustomKinds} from '../schema/index.ts';

/** The index of documents: one for each group version, with a hash for the client's cache. */
export function openApiIndex(registry: Registry): object {
	const paths = registry.groups().flatMap(({group, versions}) =>
		versions.flatMap(version => {
			const document = openApiDocument(registry, group, version);
			const path = group ? `apis/${group}/${version}` : `api/${version}`;
			return document ? [[path, {serverRelativeURL: `/openapi/v3/${path}?hash=${hashOf(document)}`}] as const] : [];
		}),
	);
	return {paths: Object.fromEntries(paths)};
}

/** Documents that cannot change are hashed once. */
const hashes = new WeakMap<OpenAPIDocument, string>();

function hashOf(document: OpenAPIDocument): string {
	const known = hashes.get(document);
	if (known) return known;
	const hash = createHash('sha512').update(JSON.stringify(document)).digest('hex').toUpperCase();
	hashes.set(document, hash);
	return hash;
}

const builtIn = new Map<string, OpenAPIDocument | null>();

/** The OpenAPI v3 document of one group version, without prose; null when nothing is served there. */
export function openApiDocument(registry: Registry, group: string, version: string): OpenAPIDocument | null {
	const resources = registry.resources.filter(resource => resource.group === group && resource.version === version);
	if (resources.length === 0) return null;
	if (resources.some(({custom}) => custom)) return openAPIDocumentOfCustomKinds(resources.flatMap(customKind));
	const key = `${group}/${version}`;
	const document = builtIn.get(key) ?? openAPIDocument(group, version);
	builtIn.set(key, document);
	return document;
}

function customKind({group, version, kind, resource, isNamespaced, custom}: Resource) {
	return custom ? [{kind: {group, version, kind}, resource, isNamespaced, schema: custom.schema}] : [];
}
