/**
 * Full objects or metadata only. PartialObjectMetadata (meta/v1) carries managedFields, labels and annotations and no
 * spec, no status, no Secret data; servers that do not know it get asked for all, and the rest is dropped here.
 */
import {apiVersionOf, type KubernetesObject} from '../model/object.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {ObjectView} from '../model/ports/cluster/read.ts';
import {isSecretKind, redacted} from '../model/redact.ts';
import {asMap} from './kubeconfig-files.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The singular form is answered 406 for a list, and the plural one for an object or a watch. */
const accepts = {
	object: 'application/json',
	metadata: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
	metadataList: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
} as const;

/** Remembers which kinds are served by servers without metadata views (aggregated APIs). */
export interface Views {
	accept(kind: ResourceKind, view: ObjectView, isList: boolean): string;
	/** After a 406. True when it makes sense to ask again: the view was metadata and is now given up for this kind. */
	giveUp(kind: ResourceKind, view: ObjectView): boolean;
}

export function createViews(): Views {
	const without = new Set<string>();
	const nameOf = (kind: ResourceKind): string => `${kind.group}/${kind.version}/${kind.resource}`;
	return {
		accept(kind, view, isList) {
			if (view === 'object' || without.has(nameOf(kind))) return accepts.object;
			return isList ? accepts.metadataList : accepts.metadata;
		},
		giveUp(kind, view) {
			if (view === 'object' || without.has(nameOf(kind))) return false;
			without.add(nameOf(kind));
			return true;
		},
	};
}

/**
 * An object as it enters the model: with its own apiVersion and kind (items of lists have none, metadata views another).
 * In a metadata view a Secret's copy inside kubectl's annotation is masked (CVE-2023-40029).
 */
export function toObject(item: unknown, kind: ResourceKind, view: ObjectView): KubernetesObject {
	const map = asMap(item);
	const metadata = asMap(map.metadata) as unknown as KubernetesObject['metadata'];
	const head = {apiVersion: apiVersionOf(kind), kind: kind.kind};
	if (view === 'object') return {...head, ...map, ...head, metadata};
	if (isSecretKind(kind) && metadata.annotations?.[lastApplied] !== undefined) {
		metadata.annotations = {...metadata.annotations, [lastApplied]: redacted};
	}
	return {...head, metadata};
}
