import {schemaOf} from '../schema/schema-of.ts';
import {cutDiscovery} from './data.ts';
import {apiVersionOfKind, qualifiedNameOf, type Resource} from './resource.ts';

/** Kinds that are answered and not stored; they need no schema. */
const reviews: ReadonlySet<string> = new Set([
	'selfsubjectaccessreviews',
	'selfsubjectrulesreviews',
	'selfsubjectreviews',
	'subjectaccessreviews',
	'localsubjectaccessreviews',
]);

/** `events.k8s.io` shows the events of the core group in other words. */
const sharedCollections: Readonly<Record<string, string>> = {'events.k8s.io/events': '/events'};
const storedElsewhere: Readonly<Record<string, string>> = {'events.k8s.io': 'v1'};

/** Groups of kinds in the order in which the real server tells them. Only what is served is among them. */
export function builtInResources(): Resource[] {
	return cutDiscovery().groups.flatMap(({name: group, versions}) =>
		versions.flatMap(({version, resources}) =>
			resources.flatMap(cut => {
				const schema = schemaOf({group, version, kind: cut.kind});
				const isReview = reviews.has(cut.resource);
				if (!isReview && (!schema || !cut.verbs.includes('list') || cut.resource === 'componentstatuses')) return [];
				const preferred = versions[0]?.version ?? version;
				const collection = `${group}/${cut.resource}`;
				return [
					{
						group,
						version,
						kind: cut.kind,
						resource: cut.resource,
						singular: cut.singular,
						shortNames: cut.shortNames,
						categories: cut.categories,
						isNamespaced: cut.isNamespaced,
						verbs: cut.verbs,
						subresources: cut.subresources.filter(name => name === 'status' || name === 'scale'),
						schema: isReview ? null : schema,
						collection: sharedCollections[collection] ?? collection,
						qualifiedName: qualifiedNameOf(group, cut.resource),
						listKind: `${cut.kind}List`,
						storageApiVersion: storedElsewhere[group] ?? apiVersionOfKind({group, version: preferred}),
					} satisfies Resource,
				];
			}),
		),
	);
}
