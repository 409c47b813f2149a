import type {Context} from './api/context.ts';
import {createObject} from './api/create.ts';
import {plainWrite} from './api/options.ts';

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const reading = ['get', 'list', 'watch'];
const writing = [...reading, 'create', 'update', 'patch', 'delete', 'deletecollection'];
const openGroups = ['', 'apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'networking.k8s.io', 'policy'];

/** Kinds of the core group that the role `view` shows: all but Secrets. */
const visible = [
	'configmaps',
	'endpoints',
	'events',
	'limitranges',
	'namespaces',
	'persistentvolumeclaims',
	'pods',
	'pods/log',
	'pods/status',
	'replicationcontrollers',
	'resourcequotas',
	'serviceaccounts',
	'services',
];

/** The roles that people bind, narrowed to what is served. */
const clusterRoles: Readonly<Record<string, readonly object[]>> = {
	'cluster-admin': [
		{apiGroups: ['*'], resources: ['*'], verbs: ['*']},
		{nonResourceURLs: ['*'], verbs: ['*']},
	],
	admin: [{apiGroups: [...openGroups, 'rbac.authorization.k8s.io'], resources: ['*'], verbs: writing}],
	edit: [{apiGroups: openGroups, resources: ['*'], verbs: writing}],
	view: [
		{apiGroups: [''], resources: visible, verbs: reading},
		{apiGroups: openGroups.slice(1), resources: ['*'], verbs: reading},
	],
};

/** What every cluster has from the first moment. Nothing is done twice. */
export function seed(context: Context): void {
	const resource = context.registry.find('', 'v1', 'namespaces');
	const services = context.registry.find('', 'v1', 'services');
	if (!resource || !services) return;
	for (const name of namespaces) {
		if (context.store.get(resource.collection, `/${name}`)) continue;
		createObject(
			context,
			resource,
			'',
			{apiVersion: 'v1', kind: 'Namespace', metadata: {name}},
			plainWrite('kube-apiserver'),
		);
	}
	seedRoles(context);
	if (context.store.get(services.collection, 'default/kubernetes')) return;
	const service = {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'kubernetes', labels: {component: 'apiserver', provider: 'kubernetes'}},
		spec: {
			clusterIP: '10.96.0.1',
			ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: 6443}],
			type: 'ClusterIP',
		},
	};
	createObject(context, services, 'default', service, plainWrite('kube-apiserver'));
}

function seedRoles(context: Context): void {
	const roles = context.registry.findGroupKind('ClusterRole.rbac.authorization.k8s.io');
	if (!roles) return;
	for (const [name, rules] of Object.entries(clusterRoles)) {
		if (context.store.get(roles.collection, `/${name}`)) continue;
		const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name}, rules};
		createObject(context, roles, '', role, plainWrite('kube-apiserver'));
	}
}
