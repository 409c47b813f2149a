import {
	applyServerSide,
	jsonMergePatch,
	jsonPatch,
	strategicMergePatch,
	trackScale,
	trackUpdate,
	unlessOnlyTimes,
	type Versions,
} from '../../../../demo/control-plane/merge/index.ts';
import {
	convertObject,
	DecodeError,
	decodeObject,
	invalidError,
	type KindSchema,
	strictDecodingError,
	strictPatchError,
	unreadableError,
	unreadablePatchError,
	validate,
} from '../../../../demo/control-plane/schema/index.ts';
import {ApiError} from '../../../../demo/control-plane/types.ts';
import {apiVersionOf, type KubernetesObject} from '../../../../source/model/object.ts';
import type {Exchange} from '../recordings.ts';
import {type RecordedState, subresourceOf} from './state.ts';

export interface Answer {
	readonly code: number;
	readonly body: unknown;
}

/** Epoch milliseconds of every simulated write. */
const now = Date.UTC(2026, 10, 22);

interface Write {
	readonly exchange: Exchange;
	readonly schema: KindSchema;
	readonly live: KubernetesObject | null;
	readonly subresource: string;
	readonly versions: Versions;
}

/** What the merge and schema parts alone make of a recorded write; null when they know nothing of its kind. */
export function simulate(exchange: Exchange, state: RecordedState): Answer | null {
	const {request} = exchange;
	const subresource = subresourceOf(request.path);
	const stored = state.objectAt(request.path);
	const body = request.body as Partial<KubernetesObject> | null;
	const version = versionOf(request.path);
	const kind = subresource === 'scale' ? stored?.kind : (body?.kind ?? stored?.kind);
	const schema = kind ? state.schemaOf(version, kind) : null;
	if (!schema) return null;
	const live = stored && convertObject(stored, version);
	const write: Write = {exchange, schema, live, subresource, versions: versionsOf(state, schema)};
	try {
		const object = subresource === 'scale' ? writeScale(write) : writeObject(write);
		return object && {code: live ? 200 : 201, body: object};
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return {code: error.failure.code, body: error.failure};
	}
}

function versionOf(path: string): string {
	const [, core, group] = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))\//.exec(path) ?? [];
	return core ?? group ?? '';
}

function versionsOf(state: RecordedState, schema: KindSchema): Versions {
	return {
		schemaAt: apiVersion => (apiVersion === apiVersionOf(schema) ? schema : state.schemaOf(apiVersion, schema.kind)),
		convert: convertObject,
	};
}

function writeObject(write: Write): KubernetesObject | null {
	const {schema, live, subresource} = write;
	const object = write.exchange.request.contentType === 'application/apply-patch+yaml' ? apply(write) : update(write);
	if (!object) return null;
	const after = unlessOnlyTimes(live, afterStrategy(schema, live, object, subresource));
	const problems = validate(schema, after, live);
	if (problems.length > 0) throw invalidError(schema, after.metadata.name ?? '', problems);
	return after;
}

function apply({exchange: {request}, schema, live, subresource, versions}: Write): KubernetesObject {
	const manager = request.query.fieldManager ?? '';
	const force = request.query.force === 'true';
	const applied = placed(request.path, request.body as KubernetesObject);
	return applyServerSide({schema, live, applied, manager, force, subresource, now, versions});
}

function update({exchange: {request}, schema, live, subresource, versions}: Write): KubernetesObject | null {
	if (request.method === 'PATCH' && !live) return null;
	const body = request.body as KubernetesObject;
	const isStrict = request.query.fieldValidation === 'Strict';
	throwIf(isStrict && request.method === 'POST' && strictDecodingError(schema, body));
	const after = live && request.method === 'PATCH' ? patch(request.contentType, schema, live, body) : body;
	throwIf(isStrict && request.method === 'PATCH' && strictPatchError(schema, after));
	const object = decode(request.method, schema, after as KubernetesObject);
	const manager = request.query.fieldManager ?? 'recorder';
	return trackUpdate({schema, before: live, after: placed(request.path, object), manager, subresource, now, versions});
}

/** The object in the namespace of the path. */
function placed(path: string, object: KubernetesObject): KubernetesObject {
	const [, namespace] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
	return namespace ? {...object, metadata: {namespace, ...object.metadata}} : object;
}

function decode(method: string, schema: KindSchema, object: KubernetesObject): KubernetesObject {
	try {
		return decodeObject(schema, object);
	} catch (error) {
		if (!(error instanceof DecodeError)) throw error;
		throw method === 'PATCH' ? unreadablePatchError(object, error.message) : unreadableError(schema, error.message);
	}
}

function throwIf(error: ApiError | null | false): void {
	if (error) throw error;
}

function patch(contentType: string | null, schema: KindSchema, live: KubernetesObject, body: unknown): unknown {
	switch (contentType) {
		case 'application/json-patch+json':
			return jsonPatch(live, body);
		case 'application/merge-patch+json':
			return jsonMergePatch(live, body);
		default:
			return strategicMergePatch(schema, live, body);
	}
}

/** What a write to this endpoint cannot change stays as it was. */
function afterStrategy(
	schema: KindSchema,
	live: KubernetesObject | null,
	object: KubernetesObject,
	subresource: string,
): KubernetesObject {
	if (!schema.root.map?.fields.has('status')) return object;
	if (subresource === 'status' && live) {
		const {managedFields} = object.metadata;
		return {...live, metadata: {...live.metadata, ...(managedFields ? {managedFields} : {})}, status: object.status};
	}
	const {status: _reset, ...rest} = object;
	const status = live ? live.status : decodeObject(schema, rest as KubernetesObject).status;
	return (status === undefined ? rest : {...rest, status}) as KubernetesObject;
}

/** A write to scale: the object afterwards, which the next read shows. */
function writeScale({exchange: {request}, schema, live}: Write): KubernetesObject | null {
	const replicas = (request.body as {spec?: {replicas?: number}}).spec?.replicas;
	if (!live || replicas === undefined) return null;
	const after: KubernetesObject = {...live, spec: {...(live.spec as object), replicas}};
	return trackScale({schema, before: live, after, manager: request.query.fieldManager ?? '', operation: 'Update'});
}
