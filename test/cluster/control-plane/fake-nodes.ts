import type {KubeletClient, Pod} from './kubelet-client.ts';

export interface FakeNode {
	readonly name: string;
	readonly address: string;
	readonly labels: Readonly<Record<string, string>>;
}

export const fakeNodes: readonly FakeNode[] = [1, 2, 3].map(index => ({
	name: `fake-node-${index}`,
	address: `10.200.0.${index}`,
	labels: {
		'kubernetes.io/hostname': `fake-node-${index}`,
		'kubernetes.io/os': 'linux',
		'kubernetes.io/arch': 'amd64',
	},
}));

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const capacity = {cpu: '64', memory: '256Gi', pods: '5000', 'ephemeral-storage': '1Ti'};

/** Makes the node, or takes it over as it is, ready and without taints. Throws when the API server does not accept it. */
export async function registerNode(client: KubeletClient, node: FakeNode, version: string): Promise<void> {
	const created = await client.post('/api/v1/nodes', {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {name: node.name, labels: node.labels},
	});
	if (created.status !== 201 && created.status !== 409) throw new Error(`node ${node.name}: ${created.status}`);
	const time = new Date().toISOString().replace(/\.\d+Z/, 'Z');
	const condition = (type: string, status: string, reason: string) => ({
		type,
		status,
		reason,
		message: reason,
		lastHeartbeatTime: time,
		lastTransitionTime: time,
	});
	await client.patch(`/api/v1/nodes/${node.name}/status`, 'strategic-merge', {
		status: {
			capacity,
			allocatable: capacity,
			addresses: [
				{type: 'InternalIP', address: node.address},
				{type: 'Hostname', address: node.name},
			],
			conditions: [
				condition('Ready', 'True', 'KubeletReady'),
				condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
				condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
				condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
			],
			nodeInfo: {
				kubeletVersion: version,
				kubeProxyVersion: '',
				osImage: 'fake',
				containerRuntimeVersion: 'fake://0',
				kernelVersion: 'fake',
				architecture: 'amd64',
				operatingSystem: 'linux',
				bootID: '',
				machineID: '',
				systemUUID: '',
			},
		},
	});
	await client.patch(`/api/v1/nodes/${node.name}`, 'merge', {spec: {taints: null}});
}

/** A node without a fresh lease looks dead to whoever asks. */
export async function renewLease(client: KubeletClient, node: FakeNode): Promise<void> {
	const renewTime = new Date().toISOString().replace('Z', '000Z');
	const renewed = await client.patch(`${leases}/${node.name}`, 'merge', {spec: {renewTime}});
	if (renewed.status !== 404) return;
	await client.post(leases, {
		apiVersion: 'coordination.k8s.io/v1',
		kind: 'Lease',
		metadata: {name: node.name},
		spec: {holderIdentity: node.name, leaseDurationSeconds: 40, renewTime},
	});
}

/**
 * The node a pod may run on, or null. Knows node selectors, and the node names by which the DaemonSet controller asks for
 * one node each; `turn` spreads the others.
 */
export function chooseNode(pod: Pod, turn: number): FakeNode | null {
	const selector = Object.entries(pod.spec.nodeSelector ?? {});
	const names = requiredNodeNames(pod);
	const fitting = fakeNodes.filter(
		node => (!names || names.includes(node.name)) && selector.every(([key, value]) => node.labels[key] === value),
	);
	return fitting[turn % fitting.length] ?? null;
}

function requiredNodeNames(pod: Pod): string[] | null {
	const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution as
		| {nodeSelectorTerms?: {matchFields?: {key: string; operator: string; values?: string[]}[]}[]}
		| undefined;
	const fields = (required?.nodeSelectorTerms ?? []).flatMap(term => term.matchFields ?? []);
	const names = fields.filter(field => field.key === 'metadata.name' && field.operator === 'In');
	return names.length > 0 ? names.flatMap(field => field.values ?? []) : null;
}
