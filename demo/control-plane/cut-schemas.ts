/**
 * Makes `data/schemas.json.br` from recorded OpenAPI v3 documents: the structure of every built-in kind, without prose.
 *
 *     node demo/control-plane/cut-schemas.ts <folder with openapi-doc-*.json and version.json>
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv, stdout} from 'node:process';
import {brotliCompressSync, constants} from 'node:zlib';
import type {CutGroupVersion, CutOperation, CutSchemas} from './schema/data.ts';
import type {GroupVersionKind, OpenAPISchema} from './schema/open-api.ts';

interface Operation {
	readonly operationId?: string;
	readonly 'x-kubernetes-action'?: string;
	readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind;
}

interface Document {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | unknown>>>>;
	readonly components: {readonly schemas: Readonly<Record<string, OpenAPISchema>>};
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Keeps facts, drops text: descriptions at any depth, but not a field that is called `description`. */
export function withoutProse(schema: OpenAPISchema): OpenAPISchema {
	const result: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(schema)) {
		if (name === 'description') continue;
		if (name === 'properties') {
			result[name] = Object.fromEntries(
				Object.entries(value as Record<string, OpenAPISchema>).map(([field, child]) => [field, withoutProse(child)]),
			);
		} else if (name === 'items' || name === 'additionalProperties' || name === 'not') {
			result[name] = typeof value === 'boolean' ? value : withoutProse(value as OpenAPISchema);
		} else if (name === 'allOf' || name === 'anyOf' || name === 'oneOf') {
			result[name] = (value as OpenAPISchema[]).map(withoutProse);
		} else result[name] = value;
	}
	return result;
}

function cutPaths(document: Document): CutGroupVersion['paths'] {
	const paths: Record<string, CutOperation[]> = {};
	for (const [path, operations] of Object.entries(document.paths)) {
		if (path.includes('/watch/')) continue;
		const kept: CutOperation[] = [];
		for (const method of methods) {
			const operation = operations[method] as Operation | undefined;
			const kind = operation?.['x-kubernetes-group-version-kind'];
			const action = operation?.['x-kubernetes-action'];
			if (operation?.operationId && kind && action) kept.push({method, id: operation.operationId, action, kind});
		}
		if (kept.length > 0) paths[path] = kept;
	}
	return paths;
}

/** `openapi-doc-apis-apps-v1.json` is `apps/v1`, `openapi-doc-api-v1.json` is `v1`. */
function groupVersionOf(file: string): string {
	const [, root, group, version] = /^openapi-doc-(api|apis)-(.+?)(?:-(v[0-9a-z]+))?\.json$/.exec(file) ?? [];
	if (!root || !group) throw new Error(`${file} is not named like a recorded OpenAPI document`);
	return root === 'api' ? group : `${group}/${version}`;
}

export function cut(folder: string): CutSchemas {
	const schemas: Record<string, OpenAPISchema> = {};
	const groupVersions: Record<string, CutGroupVersion> = {};
	for (const file of readdirSync(folder)
		.filter(name => name.startsWith('openapi-doc-'))
		.sort()) {
		const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document;
		for (const [name, schema] of Object.entries(document.components.schemas)) schemas[name] ??= withoutProse(schema);
		groupVersions[groupVersionOf(file)] = {
			schemas: Object.keys(document.components.schemas),
			paths: cutPaths(document),
		};
	}
	const {gitVersion} = JSON.parse(readFileSync(join(folder, 'version.json'), 'utf8')).body ?? {};
	return {version: String(gitVersion ?? ''), schemas, groupVersions};
}

if (import.meta.main) {
	const folder = argv[2];
	if (!folder) throw new Error('name the folder of the recorded documents');
	const data = brotliCompressSync(JSON.stringify(cut(folder)), {
		params: {[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 24},
	});
	writeFileSync(new URL('data/schemas.json.br', import.meta.url), data);
	stdout.write(`${data.length} bytes\n`);
}
