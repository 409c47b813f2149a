import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {KindSchema} from '../type.ts';
import {
	defaultEndpointSlice,
	defaultEndpoints,
	defaultLimitRange,
	defaultNamespace,
	defaultSecret,
	defaultService,
} from './core.ts';
import type {Structure} from './fill.ts';
import {defaultPod} from './pod.ts';
import {
	defaultAdmissionPolicy,
	defaultAdmissionPolicyBinding,
	defaultAutoscaler,
	defaultAutoscalerV1,
	defaultBinding,
	defaultDefinition,
	defaultIngressClass,
	defaultNetworkPolicy,
	defaultPriorityClass,
	defaultWebhooks,
} from './policies.ts';
import {defaultClaim, defaultStorageClass, defaultVolumeObject} from './storage.ts';
import {
	defaultCronJob,
	defaultDaemonSet,
	defaultDeployment,
	defaultJob,
	defaultReplicaSet,
	defaultStatefulSet,
} from './workloads.ts';

/** By `group/version/Kind`. Kinds that are not here have no defaults but those in their structure. */
const defaultsOfKind: Readonly<Record<string, (object: Structure) => void>> = {
	'/v1/Pod': defaultPod,
	'/v1/Service': defaultService,
	'/v1/Secret': defaultSecret,
	'/v1/Namespace': defaultNamespace,
	'/v1/Endpoints': defaultEndpoints,
	'/v1/LimitRange': defaultLimitRange,
	'/v1/PersistentVolumeClaim': defaultClaim,
	'/v1/PersistentVolume': defaultVolumeObject,
	'apps/v1/Deployment': defaultDeployment,
	'apps/v1/ReplicaSet': defaultReplicaSet,
	'apps/v1/StatefulSet': defaultStatefulSet,
	'apps/v1/DaemonSet': defaultDaemonSet,
	'batch/v1/Job': defaultJob,
	'batch/v1/CronJob': defaultCronJob,
	'autoscaling/v2/HorizontalPodAutoscaler': defaultAutoscaler,
	'autoscaling/v1/HorizontalPodAutoscaler': defaultAutoscalerV1,
	'networking.k8s.io/v1/NetworkPolicy': defaultNetworkPolicy,
	'networking.k8s.io/v1/IngressClass': defaultIngressClass,
	'discovery.k8s.io/v1/EndpointSlice': defaultEndpointSlice,
	'rbac.authorization.k8s.io/v1/RoleBinding': defaultBinding,
	'rbac.authorization.k8s.io/v1/ClusterRoleBinding': defaultBinding,
	'apiextensions.k8s.io/v1/CustomResourceDefinition': defaultDefinition,
	'scheduling.k8s.io/v1/PriorityClass': defaultPriorityClass,
	'storage.k8s.io/v1/StorageClass': defaultStorageClass,
	'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': defaultAdmissionPolicy,
	'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': defaultAdmissionPolicyBinding,
	'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': defaultWebhooks,
	'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': defaultWebhooks,
};

/** Fills in the defaults of a built-in kind. The object must be freshly read: it is changed in place. */
export function applyDefaults(schema: KindSchema, object: KubernetesObject): KubernetesObject {
	defaultsOfKind[`${schema.group}/${schema.version}/${schema.kind}`]?.(object as Structure);
	return object;
}
