/** A Kubernetes object as it travels: plain JSON. 64-bit integers outside the safe range are `bigint` (see json.ts). */
export interface KubernetesObject {
	apiVersion: string;
	kind: string;
	metadata: ObjectMetadata;
	[field: string]: unknown;
}

export interface ObjectMetadata {
	name: string;
	generateName?: string;
	namespace?: string;
	labels?: Record<string, string>;
	annotations?: Record<string, string>;
	uid?: string;
	resourceVersion?: string;
	generation?: number;
	creationTimestamp?: string | null;
	deletionTimestamp?: string;
	finalizers?: string[];
	ownerReferences?: OwnerReference[];
	managedFields?: ManagedFieldsEntry[];
	[field: string]: unknown;
}

export interface OwnerReference {
	apiVersion: string;
	kind: string;
	name: string;
	uid: string;
	controller?: boolean;
}

/** One entry of `metadata.managedFields`, KEP-555. `time` has one-second resolution and may be absent (kubernetes #82046). */
export interface ManagedFieldsEntry {
	manager?: string;
	operation?: 'Apply' | 'Update';
	apiVersion?: string;
	time?: string;
	fieldsType?: string;
	fieldsV1?: FieldsV1;
	subresource?: string;
}

/** FieldsV1 as JSON: keys `f:name`, `k:{…}`, `v:…`, `i:n` and `.`; values are nested sets. */
export interface FieldsV1 {
	[key: string]: FieldsV1;
}

/** Names one object in one cluster. `namespace` is empty for cluster-scoped kinds; `group` is empty for the core group. */
export interface ObjectRef {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
}

/** Identity without the version: the same object read through another API version has the same key. */
export type ObjectKey = string;

/** A rendered object and where it stands in the repository. */
export interface Manifest {
	readonly object: KubernetesObject;
	readonly origin: ManifestOrigin;
}

export interface ManifestOrigin {
	/** Path within the repository; for Helm the template, for Kustomize the kustomization. */
	readonly file: string;
	/** 1-based line where the document starts, when known. */
	readonly line?: number;
}

/** Splits `apps/v1` into group and version; the core group is the empty string. */
export function parseApiVersion(apiVersion: string): {group: string; version: string} {
	const slash = apiVersion.indexOf('/');
	return slash < 0
		? {group: '', version: apiVersion}
		: {group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1)};
}

export function refOf(object: KubernetesObject): ObjectRef {
	const {group, version} = parseApiVersion(object.apiVersion);
	return {group, version, kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name};
}

export function apiVersionOf(ref: Pick<ObjectRef, 'group' | 'version'>): string {
	return ref.group ? `${ref.group}/${ref.version}` : ref.version;
}

/** An object of which only the name is known. */
export function bareObject(ref: ObjectRef): KubernetesObject {
	return {
		apiVersion: apiVersionOf(ref),
		kind: ref.kind,
		metadata: {name: ref.name, ...(ref.namespace ? {namespace: ref.namespace} : {})},
	};
}

/** `group/Kind/namespace/name`. None of the parts can contain a slash. */
export function keyOf(ref: Omit<ObjectRef, 'version'>): ObjectKey {
	return `${ref.group}/${ref.kind}/${ref.namespace}/${ref.name}`;
}

export function parseKey(key: ObjectKey): Omit<ObjectRef, 'version'> {
	const [group = '', kind = '', namespace = '', name = ''] = key.split('/');
	return {group, kind, namespace, name};
}

/** What a person reads: `Deployment/checkout`, as kubectl prints it but with the kind's own spelling. */
export function nameOf(ref: Pick<ObjectRef, 'kind' | 'name'>): string {
	return `${ref.kind}/${ref.name}`;
}

/** `Kind.group`, the spelling of the ApplySet specification (KEP-3659); the core group has no suffix. */
export function groupKindOf(ref: Pick<ObjectRef, 'group' | 'kind'>): string {
	return ref.group ? `${ref.kind}.${ref.group}` : ref.kind;
}
