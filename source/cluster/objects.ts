/** Single objects: read, applied, deleted, patched, created, replaced. */
import {HoldfastError} from '../model/errors.ts';
import {stringifyJson} from '../model/json.ts';
import {apiVersionOf, groupKindOf, type KubernetesObject, nameOf, type ObjectRef, refOf} from '../model/object.ts';
import type {Cluster} from '../model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {ApplyOptions} from '../model/ports/cluster/write.ts';
import {boundedText} from '../model/text.ts';
import {ApiError} from './api-error.ts';
import type {Discovery} from './discovery.ts';
import {creationPath, objectPath, query} from './paths.ts';
import type {Requester} from './requester.ts';
import type {Subject} from './subject.ts';
import type {Timing} from './timing.ts';
import {toObject, type Views} from './views.ts';

export type Objects = Pick<Cluster, 'get' | 'apply' | 'remove' | 'patchJson' | 'create' | 'replace'>;

const json = 'application/json';
const goneCodes: readonly string[] = ['NotFound', 'NamespaceNotFound', 'UidMismatch'];
const propagationPolicies = {foreground: 'Foreground', background: 'Background', orphan: 'Orphan'} as const;

export function createObjects(requester: Requester, discovery: Discovery, views: Views, timing: Timing): Objects {
	/** The kind at the version asked for. Throws KindNotServed. */
	const served = async (ref: ObjectRef): Promise<ResourceKind> => {
		const known = await discovery.kind(ref.group, ref.kind, ref.version);
		if (known) return known;
		throw await notServed(discovery, ref);
	};
	const write = {accept: json, timeoutMilliseconds: timing.writeMilliseconds} as const;

	const get: Objects['get'] = async (ref, view) => {
		const kind = discovery.peek(ref.group, ref.kind, ref.version) ?? (await served(ref));
		const path = objectPath(kind, ref.namespace, ref.name);
		const request = (): Promise<Record<string, unknown>> =>
			requester.json({
				method: 'GET',
				path,
				accept: views.accept(kind, view, false),
				timeoutMilliseconds: timing.readMilliseconds,
				subject: about('get', kind, ref),
				safety: 'repeatable',
				counts: 'reads',
			});
		try {
			return toObject(await request(), kind, view);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.code === 'NotFound' || error.code === 'NamespaceNotFound') return null;
			if (error.status === 406 && views.giveUp(kind, view)) return toObject(await request(), kind, view);
			throw error;
		}
	};

	const apply = async (object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> => {
		const ref = refOf(object);
		const kind = discovery.peek(ref.group, ref.kind, ref.version) ?? (await served(ref));
		const dryRun = options.dryRun ? '&dryRun=All' : '';
		const manager = encodeURIComponent(options.manager);
		// Strict finds what is misspelt beside the schema too, as kubectl asks for by default. In the schema, apply finds it
		// whatever is asked (cluster.md).
		const parameters = `?fieldManager=${manager}&force=${options.force}&fieldValidation=Strict${dryRun}`;
		const answer = await requester.json({
			...write,
			method: 'PATCH',
			path: objectPath(kind, ref.namespace, ref.name) + parameters,
			contentType: 'application/apply-patch+yaml',
			body: stringifyJson(withoutManagedFields(object)),
			subject: about('patch', kind, ref, true),
			safety: 'repeatable',
			counts: options.dryRun ? 'dryRuns' : 'writes',
			...(options.signal ? {signal: options.signal} : {}),
		});
		return toObject(answer, kind, 'object');
	};

	const remove: Objects['remove'] = async (ref, options) => {
		// Any served version deletes the object: the one it was written in may be gone.
		const kind =
			discovery.peek(ref.group, ref.kind, ref.version) ??
			(await discovery.kind(ref.group, ref.kind, ref.version)) ??
			(await discovery.kind(ref.group, ref.kind));
		if (!kind) {
			// Without its kind there is no object, unless the service behind the group is only down.
			if (!discovery.staleGroups().includes(ref.group)) return false;
			throw await notServed(discovery, ref);
		}
		try {
			await requester.send({
				...write,
				method: 'DELETE',
				path: objectPath(kind, ref.namespace, ref.name),
				contentType: json,
				body: JSON.stringify({
					apiVersion: 'v1',
					kind: 'DeleteOptions',
					preconditions: {uid: options.uid},
					propagationPolicy: propagationPolicies[options.propagation],
				}),
				subject: about('delete', kind, ref),
				safety: 'repeatable',
				counts: 'writes',
			});
			return true;
		} catch (error) {
			// Another uid is another object: ours is gone. After a try whose answer was lost, it was us.
			if (error instanceof ApiError && goneCodes.includes(error.code)) return error.isRepeated;
			throw error;
		}
	};

	const patchJson: Objects['patchJson'] = async (ref, operations, options) => {
		const kind = await served(ref);
		const answer = await requester.json({
			...write,
			method: 'PATCH',
			path: objectPath(kind, ref.namespace, ref.name) + query({fieldManager: options.manager}),
			contentType: 'application/json-patch+json',
			body: stringifyJson(operations),
			subject: about('patch', kind, ref),
			safety: 'once',
			counts: 'writes',
		});
		return toObject(answer, kind, 'object');
	};

	const create: Objects['create'] = async (object, options) => {
		const ref = refOf(object);
		const kind = await served(ref);
		const answer = await requester.json({
			...write,
			method: 'POST',
			path: creationPath(kind, ref.namespace) + query({fieldManager: options.manager, fieldValidation: 'Strict'}),
			contentType: json,
			body: stringifyJson(withoutManagedFields(object)),
			subject: about('create', kind, ref),
			safety: 'once',
			counts: 'writes',
		});
		return toObject(answer, kind, 'object');
	};

	const replace: Objects['replace'] = async (object, options) => {
		const ref = refOf(object);
		const kind = await served(ref);
		const answer = await requester.json({
			...write,
			method: 'PUT',
			path:
				objectPath(kind, ref.namespace, ref.name) + query({fieldManager: options.manager, fieldValidation: 'Strict'}),
			contentType: json,
			body: stringifyJson(object),
			subject: about('update', kind, ref),
			safety: 'repeatable',
			counts: 'writes',
		});
		return toObject(answer, kind, 'object');
	};

	return {get, apply, remove, patchJson, create, replace};
}

