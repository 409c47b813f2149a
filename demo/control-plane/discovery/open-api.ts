import {createHash} from 'node:crypto';
import type {Registry} from '../kinds/registry.ts';
import type {Resource} from '../kinds/resource.ts';
import {cutSchemas} from '../schema/data.ts';
import {pathsOf} from './open-api-paths.ts';

const prefix = '#/components/schemas/';

/** The index of documents: one for each group version, with a hash for the client's cache. */
export function openApiIndex(registry: Registry): object {
	const paths = Object.fromEntries(
		registry.groups().flatMap(({group, versions}) =>
			versions.map(version => {
				const path = group ? `apis/${group}/${version}` : `api/${version}`;
				const hash = createHash('sha512')
					.update(JSON.stringify(openApiDocument(registry, group, version)))
					.digest('hex');
				return [path, {serverRelativeURL: `/openapi/v3/${path}?hash=${hash.toUpperCase()}`}];
			}),
		),
	);
	return {paths};
}

/** The OpenAPI v3 document of one group version, without prose; null when nothing is served there. */
export function openApiDocument(registry: Registry, group: string, version: string): object | null {
	const resources = registry.resources.filter(resource => resource.group === group && resource.version === version);
	if (resources.length === 0) return null;
	const schemas: Record<string, unknown> = {};
	const paths: Record<string, unknown> = {};
	for (const resource of resources) {
		if (!resource.schema) continue;
		const name = definitionName(resource);
		addSchemas(schemas, resource, name);
		Object.assign(paths, pathsOf(resource, `${prefix}${name}`));
	}
	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: cutSchemas().version.replace(/^v/, '')},
		paths,
		components: {schemas},
	};
}

/** Names as Kubernetes gives them: the group backwards for kinds of CRDs. */
function definitionName(resource: Resource): string {
	if (!resource.custom) return resource.schema?.root.name ?? resource.kind;
	return [...resource.group.split('.').reverse(), resource.version, resource.kind].join('.');
}

function addSchemas(schemas: Record<string, unknown>, resource: Resource, name: string): void {
	const {group, version, kind} = resource;
	const kinds = [{group, version, kind}];
	if (resource.custom) {
		schemas[name] = {...resource.schema?.root.raw, type: 'object', 'x-kubernetes-group-version-kind': kinds};
		collect(schemas, schemas[name]);
	} else collect(schemas, {$ref: `${prefix}${name}`});
	schemas[`${name}List`] = {
		type: 'object',
		required: ['items'],
		properties: {
			apiVersion: {type: 'string'},
			kind: {type: 'string'},
			metadata: {$ref: `${prefix}io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta`},
			items: {type: 'array', items: {$ref: `${prefix}${name}`}},
		},
		'x-kubernetes-group-version-kind': [{group, version, kind: resource.listKind}],
	};
	collect(schemas, schemas[`${name}List`]);
}

/** Adds every definition that a schema refers to, and those that they refer to. */
function collect(schemas: Record<string, unknown>, schema: unknown): void {
	if (Array.isArray(schema)) {
		for (const item of schema) collect(schemas, item);
		return;
	}
	if (typeof schema !== 'object' || schema === null) return;
	for (const [key, value] of Object.entries(schema)) {
		if (key !== '$ref' || typeof value !== 'string') {
			collect(schemas, value);
			continue;
		}
		const name = value.slice(prefix.length);
		if (name in schemas) continue;
		const definition = cutSchemas().schemas[name];
		if (!definition) continue;
		schemas[name] = definition;
		collect(schemas, definition);
	}
}
