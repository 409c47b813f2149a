import type {KubernetesObject} from '../../object.ts';

/** `metadata` asks for PartialObjectMetadata: no spec, no status, no Secret data. */
export type ObjectView = 'metadata' | 'object';

export interface ListOptions {
	readonly view: ObjectView;
	/** Absent: all namespaces. */
	readonly namespace?: string;
	readonly labelSelector?: string;
	readonly limit?: number;
	/** Called a page at a time; when given, items are not collected. */
	readonly onPage?: (items: KubernetesObject[]) => void;
	readonly signal?: AbortSignal;
}

export interface ListResult {
	readonly items: KubernetesObject[];
	readonly resourceVersion: string;
}
