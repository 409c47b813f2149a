import type {WriteOptions} from '../api/options.ts';
import {parseJsonBody, parseYamlBody, readBytes, unsupportedMediaType} from './body.ts';
import type {Exchange} from './exchange.ts';
import {writeOptionsOf} from './parameters.ts';
import {readProtobuf} from './protobuf.ts';

export const protobufType = 'application/vnd.kubernetes.protobuf';

/** Throws 422 for parameters that are wrong. `kind` names the options: CreateOptions, UpdateOptions, PatchOptions. */
export function optionsOf({query, request}: Exchange, kind: string): WriteOptions {
	return writeOptionsOf(query, kind, request.headers['user-agent'] ?? '');
}

export function contentTypeOf({request}: Exchange): string {
	return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What was sent by POST or PUT, as JSON or YAML. Throws 400, 413 or 415. */
export async function readSent(exchange: Exchange, options: WriteOptions): Promise<unknown> {
	const type = contentTypeOf(exchange);
	const bytes = await readBytes(exchange.request);
	if (type === protobufType) {
		const object = readProtobuf(bytes);
		if (object === null) throw unsupportedMediaType(type);
		return object;
	}
	const text = bytes.toString('utf8');
	switch (type) {
		case '':
		case 'application/json':
			return parseJsonBody(text);
		case 'application/yaml':
			return parseYamlBody(text, options);
		default:
			throw unsupportedMediaType(type);
	}
}
