import {isEqual} from '../../../source/engine/fields/equal.ts';
import {canonicalJson} from '../../../source/model/json.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {jsonMergePatch, jsonPatch, strategicMergePatch} from '../merge/index.ts';
import {DecodeError, decodeObject, decodingWarnings, strictPatchError} from '../schema/index.ts';
import {ApiError} from '../types.ts';
import type {Context} from './context.ts';
import {schemaOfResource, withAddress} from './decode.ts';
import type {WriteOptions} from './options.ts';
import {trackChange} from './put.ts';
import {replaceObject} from './update.ts';

export type PatchKind = 'json' | 'merge' | 'strategic';

/** The result of a patch on any JSON value. Throws 400, 415 or 422. */
export function applyPatch(resource: Resource, kind: PatchKind, target: unknown, patch: unknown): unknown {
	switch (kind) {
		case 'json':
			return jsonPatch(target, patch);
		case 'merge':
			return jsonMergePatch(target, patch);
		case 'strategic':
			return strategicMergePatch(schemaOfResource(resource), target, patch);
	}
}

/** PATCH but for server-side apply, of an object or of its status. Throws 400, 404, 409, 415 or 422. */
export function patchObject(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	{kind, patch}: {readonly kind: PatchKind; readonly patch: unknown},
	options: WriteOptions & {readonly subresource?: 'status'},
): KubernetesObject {
	const change = (live: KubernetesObject): KubernetesObject => {
		const patched = applyPatch(resource, kind, live, patch) as KubernetesObject;
		if (isEqual(patched, live)) return live;
		const after = withAddress(decodePatched(resource, patched, options), namespace, name);
		return trackChange(context, resource, live, after, options);
	};
	return replaceObject(context, resource, namespace, name, change, options);
}

/** Reads the outcome of a patch. What is wrong with it is 422, as the patch is what made it wrong. */
function decodePatched(resource: Resource, patched: KubernetesObject, options: WriteOptions): KubernetesObject {
	const schema = schemaOfResource(resource);
	if (options.fieldValidation === 'Strict') {
		const error = strictPatchError(schema, patched);
		if (error) throw error;
	}
	if (options.fieldValidation === 'Warn') options.warnings.push(...decodingWarnings(schema, patched));
	try {
		return decodeObject(schema, patched);
	} catch (error) {
		if (!(error instanceof DecodeError)) throw error;
		const message = `Invalid value: ${JSON.stringify(canonicalJson(patched))}: ${error.message}`;
		throw new ApiError({
			code: 422,
			reason: 'Invalid',
			message: ` "" is invalid: patch: ${message}`,
			details: {causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}]},
		});
	}
}
