import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Resource} from '../../kinds/resource.ts';
import type {Context} from '../context.ts';
import {createdDefinition} from './definition.ts';
import {createdJob} from './job.ts';
import {createdNamespace} from './namespace.ts';
import {createdPod} from './pod.ts';
import {createdService} from './service.ts';

type OnCreate = (object: KubernetesObject, context: Context) => KubernetesObject;

/** What the server adds to a new object of a kind, besides defaults: after ownership is recorded, so nobody owns it. */
const byCollection: Readonly<Record<string, OnCreate>> = {
	'/namespaces': createdNamespace,
	'/pods': createdPod,
	'/services': createdService,
	'batch/jobs': createdJob,
	'apiextensions.k8s.io/customresourcedefinitions': createdDefinition,
};

export function onCreate(resource: Resource, object: KubernetesObject, context: Context): KubernetesObject {
	return byCollection[resource.collection]?.(object, context) ?? object;
}
