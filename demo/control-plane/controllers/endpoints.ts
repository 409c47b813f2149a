import {isEqual} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import type {Controller} from './controller.ts';
import {controllerManager, isGoing, ownedBy, type Tree, valueAt} from './objects.ts';
import {isReady} from './pod-template.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** The addresses behind a Service, as an EndpointSlice and as the Endpoints of before. */
export const endpointsController: Controller = {
	kind: 'Service',
	owns: [],
	concerns: (changed, client) =>
		changed.kind === 'Pod'
			? client
					.list('Service', changed.metadata.namespace)
					.filter(service => selectsPod(service, changed))
					.map(({metadata}) => `${metadata.namespace}/${metadata.name}`)
			: [],
	reconcile(service, client) {
		if (isGoing(service) || Object.keys(selectorOf(service)).length === 0) return undefined;
		const pods = client
			.list('Pod', service.metadata.namespace)
			.filter(pod => !isGoing(pod) && selectsPod(service, pod) && valueAt(pod, 'status', 'podIP'));
		writeSlice(client, service, pods);
		writeEndpoints(client, service, pods);
		return undefined;
	},
};

const selectorOf = (service: KubernetesObject): Record<string, string> =>
	(valueAt(service, 'spec', 'selector') ?? {}) as Record<string, string>;

function selectsPod(service: KubernetesObject, pod: KubernetesObject): boolean {
	const wanted = Object.entries(selectorOf(service));
	return wanted.length > 0 && wanted.every(([name, value]) => pod.metadata.labels?.[name] === value);
}

function portsOf(service: KubernetesObject): Tree[] {
	const ports = (valueAt(service, 'spec', 'ports') ?? []) as Tree[];
	return ports.map(({name, port, protocol, targetPort}) => ({
		name: name ?? '',
		port: typeof targetPort === 'number' ? targetPort : port,
		protocol: protocol ?? 'TCP',
	}));
}

function writeSlice(client: ControllerClient, service: KubernetesObject, pods: readonly KubernetesObject[]): void {
	const {namespace = '', name} = service.metadata;
	const endpoints = pods.map(pod => ({
		addresses: [valueAt(pod, 'status', 'podIP')],
		conditions: {ready: isReady(pod), serving: isReady(pod), terminating: false},
		nodeName: valueAt(pod, 'spec', 'nodeName'),
		targetRef: {kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid},
	}));
	const known = client
		.list('EndpointSlice.discovery.k8s.io', namespace)
		.find(slice => slice.metadata.labels?.[serviceLabel] === name);
	const content = {addressType: 'IPv4', endpoints, ports: portsOf(service)};
	if (known) {
		if (!isEqual(known.endpoints ?? [], endpoints) || !isEqual(known.ports ?? [], content.ports)) {
			client.update({...known, ...content}, {manager: controllerManager});
		}
		return;
	}
	client.create(
		{
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {
				generateName: `${name}-`,
				namespace,
				labels: {[serviceLabel]: name, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io'},
				ownerReferences: [ownedBy(service)],
			} as unknown as KubernetesObject['metadata'],
			...content,
		},
		{manager: controllerManager},
	);
}

function writeEndpoints(client: ControllerClient, service: KubernetesObject, pods: readonly KubernetesObject[]): void {
	const {namespace = '', name} = service.metadata;
	const addressesOf = (some: readonly KubernetesObject[]): Tree[] =>
		some.map(pod => ({
			ip: valueAt(pod, 'status', 'podIP'),
			nodeName: valueAt(pod, 'spec', 'nodeName'),
			targetRef: {kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid},
		}));
	const ready = addressesOf(pods.filter(isReady));
	const unready = addressesOf(pods.filter(pod => !isReady(pod)));
	const subset = {
		...(ready.length > 0 ? {addresses: ready} : {}),
		...(unready.length > 0 ? {notReadyAddresses: unready} : {}),
		ports: portsOf(service),
	};
	const subsets = pods.length > 0 ? [subset] : [];
	const known = client.get('Endpoints', namespace, name);
	if (!known) {
		client.create(
			{apiVersion: 'v1', kind: 'Endpoints', metadata: {name, namespace}, subsets},
			{manager: controllerManager},
		);
	} else if (!isEqual(known.subsets ?? [], subsets)) {
		client.update({...known, subsets}, {manager: controllerManager});
	}
}
