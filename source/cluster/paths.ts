/** URLs by hand: names keep their case and their colons (ClusterRole `eks:K8sReader`), and nothing leaves its place. */
import {HoldfastError} from '../model/errors.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import {boundedText} from '../model/text.ts';

type Place = Pick<ResourceKind, 'group' | 'version' | 'resource' | 'isNamespaced'>;

/** `/apis/apps/v1/namespaces/shop/deployments`; without a namespace the collection of all namespaces. */
export function collectionPath(kind: Place, namespace: string): string {
	const version = encodeURIComponent(kind.version);
	const base = kind.group ? `/apis/${encodeURIComponent(kind.group)}/${version}` : `/api/${version}`;
	const scope = kind.isNamespaced && namespace ? `/namespaces/${segment(namespace)}` : '';
	return `${base}${scope}/${encodeURIComponent(kind.resource)}`;
}

/** The collection that an object is created in. Throws NamespaceMissing for a namespaced kind without a namespace. */
export function creationPath(kind: Place, namespace: string): string {
	if (kind.isNamespaced && !namespace) {
		throw new HoldfastError({
			code: 'NamespaceMissing',
			message: `an object among ${boundedText(kind.resource, 200)} needs a namespace`,
			hint: "set metadata.namespace, or the application's destination namespace",
		});
	}
	return collectionPath(kind, namespace);
}

/** Throws InvalidName for names that no path can hold, NamespaceMissing for a namespaced kind without one. */
export function objectPath(kind: Place, namespace: string, name: string): string {
	return `${creationPath(kind, namespace)}/${segment(name)}`;
}

/** Kubernetes refuses `.`, `..`, `/` and `%` in every name (path segment validation); so do we, before a request. */
function segment(name: string): string {
	if (!name || name === '.' || name === '..' || /[/%]/.test(name)) {
		throw new HoldfastError({
			code: 'InvalidName',
			message: !name ? 'an object without a name' : `"${boundedText(name, 200)}" cannot be a name`,
			hint: 'set metadata.name to a valid name',
		});
	}
	return encodeURIComponent(name);
}

/** `?a=b&c=d`; entries without a value are left out; empty when none is left. */
export function query(parameters: Readonly<Record<string, string | undefined>>): string {
	let text = '';
	for (const [name, value] of Object.entries(parameters)) {
		if (value !== undefined && value !== '') text += `${text ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
	}
	return text;
}
