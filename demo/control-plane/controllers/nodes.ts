import type {ControllerClient} from '../types.ts';
import {bare, kubelet, setStatus, timestamp} from './objects.ts';

export const nodeNames = ['node-1', 'node-2', 'node-3'] as const;

/** Round and round: good enough where nothing is ever full. */
export function chooseNode(turn: number): string {
	return nodeNames[turn % nodeNames.length] ?? nodeNames[0];
}

/** Three nodes that are ready for ever. */
export function makeNodes(client: ControllerClient): void {
	for (const [index, name] of nodeNames.entries()) {
		const node =
			client.get('Node', '', name) ??
			client.create(
				{
					...bare('', 'v1', 'Node', '', name),
					metadata: {
						name,
						labels: {'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64'},
					},
				},
				{manager: kubelet},
			);
		const since = timestamp(client.now());
		if (node.status && Object.keys(node.status).length > 0) continue;
		setStatus(
			client,
			node,
			{
				addresses: [
					{type: 'InternalIP', address: `10.0.0.${index + 1}`},
					{type: 'Hostname', address: name},
				],
				capacity: {cpu: '8', memory: '32Gi', pods: '110'},
				allocatable: {cpu: '8', memory: '32Gi', pods: '110'},
				conditions: [
					{
						type: 'Ready',
						status: 'True',
						reason: 'KubeletReady',
						message: 'kubelet is posting ready status',
						lastHeartbeatTime: since,
						lastTransitionTime: since,
					},
				],
			},
			kubelet,
		);
	}
}
