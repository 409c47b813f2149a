import {readdirSync, readFileSync} from 'node:fs';
import {brotliDecompressSync} from 'node:zlib';
import {parseJson} from '../../../source/model/json.ts';

/** One exchange with a real API server. Bodies of the size-limit cases are left out of the request. */
export interface Exchange {
	readonly case: string;
	readonly step: number;
	readonly note: string;
	readonly request: {
		readonly method: string;
		readonly path: string;
		readonly query: Readonly<Record<string, string>>;
		readonly contentType: string | null;
		readonly accept: string | null;
		readonly user: string;
		readonly body: unknown;
	};
	readonly response: {
		readonly code: number;
		readonly headers: Readonly<Record<string, readonly string[]>>;
		readonly body?: unknown;
		readonly watch?: {
			readonly events: readonly {readonly ms: number; readonly event: unknown}[];
			readonly closedByServer: boolean;
		};
	};
}

const folder = new URL('recordings/', import.meta.url);

/** `v1.33`, `v1.36`: the servers that exchanges were recorded from. */
export function recordedVersions(): string[] {
	return readdirSync(folder)
		.filter(name => name.endsWith('.jsonl.br'))
		.map(name => name.slice(0, -'.jsonl.br'.length))
		.sort();
}

/** All exchanges with one server, by case and step. */
export function readExchanges(version: string): Exchange[] {
	return brotliDecompressSync(readFileSync(new URL(`${version}.jsonl.br`, folder)))
		.toString('utf8')
		.split('\n')
		.filter(line => line !== '')
		.map(line => parseJson(line) as Exchange);
}
