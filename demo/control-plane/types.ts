/** The types that all parts of the embedded control plane share. Nothing in `source/` knows that this module exists. */
import type {KubernetesObject} from '../../source/model/object.ts';

/** One served kind at one version, as discovery tells it. */
export interface ServedKind {
	/** Empty for the core group. */
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	/** Plural, as in URLs. */
	readonly resource: string;
	readonly singular: string;
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
	readonly subresources: readonly ('status' | 'scale')[];
}

/** A failed request, as the API server's Status object says it. */
export interface ApiFailure {
	/** HTTP status code. */
	readonly code: number;
	/** `NotFound`, `Conflict`, `Invalid`…; absent where the real server gives none. */
	readonly reason?: string;
	readonly message: string;
	readonly details?: {
		readonly name?: string;
		readonly group?: string;
		readonly kind?: string;
		readonly uid?: string;
		readonly causes?: readonly {readonly reason?: string; readonly message: string; readonly field?: string}[];
		readonly retryAfterSeconds?: number;
	};
}

/** An {@link ApiFailure} that travels by throwing. */
export class ApiError extends Error {
	readonly failure: ApiFailure;

	constructor(failure: ApiFailure) {
		super(failure.message);
		this.name = 'ApiError';
		this.failure = failure;
	}
}

export interface ObjectEvent {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: KubernetesObject;
}

/** Who writes, as managedFields records it. */
export interface Writer {
	readonly manager: string;
	readonly subresource?: 'status' | 'scale';
}

/**
 * The API server as controllers see it: in process and synchronous, with the same rules as over HTTP (defaulting,
 * managedFields, optimistic resourceVersion, finalizers). `kind` is `Kind.group`, or `Kind` in the core group. Objects
 * handed out are frozen or copies: changing them changes nothing. Methods throw {@link ApiError}.
 */
export interface ControllerClient {
	list(kind: string, namespace?: string): readonly KubernetesObject[];
	get(kind: string, namespace: string, name: string): KubernetesObject | null;
	/** `metadata.generateName` is honoured. */
	create(object: KubernetesObject, writer: Writer): KubernetesObject;
	/** PUT: refused with 409 when `metadata.resourceVersion` is given and stale. */
	update(object: KubernetesObject, writer: Writer): KubernetesObject;
	remove(
		kind: string,
		namespace: string,
		name: string,
		options?: {readonly uid?: string; readonly propagation?: 'Foreground' | 'Background' | 'Orphan'},
	): void;
	/** Every change of every kind, after it was stored. Returns what ends it. */
	watch(listener: (event: ObjectEvent) => void): () => void;
	/** Epoch milliseconds; tests may move it. */
	now(): number;
}
