import type {Registry} from '../kinds/registry.ts';
import type {Resource} from '../kinds/resource.ts';

/** Everything in one document (KEP-3352): of the core group for `/api`, of all others for `/apis`. */
export function groupDiscoveryList(registry: Registry, {isCore}: {readonly isCore: boolean}): object {
	const items = registry
		.groups()
		.filter(({group}) => (group === '') === isCore)
		.map(({group, versions}) => ({
			metadata: group ? {name: group} : {},
			versions: versions.map(version => ({
				version,
				resources: registry.resources
					.filter(resource => resource.group === group && resource.version === version)
					.map(resourceEntry),
				freshness: 'Current',
			})),
		}));
	return {kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items};
}

function resourceEntry(resource: Resource): object {
	const {shortNames, categories} = resource;
	const ownKind = kindEntry(resource, resource.kind);
	const subresources = resource.subresources.map(name => ({
		subresource: name,
		responseKind: name === 'scale' ? {group: 'autoscaling', version: 'v1', kind: 'Scale'} : ownKind,
		verbs: ['get', 'patch', 'update'],
	}));
	return {
		resource: resource.resource,
		responseKind: ownKind,
		scope: resource.isNamespaced ? 'Namespaced' : 'Cluster',
		singularResource: resource.singular,
		verbs: resource.verbs,
		...(shortNames.length > 0 ? {shortNames} : {}),
		...(categories.length > 0 ? {categories} : {}),
		...(subresources.length > 0 ? {subresources} : {}),
	};
}

/** Built-in kinds leave out group and version where they are the document's own. */
function kindEntry({custom, group, version}: Resource, kind: string): object {
	return custom ? {group, version, kind} : {group: '', version: '', kind};
}
