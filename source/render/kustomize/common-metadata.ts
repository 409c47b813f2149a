import type {KustomizeParameters} from '../../model/application.ts';
import type {KubernetesObject} from '../../model/object.ts';

/** Flux's `commonMetadata`: labels and annotations of every object itself, and of nothing inside it. */
export function withCommonMetadata(object: KubernetesObject, parameters: KustomizeParameters): KubernetesObject {
	const {commonLabels, commonAnnotations} = parameters;
	const metadata = {...object.metadata};
	if (Object.keys(commonLabels).length > 0) metadata.labels = {...metadata.labels, ...commonLabels};
	if (Object.keys(commonAnnotations).length > 0) {
		metadata.annotations = {...metadata.annotations, ...commonAnnotations};
	}
	return {...object, metadata};
}
