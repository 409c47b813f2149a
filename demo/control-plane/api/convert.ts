import type {KubernetesObject} from '../../../source/model/object.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {autoscalerFromV1, autoscalerToV1} from './convert/autoscaler.ts';
import {eventFromCore, eventToCore} from './convert/event.ts';

type Conversion = (object: KubernetesObject) => KubernetesObject;

/** Kinds whose versions differ in more than their name, by `from kind > to`. */
const conversions: Readonly<Record<string, Conversion>> = {
	'autoscaling/v1 HorizontalPodAutoscaler > autoscaling/v2': autoscalerFromV1,
	'autoscaling/v2 HorizontalPodAutoscaler > autoscaling/v1': autoscalerToV1,
	'v1 Event > events.k8s.io/v1': eventFromCore,
	'events.k8s.io/v1 Event > v1': eventToCore,
};

/** The object at another version of its kind. CRDs convert by strategy None: only the name of the version changes. */
export function convertTo(object: KubernetesObject, apiVersion: string): KubernetesObject {
	if (object.apiVersion === apiVersion) return object;
	const conversion = conversions[`${object.apiVersion} ${object.kind} > ${apiVersion}`];
	return {...(conversion ? conversion(object) : object), apiVersion};
}

/** A stored object at the version that is asked for. */
export function convert(object: KubernetesObject, resource: Resource): KubernetesObject {
	return convertTo(object, apiVersionOfKind(resource));
}

/** An object as it is stored. */
export function toStorage(object: KubernetesObject, resource: Resource): KubernetesObject {
	return convertTo(object, resource.storageApiVersion);
}
