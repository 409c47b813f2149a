import type {ControllerClient} from '../../../../demo/control-plane/types.ts';

/** Writes the status that a Deployment has when all its Pods are there, as its controller would. */
export function rollOut(client: ControllerClient, namespace: string, name: string): void {
	const deployment = client.get('Deployment.apps', namespace, name);
	if (!deployment) throw new Error(`no Deployment ${namespace}/${name}`);
	const {replicas = 1} = deployment.spec as {replicas?: number};
	const time = new Date(client.now()).toISOString();
	const condition = (type: string, reason: string): object => ({
		type,
		status: 'True',
		reason,
		message: reason,
		lastUpdateTime: time,
		lastTransitionTime: time,
	});
	client.update(
		{
			...deployment,
			status: {
				observedGeneration: deployment.metadata.generation,
				replicas,
				updatedReplicas: replicas,
				readyReplicas: replicas,
				availableReplicas: replicas,
				conditions: [
					condition('Available', 'MinimumReplicasAvailable'),
					condition('Progressing', 'NewReplicaSetAvailable'),
				],
			},
		},
		{manager: 'kube-controller-manager', subresource: 'status'},
	);
}
