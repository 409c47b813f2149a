import type {KubernetesObject} from '../../../source/model/object.ts';
import type {User} from '../access/users.ts';
import type {Registry} from '../kinds/registry.ts';
import type {Resource} from '../kinds/resource.ts';
import {ApiError, type ControllerClient} from '../types.ts';
import {type Audit, type AuditedObject, auditEvent, microTime} from './event.ts';

/** Writes of controllers are in the audit log too, as if they had come over the network. */
export function auditedClient(client: ControllerClient, registry: Registry, audit: Audit): ControllerClient {
	const told = <Value>(written: Written, work: () => Value): Value => {
		const received = microTime();
		const tell = (code: number, answer: Value | undefined): void => {
			const name = (answer as KubernetesObject | undefined)?.metadata.name ?? written.name;
			const object = {...written.object, ...(name ? {name} : {})};
			const {verb, manager} = written;
			audit(auditEvent({uri: uriOf(object), verb, user: userOf(manager), userAgent: manager, object, code, received}));
		};
		try {
			const answer = work();
			tell(written.verb === 'create' ? 201 : 200, answer);
			return answer;
		} catch (error) {
			tell(error instanceof ApiError ? error.failure.code : 500, undefined);
			throw error;
		}
	};
	return {
		...client,
		create: (object, writer) =>
			told(
				{
					verb: 'create',
					manager: writer.manager,
					object: audited(registry.findKind(object.apiVersion, object.kind), object.metadata.namespace),
					name: object.metadata.name,
				},
				() => client.create(object, writer),
			),
		update: (object, writer) =>
			told(
				{
					verb: 'update',
					manager: writer.manager,
					object: {
						...audited(registry.findKind(object.apiVersion, object.kind), object.metadata.namespace),
						...(writer.subresource ? {subresource: writer.subresource} : {}),
					},
					name: object.metadata.name,
				},
				() => client.update(object, writer),
			),
		remove: (kind, namespace, name, options) =>
			told(
				{verb: 'delete', manager: 'controller', object: audited(registry.findGroupKind(kind), namespace), name},
				() => client.remove(kind, namespace, name, options),
			),
	};
}

interface Written {
	readonly verb: 'create' | 'update' | 'delete';
	readonly manager: string;
	readonly object: AuditedObject;
	readonly name: string;
}

const userOf = (manager: string): User => ({name: `system:${manager}`, token: '', groups: ['system:authenticated']});

function audited(resource: Resource | null | undefined, namespace: string | undefined): AuditedObject {
	return {
		resource: resource?.resource ?? '',
		...(resource?.group ? {apiGroup: resource.group} : {}),
		apiVersion: resource?.version ?? '',
		...(namespace ? {namespace} : {}),
	};
}

function uriOf({apiGroup, apiVersion, namespace, resource, name, subresource}: AuditedObject): string {
	const root = apiGroup ? `/apis/${apiGroup}/${apiVersion}` : `/api/${apiVersion}`;
	const place = namespace ? `/namespaces/${namespace}` : '';
	return [`${root}${place}`, resource, name, subresource].filter(Boolean).join('/');
}
