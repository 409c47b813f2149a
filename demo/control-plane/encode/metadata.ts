import type {KubernetesObject} from '../../../source/model/object.ts';

/** An object without all but its metadata. */
export function metadataOf({metadata}: KubernetesObject): object {
	return {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata};
}
