import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import type {Context} from './context.ts';
import {forbidden, notFound} from './failures.ts';

/**
 * Refuses new objects where none may come: in a namespace that is not there or is going away, of a CRD that is going away.
 * Throws 404 or 403.
 */
export function admitCreation({store, registry}: Context, resource: Resource, namespace: string, name: string): void {
	if (resource.custom?.isTerminating) {
		throw forbidden(resource, name, 'create not allowed while custom resource definition is terminating');
	}
	if (!resource.isNamespaced) return;
	const found = store.get('/namespaces', `/${namespace}`);
	if (!found) {
		const namespaces = registry.find('', 'v1', 'namespaces');
		if (namespaces) throw notFound(namespaces, namespace);
	}
	if (found?.metadata.deletionTimestamp) {
		throw forbidden(
			resource,
			name,
			`unable to create new content in namespace ${namespace} because it is being terminated`,
			[
				{
					reason: 'NamespaceTerminating',
					message: `namespace ${namespace} is being terminated`,
					field: 'metadata.namespace',
				},
			],
		);
	}
}

/** Namespaces that nobody may delete. */
const protectedNamespaces: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Throws 403 for what may not be deleted. */
export function admitDeletion(resource: Resource, object: KubernetesObject): void {
	const {name} = object.metadata;
	if (resource.collection === '/namespaces' && protectedNamespaces.has(name)) {
		throw forbidden(resource, name, 'this namespace may not be deleted');
	}
}
