import {readFileSync} from 'node:fs';
import {brotliDecompressSync} from 'node:zlib';

/** What `cut-data.ts` keeps of the recorded discovery documents. */
export interface CutDiscovery {
	readonly version: {readonly major: string; readonly minor: string; readonly gitVersion: string};
	/** In the server's order; the first version of a group is the preferred one. */
	readonly groups: readonly CutGroup[];
}

export interface CutGroup {
	/** Empty for the core group. */
	readonly name: string;
	readonly versions: readonly {readonly version: string; readonly resources: readonly CutResource[]}[];
}

export interface CutResource {
	readonly resource: string;
	readonly kind: string;
	readonly singular: string;
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly subresources: readonly string[];
}

let loaded: CutDiscovery | undefined;

/** The cut documents, read on first use. */
export function cutDiscovery(): CutDiscovery {
	loaded ??= JSON.parse(
		brotliDecompressSync(readFileSync(new URL('../data/discovery.json.br', import.meta.url))).toString('utf8'),
	) as CutDiscovery;
	return loaded;
}
