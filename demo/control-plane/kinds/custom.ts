import type {KubernetesObject} from '../../../source/model/object.ts';
import type {OpenAPISchema} from '../schema/open-api.ts';
import {schemaFromOpenAPI} from '../schema/schema-of.ts';
import {type CustomColumn, type CustomResource, qualifiedNameOf, type Resource} from './resource.ts';

/** The parts of a CustomResourceDefinition that are read here. */
export interface DefinitionSpec {
	readonly group: string;
	readonly scope: 'Namespaced' | 'Cluster';
	readonly names: {
		readonly plural: string;
		readonly singular?: string;
		readonly kind: string;
		readonly listKind?: string;
		readonly shortNames?: readonly string[];
		readonly categories?: readonly string[];
	};
	readonly versions: readonly DefinitionVersion[];
}

export interface DefinitionVersion {
	readonly name: string;
	readonly served: boolean;
	readonly storage: boolean;
	readonly deprecated?: boolean;
	readonly deprecationWarning?: string;
	readonly schema?: {readonly openAPIV3Schema?: OpenAPISchema};
	readonly subresources?: {readonly status?: object; readonly scale?: CustomResource['scale']};
	readonly additionalPrinterColumns?: readonly CustomColumn[];
}

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** What a CRD without columns prints. */
const ageColumn: CustomColumn = {
	name: 'Age',
	type: 'date',
	description: '',
	jsonPath: '.metadata.creationTimestamp',
};

export function specOf(definition: KubernetesObject): DefinitionSpec {
	return definition.spec as DefinitionSpec;
}

/** The resources of a CRD, one for each served version. */
export function customResources(definition: KubernetesObject): Resource[] {
	const {group, scope, names, versions} = specOf(definition);
	const storage = versions.find(version => version.storage) ?? versions[0];
	return versions
		.filter(version => version.served)
		.map(version => ({
			group,
			version: version.name,
			kind: names.kind,
			resource: names.plural,
			singular: names.singular ?? names.kind.toLowerCase(),
			shortNames: names.shortNames ?? [],
			categories: names.categories ?? [],
			isNamespaced: scope === 'Namespaced',
			verbs,
			subresources: [
				...(version.subresources?.status ? (['status'] as const) : []),
				...(version.subresources?.scale ? (['scale'] as const) : []),
			],
			schema: schemaFromOpenAPI(version.schema?.openAPIV3Schema ?? {}, {
				group,
				version: version.name,
				kind: names.kind,
			}),
			collection: `${group}/${names.plural}`,
			qualifiedName: qualifiedNameOf(group, names.plural),
			listKind: names.listKind ?? `${names.kind}List`,
			storageApiVersion: `${group}/${storage?.name ?? version.name}`,
			custom: {
				definition: definition.metadata.name,
				schema: version.schema?.openAPIV3Schema ?? {},
				columns: version.additionalPrinterColumns ?? [ageColumn],
				...(version.subresources?.scale ? {scale: version.subresources.scale} : {}),
				isTerminating: definition.metadata.deletionTimestamp !== undefined,
				...(version.deprecated ? {deprecation: deprecationOf(definition, version)} : {}),
			},
		}));
}

/** The warning that every write at a deprecated version gets. */
function deprecationOf(definition: KubernetesObject, {name, deprecationWarning}: DefinitionVersion): string {
	if (deprecationWarning) return deprecationWarning;
	const {group, names, versions} = specOf(definition);
	const better = versions.find(version => version.served && !version.deprecated)?.name;
	return `${group}/${name} ${names.kind} is deprecated${better ? `; use ${better}` : ''}`;
}
