/** Discovery as it was before aggregation: one document for each group version. */
import {createHash} from 'node:crypto';
import type {Registry} from '../kinds/registry.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';

export function apiVersions(address: string): object {
	return {
		kind: 'APIVersions',
		versions: ['v1'],
		serverAddressByClientCIDRs: [{clientCIDR: '0.0.0.0/0', serverAddress: address}],
	};
}

export function apiGroupList(registry: Registry): object {
	const groups = registry
		.groups()
		.filter(({group}) => group !== '')
		.map(({group}) => groupEntry(registry, group));
	return {kind: 'APIGroupList', apiVersion: 'v1', groups};
}

/** null when the group is not served. */
export function apiGroup(registry: Registry, name: string): object | null {
	const isServed = registry.groups().some(({group}) => group === name);
	return name && isServed ? {kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(registry, name)} : null;
}

function groupEntry(registry: Registry, name: string): object {
	const {versions = []} = registry.groups().find(({group}) => group === name) ?? {};
	const entries = versions.map(version => ({groupVersion: `${name}/${version}`, version}));
	return {name, versions: entries, preferredVersion: entries[0]};
}

/** null when nothing is served at this group version. */
export function apiResourceList(registry: Registry, group: string, version: string): object | null {
	const resources = registry.resources.filter(resource => resource.group === group && resource.version === version);
	if (resources.length === 0) return null;
	return {
		kind: 'APIResourceList',
		apiVersion: 'v1',
		groupVersion: apiVersionOfKind({group, version}),
		resources: resources.flatMap(resource => [resourceEntry(resource), ...subresourceEntries(resource)]),
	};
}

function resourceEntry(resource: Resource): object {
	const {shortNames, categories} = resource;
	return {
		name: resource.resource,
		singularName: resource.singular,
		namespaced: resource.isNamespaced,
		kind: resource.kind,
		verbs: resource.verbs,
		...(shortNames.length > 0 ? {shortNames} : {}),
		...(categories.length > 0 ? {categories} : {}),
		...(resource.schema ? {storageVersionHash: storageVersionHash(resource)} : {}),
	};
}

function subresourceEntries(resource: Resource): object[] {
	const order = resource.custom ? ['status', 'scale'] : ['scale', 'status'];
	const names = order.filter(name => (resource.subresources as readonly string[]).includes(name));
	return names.map(name => ({
		name: `${resource.resource}/${name}`,
		singularName: '',
		namespaced: resource.isNamespaced,
		...(name === 'scale' ? {group: 'autoscaling', version: 'v1', kind: 'Scale'} : {kind: resource.kind}),
		verbs: ['get', 'patch', 'update'],
	}));
}

/** The first eight bytes of the SHA-256 of `group/version/kind` of what is stored (KEP-2339). */
function storageVersionHash({group, kind, storageApiVersion}: Resource): string {
	const version = storageApiVersion.slice(storageApiVersion.lastIndexOf('/') + 1);
	return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}
