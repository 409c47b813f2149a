import type {KubernetesObject} from '../../../source/model/object.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {applyServerSide, nameForErrors} from '../merge/apply.ts';
import {DecodeError} from '../schema/decode-error.ts';
import {printKind} from '../schema/type.ts';
import {ApiError} from '../types.ts';
import {admitCreation} from './admit.ts';
import type {Context} from './context.ts';
import {convert} from './convert.ts';
import {storeNew} from './create.ts';
import {schemaOfResource} from './decode.ts';
import {badRequest, conflict, notFound} from './failures.ts';
import type {WriteOptions} from './options.ts';
import {replaceObject} from './update.ts';
import {versionsOf} from './versions.ts';

export interface ApplyOptions extends WriteOptions {
	readonly force: boolean;
	readonly subresource?: 'status';
}

/** Server-side apply (KEP-555). `isNew` tells that the object was created. Throws 400, 404, 409, 422 or 500. */
export function applyObject(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	body: unknown,
	options: ApplyOptions,
): {object: KubernetesObject; isNew: boolean} {
	const applied = checkedBody(resource, namespace, name, body);
	const merge = (live: KubernetesObject | null): KubernetesObject => {
		try {
			return applyServerSide({
				schema: schemaOfResource(resource),
				live,
				applied,
				manager: options.manager,
				force: options.force,
				now: context.now(),
				hasStatusSubresource: resource.subresources.includes('status'),
				versions: versionsOf(context, resource),
				...(options.subresource ? {subresource: options.subresource} : {}),
			});
		} catch (error) {
			throw error instanceof DecodeError ? unconvertible(resource, applied, error) : error;
		}
	};
	const stored = context.store.get(resource.collection, `${namespace}/${name}`);
	if (!stored) {
		if (options.subresource) throw notFound(resource, name);
		const {uid} = applied.metadata;
		if (uid) {
			const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
			throw conflict(resource, name, why);
		}
		admitCreation(context, resource, namespace, name);
		return {object: storeNew(context, resource, merge(null), options), isNew: true};
	}
	const live = convert(stored, resource);
	const change = (): KubernetesObject => merge(live);
	return {object: replaceObject(context, resource, namespace, name, change, options), isNew: false};
}

/** Throws 400 for a body that is not an object of this kind and this name. */
function checkedBody(resource: Resource, namespace: string, name: string, body: unknown): KubernetesObject {
	const sent = body as KubernetesObject;
	const {kind = '', apiVersion = ''} = typeof sent === 'object' && sent !== null ? sent : {};
	if (kind !== resource.kind || apiVersion !== apiVersionOfKind(resource)) {
		const slash = apiVersion.indexOf('/');
		const given = slash < 0 ? `/${apiVersion}` : apiVersion;
		throw badRequest(`invalid object type: ${given}, Kind=${kind}`);
	}
	const metadata = (sent.metadata ?? {}) as KubernetesObject['metadata'];
	if (metadata.name !== name) {
		throw badRequest(
			metadata.name
				? `the name of the object (${metadata.name}) does not match the name on the URL (${name})`
				: `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
		);
	}
	if (metadata.namespace && metadata.namespace !== namespace) {
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	}
	return {...sent, metadata: {...metadata, ...(namespace ? {namespace} : {})}};
}

/** What the merge made cannot be read as the kind: a bad quantity, bad base64. */
function unconvertible(resource: Resource, applied: KubernetesObject, error: DecodeError): ApiError {
	const kind = printKind(resource);
	return new ApiError({
		code: 500,
		message: `failed to convert new object (${nameForErrors(applied)}) to proper version: unable to convert unstructured object to ${kind}: ${error.message}`,
	});
}
