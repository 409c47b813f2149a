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
import {convertObject, decodeObject, type KindSchema} from '../../../../demo/control-plane/schema/index.ts';
import {ApiError} from '../../../../demo/control-plane/types.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {apiVersionOf} from '../../../../source/model/object.ts';
import type {Exchange} from '../recordings.ts';
import {type RecordedState, subresourceOf} from './state.ts';

export interface Answer {
	readonly code: number;
	readonly body: unknown;
}

/** Epoch milliseconds of every simulated write. */
const now = Date.UTC(2026, 10, 22);

/** What the merge and schema parts alone make of a recorded write; null when they have no say in it. */
export function simulate(exchange: Exchange, state: RecordedState): Answer | null {
	const {request} = exchange;
	const subresource = subresourceOf(request.path);
	const stored = state.objectAt(request.path);
	const body = request.body as Partial<KubernetesObject> | null;
	const version = versionOf(request.path);
	const kind = subresource === 'scale' ? stored?.kind : (body?.kind ?? stored?.kind);
	const schema = kind ? state.schemaOf(version, kind) : null;
	if (!schema) return null;
	try {
		const object =
			subresource === 'scale'
				? scale(exchange, schema, stored)
				: write(exchange, schema, stored && convertObject(stored, version), subresource, versionsOf(state, schema));
		return object && {code: stored ? 200 : 201, body: object};
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return {code: error.failure.code, body: {...error.failure, code: error.failure.code}};
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

function write(
	{request}: Exchange,
	schema: KindSchema,
	live: KubernetesObject | null,
	subresource: string,
	versions: Versions,
): KubernetesObject | null {
	const manager = request.query.fieldManager ?? 'recorder';
	const common = {schema, subresource, now, versions};
	const body = request.body as KubernetesObject;
	if (request.contentType === 'application/apply-patch+yaml') {
		const force = request.query.force === 'true';
		const object = applyServerSide({...common, live, applied: body, manager, force});
		return unlessOnlyTimes(live, afterStrategy(schema, live, object, subresource));
	}
	const after = live && request.method === 'PATCH' ? patch(request.contentType, schema, live, body) : body;
	if (request.method === 'PATCH' && !live) return null;
	const decoded = decodeObject(schema, after as KubernetesObject);
	const object = trackUpdate({...common, before: live, after: decoded, manager});
	return unlessOnlyTimes(live, afterStrategy(schema, live, object, subresource));
}

function patch(contentType: string | null, schema: KindSchema, live: KubernetesObject, body: unknown): unknown {
	switch (contentType) {
		case 'application/json-patch+json':
			return jsonPatch(live, body);
		case 'application/merge-patch+json':
			return jsonMergePatch(live, body);
		case 'application/strategic-merge-patch+json':
			return strategicMergePatch(schema, live, body);
		default:
			throw new ApiError({code: 415, reason: 'UnsupportedMediaType', message: 'unsupported'});
	}
}

/** What a write cannot change stays as it was. */
function afterStrategy(
	schema: KindSchema,
	live: KubernetesObject | null,
	object: KubernetesObject,
	subresource: string,
): KubernetesObject {
	if (!schema.root.map?.fields.has('status')) return object;
	if (subresource === 'status') {
		return {
			...live,
			metadata: {...live?.metadata, managedFields: object.metadata.managedFields},
			status: object.status,
		} as unknown as KubernetesObject;
	}
	const {status: _reset, ...rest} = object;
	const before = live ? live.status : decodeObject(schema, {...rest} as KubernetesObject).status;
	return (before === undefined ? rest : {...rest, status: before}) as KubernetesObject;
}

/** A write to scale: the object afterwards stands for its answer. */
function scale({request}: Exchange, schema: KindSchema, live: KubernetesObject | null): KubernetesObject | null {
	const body = request.body as {spec?: {replicas?: number}};
	if (!live || body.spec?.replicas === undefined) return null;
	const after = {...live, spec: {...(live.spec as object), replicas: body.spec.replicas}};
	return trackScale({schema, before: live, after, manager: request.query.fieldManager ?? '', operation: 'Update'});
}
