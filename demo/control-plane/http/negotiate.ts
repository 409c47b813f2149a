import {ApiError} from '../types.ts';

/** How an answer is to be written. */
export interface Encoding {
	readonly format: 'json' | 'yaml';
	/** What is told of objects. */
	readonly view: 'object' | 'metadata' | 'table';
	/** The media type as it was asked for. */
	readonly mediaType: string;
}

interface MediaRange {
	readonly type: string;
	readonly parameters: Readonly<Record<string, string>>;
}

const formats: Readonly<Record<string, Encoding['format']>> = {
	'application/json': 'json',
	'application/yaml': 'yaml',
	'*/*': 'json',
	'application/*': 'json',
};

/** The media types of an Accept header in their order; `q` is not weighed, as nobody of the clients sends it. */
export function parseAccept(accept: string | undefined): MediaRange[] {
	return (accept || '*/*').split(',').map(part => {
		const [type = '', ...rest] = part.split(';').map(text => text.trim());
		const parameters = Object.fromEntries(rest.map(text => text.split('=').map(side => side.trim())));
		return {type: type.toLowerCase(), parameters};
	});
}

/**
 * Chooses the first that is offered: JSON or YAML, objects, their metadata only, or tables. `isList` tells whether many are
 * asked for: the singular form of metadata fits one, the plural form many. Throws 406.
 */
export function negotiate(accept: string | undefined, {isList}: {readonly isList: boolean}): Encoding {
	for (const {type, parameters} of parseAccept(accept)) {
		const format = formats[type];
		if (!format) continue;
		const mediaType = format === 'yaml' ? 'application/yaml' : 'application/json';
		const {as, g, v} = parameters;
		if (!as) return {format, view: 'object', mediaType};
		if (g !== 'meta.k8s.io' || v !== 'v1') continue;
		if (as === 'Table') return {format, view: 'table', mediaType};
		if (as === (isList ? 'PartialObjectMetadataList' : 'PartialObjectMetadata')) {
			return {format, view: 'metadata', mediaType};
		}
	}
	throw notAcceptable();
}

export function notAcceptable(): ApiError {
	return new ApiError({
		code: 406,
		reason: 'NotAcceptable',
		message:
			'406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
		details: {},
	});
}
