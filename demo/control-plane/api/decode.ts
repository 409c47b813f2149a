import type {KubernetesObject} from '../../../source/model/object.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {
	DecodeError,
	decodeObject,
	decodingWarnings,
	type KindSchema,
	strictDecodingError,
	unreadableError,
} from '../schema/index.ts';
import {badRequest, notFound} from './failures.ts';
import type {WriteOptions} from './options.ts';

/** The resource's schema. Reviews have none and never come here. */
export function schemaOfResource(resource: Resource): KindSchema {
	if (!resource.schema) throw notFound(resource, '');
	return resource.schema;
}

/**
 * Reads what was sent (POST, PUT, or the result of a patch) as an object of the kind. Throws 400 for another kind, for
 * values that cannot be read, and for unknown fields when validation is strict.
 */
export function decodeBody(resource: Resource, body: unknown, options: WriteOptions): KubernetesObject {
	const sent = body as KubernetesObject;
	const schema = schemaOfResource(resource);
	checkKind(resource, sent);
	if (options.fieldValidation === 'Strict') {
		const error = strictDecodingError(schema, sent);
		if (error) throw error;
	}
	if (options.fieldValidation === 'Warn') options.warnings.push(...decodingWarnings(schema, sent));
	const metadata = (sent.metadata ?? {}) as KubernetesObject['metadata'];
	try {
		return decodeObject(schema, {...sent, apiVersion: apiVersionOfKind(resource), kind: resource.kind, metadata});
	} catch (error) {
		if (error instanceof DecodeError) throw unreadableError(schema, error.message);
		throw error;
	}
}

function checkKind(resource: Resource, sent: KubernetesObject): void {
	const expected = apiVersionOfKind(resource);
	if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
		throw badRequest(
			"couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct",
		);
	}
	if (sent.kind !== undefined && sent.kind !== resource.kind) {
		const given = `${sent.kind} in version "${sent.apiVersion ?? ''}"`;
		throw badRequest(
			`${given} cannot be handled as a ${resource.kind}: converting (${sent.kind}) to (${resource.kind}): unknown conversion`,
		);
	}
	if (sent.apiVersion !== undefined && sent.apiVersion !== expected) {
		throw badRequest(
			`the API version in the data (${sent.apiVersion}) does not match the expected API version (${expected})`,
		);
	}
}

/** Throws 400 when name or namespace of what was sent are not those of the address; fills them in when they are missing. */
export function withAddress(object: KubernetesObject, namespace: string, name: string): KubernetesObject {
	const {metadata} = object;
	if (name && metadata.name && metadata.name !== name) {
		throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
	}
	if (namespace && metadata.namespace && metadata.namespace !== namespace) {
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	}
	const {namespace: _sent, name: _alsoSent, ...rest} = metadata;
	return {
		...object,
		metadata: {name: name || metadata.name, ...(namespace ? {namespace} : {}), ...rest},
	};
}
