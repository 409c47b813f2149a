import {readFileSync} from 'node:fs';
import {brotliDecompressSync} from 'node:zlib';
import type {GroupVersionKind, OpenAPISchema} from './open-api.ts';

/** What `cut-schemas.ts` keeps of the recorded OpenAPI documents. */
export interface CutSchemas {
	/** Of the server that the documents were recorded from. */
	readonly version: string;
	/** By their names in `components.schemas`; the same name means the same in every document. */
	readonly schemas: Readonly<Record<string, OpenAPISchema>>;
	/** By `apps/v1`, the core group by `v1`. */
	readonly groupVersions: Readonly<Record<string, CutGroupVersion>>;
}

export interface CutGroupVersion {
	readonly schemas: readonly string[];
	readonly paths: Readonly<Record<string, readonly CutOperation[]>>;
}

export interface CutOperation {
	readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch';
	readonly id: string;
	/** `x-kubernetes-action`. */
	readonly action: string;
	readonly kind: GroupVersionKind;
}

let loaded: CutSchemas | undefined;

/** The cut documents, read on first use. */
export function cutSchemas(): CutSchemas {
	loaded ??= JSON.parse(
		brotliDecompressSync(readFileSync(new URL('../data/schemas.json.br', import.meta.url))).toString('utf8'),
	) as CutSchemas;
	return loaded;
}
