import type {KindSchema, OpenAPISchema} from '../schema/index.ts';
import type {ServedKind} from '../types.ts';

/** A kind at one version, with all that serving it needs. */
export interface Resource extends ServedKind {
	/** null: the kind is only answered, never stored (reviews). */
	readonly schema: KindSchema | null;
	/** Where its objects are stored, the same for all versions: `apps/deployments`, `/configmaps`. */
	readonly collection: string;
	/** `deployments.apps`, as messages name it. */
	readonly qualifiedName: string;
	readonly listKind: string;
	/** `apps/v1` of the version that is stored. */
	readonly storageApiVersion: string;
	/** Set for kinds of CRDs. */
	readonly custom?: CustomResource;
}

export interface CustomResource {
	/** The CRD's name. */
	readonly definition: string;
	/** As the CRD has it. */
	readonly schema: OpenAPISchema;
	readonly columns: readonly CustomColumn[];
	readonly scale?: {
		readonly specReplicasPath: string;
		readonly statusReplicasPath: string;
		readonly labelSelectorPath?: string;
	};
	readonly isTerminating: boolean;
	/** What to warn of, at a version that is deprecated. */
	readonly deprecation?: string;
}

export interface CustomColumn {
	readonly name: string;
	readonly type: string;
	readonly format?: string;
	readonly description?: string;
	readonly priority?: number;
	readonly jsonPath: string;
}

export function apiVersionOfKind({group, version}: Pick<ServedKind, 'group' | 'version'>): string {
	return group ? `${group}/${version}` : version;
}

/** `Deployment.apps`, as messages about invalid objects name a kind; the core group has no suffix. */
export function qualifiedKindOf({group, kind}: Pick<ServedKind, 'group' | 'kind'>): string {
	return group ? `${kind}.${group}` : kind;
}

export function qualifiedNameOf(group: string, resource: string): string {
	return group ? `${resource}.${group}` : resource;
}
