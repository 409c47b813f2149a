import type {KubernetesObject} from '../../../source/model/object.ts';
import type {User} from '../access/users.ts';
import type {Registry} from '../kinds/registry.ts';
import type {Resource} from '../kinds/resource.ts';
import {ApiError, type ControllerClient, type Writer} from '../types.ts';
import {type Audit, type AuditedObject, type AuditedPlace, auditEvent, auditedObject, microTime} from './event.ts';

/** Writes of controllers are in the audit log too, as if they had come over the network. */
export function auditedClient(client: ControllerClient, registry: Registry, audit: Audit): ControllerClient {
	const told = <Value>({verb, manager, resource, ...place}: Written, work: () => Value): Value => {
		const received = microTime();
		const tell = (code: number, name = place.name): void => {
			const {group = '', version = '', resource: plural = ''} = resource ?? {};
			const object = auditedObject({...place, group, version, resource: plural, name});
			audit(auditEvent({uri: uriOf(object), verb, user: userOf(manager), userAgent: manager, object, code, received}));
		};
		try {
			const answer = work();
			tell(verb === 'create' ? 201 : 200, (answer as KubernetesObject | undefined)?.metadata.name);
			return answer;
		} catch (error) {
			tell(error instanceof ApiError ? error.failure.code : 500);
			throw error;
		}
	};
	const written = (verb: Written['verb'], {apiVersion, kind, metadata}: KubernetesObject, writer: Writer): Written => ({
		verb,
		manager: writer.manager,
		resource: registry.findKind(apiVersion, kind),
		namespace: metadata.namespace,
		name: metadata.name,
		subresource: writer.subresource,
	});
	return {
		...client,
		create: (object, writer) => told(written('create', object, writer), () => client.create(object, writer)),
		update: (object, writer) => told(written('update', object, writer), () => client.update(object, writer)),
		remove: (kind, namespace, name, options) =>
			told({verb: 'delete', manager: 'controller', resource: registry.findGroupKind(kind), namespace, name}, () =>
				client.remove(kind, namespace, name, options),
			),
	};
}

interface Written extends Pick<AuditedPlace, 'namespace' | 'subresource'> {
	readonly verb: 'create' | 'update' | 'delete';
	readonly manager: string;
	/** Absent: nobody serves it, and the write is refused. */
	readonly resource: Resource | null | undefined;
	readonly name: string;
}

const userOf = (manager: string): User => ({name: `system:${manager}`, token: '', groups: ['system:authenticated']});

function uriOf({apiGroup, apiVersion, namespace, resource, name, subresource}: AuditedObject): string {
	const root = apiGroup ? `/apis/${apiGroup}/${apiVersion}` : `/api/${apiVersion}`;
	const place = namespace ? `/namespaces/${namespace}` : '';
	return [`${root}${place}`, resource, name, subresource].filter(Boolean).join('/');
}
