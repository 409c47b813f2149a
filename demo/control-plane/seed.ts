import type {Context} from './api/context.ts';
import {createObject} from './api/create.ts';
import {plainWrite} from './api/options.ts';

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

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
