import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import {parseDocument, visit} from 'yaml';
import {parseJson} from '../../../source/model/json.ts';
import {badRequest} from '../api/failures.ts';
import type {WriteOptions} from '../api/options.ts';
import {ApiError} from '../types.ts';

const limitBytes = 3 * 1024 * 1024;

/** Reads a request's body as text. Throws 413 for one above 3 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
	return (await readBytes(request)).toString('utf8');
}

/** Reads a request's body. Throws 413 for one above 3 MiB. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= limitBytes) chunks.push(chunk);
	}
	if (size > limitBytes) {
		throw new ApiError({
			code: 413,
			reason: 'RequestEntityTooLarge',
			message: `Request entity too large: limit is ${limitBytes}`,
		});
	}
	return Buffer.concat(chunks);
}

/** 415. Of protobuf, which a real server reads, it says what to do instead. */
export function unsupportedMediaType(type = ''): ApiError {
	const message = type.includes('protobuf')
		? 'the embedded control plane reads JSON and YAML only: add --dry-run=client -o yaml and pipe it into kubectl apply -f -'
		: '415: Unsupported Media Type';
	return new ApiError({code: 415, reason: 'UnsupportedMediaType', message, details: {}});
}

/** Parses JSON. Throws 400. */
export function parseJsonBody(text: string): unknown {
	try {
		return parseJson(text);
	} catch (error) {
		throw badRequest(`error decoding JSON: ${(error as Error).message}`);
	}
}

/**
 * Parses YAML, or JSON, which is YAML. A key that stands twice counts with its last value; strict validation refuses it with
 * 400, otherwise it gives a warning. Throws 400 for text that is no YAML.
 */
export function parseYamlBody(text: string, options: WriteOptions): unknown {
	if (/^\s*\{/.test(text)) {
		try {
			return parseJson(text);
		} catch {
			// A flow mapping of YAML also starts with a bracket.
		}
	}
	const document = parseDocument(text, {version: '1.1', uniqueKeys: false, intAsBigInt: false});
	const [error] = document.errors;
	if (error) {
		const line = error.linePos?.[0].line ?? 1;
		throw badRequest(
			`error decoding YAML: error converting YAML to JSON: yaml: line ${line}: ${complaint(error.code)}`,
		);
	}
	const doubled = doubledKeys(document, text);
	if (doubled.length > 0 && options.fieldValidation === 'Strict') {
		const lines = doubled.map(line => `\n  ${line}`).join('');
		throw badRequest(`error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:${lines}`);
	}
	if (options.fieldValidation === 'Warn') options.warnings.push(...doubled);
	return document.toJS({maxAliasCount: 100});
}

/** The words of the server's parser for the mistakes that people make. */
function complaint(code: string): string {
	switch (code) {
		case 'BAD_INDENT':
		case 'MISSING_CHAR':
			return "did not find expected ',' or ']'";
		case 'TAB_AS_INDENT':
			return 'found character that cannot start any token';
		default:
			return "could not find expected ':'";
	}
}

function doubledKeys(document: ReturnType<typeof parseDocument>, text: string): string[] {
	const found: string[] = [];
	visit(document, {
		Map(_at, map) {
			const seen = new Set<string>();
			for (const {key} of map.items) {
				const {value, range} = key as {value?: unknown; range?: [number, number, number]};
				const name = String(value);
				if (seen.has(name)) found.push(`line ${lineAt(text, range?.[0] ?? 0)}: key "${name}" already set in map`);
				seen.add(name);
			}
		},
	});
	return found;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
