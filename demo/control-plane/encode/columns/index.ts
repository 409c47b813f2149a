import type {Resource} from '../../kinds/resource.ts';
import {ageColumn, type Column, nameColumn} from './column.ts';
import * as core from './core.ts';
import {customColumns} from './custom.ts';
import * as others from './others.ts';
import {podColumns} from './pod.ts';
import * as workloads from './workloads.ts';

const byCollection: Readonly<Record<string, readonly Column[]>> = {
	'/pods': podColumns,
	'/services': core.serviceColumns,
	'/configmaps': core.configMapColumns,
	'/secrets': core.secretColumns,
	'/namespaces': core.namespaceColumns,
	'/nodes': core.nodeColumns,
	'/events': core.eventColumns,
	'/serviceaccounts': core.serviceAccountColumns,
	'/persistentvolumeclaims': core.claimColumns,
	'/endpoints': core.endpointsColumns,
	'/replicationcontrollers': core.replicationControllerColumns,
	'apps/deployments': workloads.deploymentColumns,
	'apps/replicasets': workloads.replicaSetColumns,
	'apps/statefulsets': workloads.statefulSetColumns,
	'apps/daemonsets': workloads.daemonSetColumns,
	'batch/jobs': workloads.jobColumns,
	'batch/cronjobs': workloads.cronJobColumns,
	'autoscaling/horizontalpodautoscalers': workloads.autoscalerColumns,
	'policy/poddisruptionbudgets': workloads.disruptionBudgetColumns,
	'networking.k8s.io/ingresses': others.ingressColumns,
	'networking.k8s.io/networkpolicies': others.networkPolicyColumns,
	'rbac.authorization.k8s.io/roles': others.roleColumns,
	'rbac.authorization.k8s.io/clusterroles': others.roleColumns,
	'rbac.authorization.k8s.io/rolebindings': others.bindingColumns,
	'rbac.authorization.k8s.io/clusterrolebindings': others.bindingColumns,
	'coordination.k8s.io/leases': others.leaseColumns,
	'discovery.k8s.io/endpointslices': others.endpointSliceColumns,
	'storage.k8s.io/storageclasses': others.storageClassColumns,
	'scheduling.k8s.io/priorityclasses': others.priorityClassColumns,
	'apiextensions.k8s.io/customresourcedefinitions': others.definitionColumns,
};

const plain: readonly Column[] = [nameColumn, ageColumn];

/** The columns in which a kind is listed; name and age for kinds that have none of their own. */
export function columnsOf(resource: Resource): readonly Column[] {
	if (resource.custom) return customColumns(resource.custom.columns);
	return byCollection[resource.collection] ?? plain;
}
