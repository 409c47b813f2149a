import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Resource} from '../../kinds/resource.ts';
import {updatedDefinition} from './definition.ts';
import {updatedJob} from './job.ts';
import {updatedNamespace} from './namespace.ts';
import {updatedPod} from './pod.ts';
import {updatedService} from './service.ts';

type OnUpdate = (object: KubernetesObject, live: KubernetesObject) => KubernetesObject;

/** What the server keeps of the live object although the update left it out. */
const byCollection: Readonly<Record<string, OnUpdate>> = {
	'/namespaces': updatedNamespace,
	'/pods': updatedPod,
	'/services': updatedService,
	'batch/jobs': updatedJob,
	'apiextensions.k8s.io/customresourcedefinitions': updatedDefinition,
};

export function onUpdate(resource: Resource, object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	return byCollection[resource.collection]?.(object, live) ?? object;
}
