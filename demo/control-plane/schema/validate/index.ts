import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {KindSchema} from '../type.ts';
import {validateClaim, validateConfigMap, validateSecret, validateService} from './core.ts';
import {validateCustomResource} from './custom.ts';
import {validateEnums} from './enums.ts';
import {validateMetadata} from './metadata.ts';
import {
	validateAutoscaler,
	validateBinding,
	validateDefinition,
	validateDisruptionBudget,
	validateIngress,
	validateRole,
} from './policies.ts';
import type {FieldProblem} from './problem.ts';
import {
	validateCronJob,
	validateDaemonSet,
	validateDeployment,
	validateJob,
	validatePod,
	validateReplicaSet,
	validateStatefulSet,
} from './workloads.ts';

export {type FieldProblem, invalidError} from './problem.ts';

type Validate = (object: KubernetesObject, before: KubernetesObject | null) => FieldProblem[];

/** By group and kind. */
const validateKind: Readonly<Record<string, Validate>> = {
	'/ConfigMap': validateConfigMap,
	'/Secret': validateSecret,
	'/Service': validateService,
	'/Pod': validatePod,
	'/PersistentVolumeClaim': validateClaim,
	'apps/Deployment': validateDeployment,
	'apps/ReplicaSet': validateReplicaSet,
	'apps/StatefulSet': validateStatefulSet,
	'apps/DaemonSet': validateDaemonSet,
	'batch/Job': validateJob,
	'batch/CronJob': validateCronJob,
	'autoscaling/HorizontalPodAutoscaler': validateAutoscaler,
	'policy/PodDisruptionBudget': validateDisruptionBudget,
	'networking.k8s.io/Ingress': validateIngress,
	'rbac.authorization.k8s.io/Role': validateRole,
	'rbac.authorization.k8s.io/ClusterRole': validateRole,
	'rbac.authorization.k8s.io/RoleBinding': validateBinding,
	'rbac.authorization.k8s.io/ClusterRoleBinding': validateBinding,
	'apiextensions.k8s.io/CustomResourceDefinition': validateDefinition,
};

/** Whether a field, or something that it is part of other than the whole spec, was found wrong already. */
function isWithin(field: string, known: ReadonlySet<string>): boolean {
	const parent = field.slice(0, Math.max(field.lastIndexOf('.'), 0));
	return known.has(field) || (parent !== 'spec' && known.has(parent));
}

/**
 * What is wrong with an object that is to be stored, decoded and with its defaults; `before` is the stored one when it is
 * changed. Empty when nothing is, which is not to say that the real server, which checks more, would take it.
 */
export function validate(
	schema: KindSchema,
	object: KubernetesObject,
	before: KubernetesObject | null,
): FieldProblem[] {
	const metadata = validateMetadata(schema, object, before);
	if (!schema.isBuiltIn) return [...metadata, ...validateCustomResource(schema.root, object)];
	const own = validateKind[`${schema.group}/${schema.kind}`]?.(object, before) ?? [];
	const known = new Set(own.map(problem => problem.field));
	const enums = validateEnums(schema.root, object).filter(({field}) => !isWithin(field, known));
	return [...metadata, ...own, ...enums];
}