function about(verb: string, kind: ResourceKind, ref: ObjectRef, isApply = false): Subject {
	const {group, resource} = kind;
	return {verb, group, kind: kind.kind, resource, namespace: ref.namespace, name: ref.name, isApply};
}

/** An apply with managedFields is refused (400). */
function withoutManagedFields(object: KubernetesObject): KubernetesObject {
	if (object.metadata.managedFields === undefined) return object;
	const {managedFields: _managedFields, ...metadata} = object.metadata;
	return {...object, metadata};
}

async function notServed(discovery: Discovery, ref: ObjectRef): Promise<HoldfastError> {
	const object = boundedText(nameOf(ref), 200);
	const groupKind = boundedText(groupKindOf(ref), 200);
	if (discovery.staleGroups().includes(ref.group)) {
		return new HoldfastError({
			code: 'ServiceUnavailable',
			message: `the service behind the API group ${boundedText(ref.group, 200)} does not answer`,
			hint: 'kubectl get apiservices shows which ones are not available',
			object,
		});
	}
	const other = await discovery.kind(ref.group, ref.kind);
	return new HoldfastError({
		code: 'KindNotServed',
		message: other
			? `the API server does not serve ${groupKind} in version ${boundedText(apiVersionOf(ref), 200)}`
			: `the API server does not serve the kind ${groupKind}`,
		hint: other
			? `write it in ${other.versions.map(version => apiVersionOf({group: ref.group, version})).join(' or ')}`
			: 'is its CustomResourceDefinition installed, and is the spelling right? kubectl api-resources lists what is served',
		object,
	});
}
