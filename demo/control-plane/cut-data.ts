/**
 * Makes `data/discovery.json.br` from recorded discovery documents: which kinds there are and what can be done with them.
 *
 *     node demo/control-plane/cut-data.ts <folder with api-aggregated-v2.json, apis-aggregated-v2.json, version.json>
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv, stdout} from 'node:process';
import {brotliCompressSync, constants} from 'node:zlib';
import type {CutDiscovery, CutGroup, CutResource} from './kinds/data.ts';

interface Aggregated {
	readonly items: readonly {
		readonly metadata?: {readonly name?: string};
		readonly versions: readonly {readonly version: string; readonly resources: readonly AggregatedResource[]}[];
	}[];
}

interface AggregatedResource {
	readonly resource: string;
	readonly responseKind: {readonly kind: string};
	readonly scope: 'Namespaced' | 'Cluster';
	readonly singularResource: string;
	readonly verbs: readonly string[];
	readonly shortNames?: readonly string[];
	readonly categories?: readonly string[];
	readonly subresources?: readonly {readonly subresource: string}[];
}

function readBody(folder: string, file: string): unknown {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')).body;
}

function cutResource(resource: AggregatedResource): CutResource {
	return {
		resource: resource.resource,
		kind: resource.responseKind.kind,
		singular: resource.singularResource,
		isNamespaced: resource.scope === 'Namespaced',
		verbs: resource.verbs,
		shortNames: resource.shortNames ?? [],
		categories: resource.categories ?? [],
		subresources: (resource.subresources ?? []).map(({subresource}) => subresource),
	};
}

export function cut(folder: string): CutDiscovery {
	const groups: CutGroup[] = ['api-aggregated-v2.json', 'apis-aggregated-v2.json'].flatMap(file =>
		(readBody(folder, file) as Aggregated).items.map(({metadata, versions}) => ({
			name: metadata?.name ?? '',
			versions: versions.map(({version, resources}) => ({version, resources: resources.map(cutResource)})),
		})),
	);
	const {major, minor, gitVersion} = readBody(folder, 'version.json') as Record<string, string>;
	return {version: {major: major ?? '', minor: minor ?? '', gitVersion: gitVersion ?? ''}, groups};
}

if (import.meta.main) {
	const folder = argv[2];
	if (!folder) throw new Error('name the folder of the recorded documents');
	const data = brotliCompressSync(JSON.stringify(cut(folder)), {
		params: {[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY},
	});
	writeFileSync(new URL('data/discovery.json.br', import.meta.url), data);
	stdout.write(`${data.length} bytes\n`);
}
