import {expect, test} from 'vitest';
import {actorOf, isExpectedWriter} from '../../../source/engine/drift/managers.ts';

const writer = (manager: string, operation: 'Apply' | 'Update' = 'Update', subresource = '') => ({
	manager,
	operation,
	subresource,
});

test.each([
	[writer('kubectl-edit'), 'kubectl edit'],
	[writer('kubectl-rollout'), 'kubectl rollout'],
	[writer('kubectl-client-side-apply'), 'kubectl apply'],
	[writer('kubectl', 'Apply'), 'kubectl apply --server-side'],
	[writer('kubectl', 'Update', 'scale'), 'kubectl scale'],
	[writer('kube-controller-manager', 'Update', 'scale'), 'HorizontalPodAutoscaler'],
	[writer('kube-controller-manager'), 'kube-controller-manager'],
	[writer('argocd-controller', 'Apply'), 'Argo CD'],
	[writer('Mozilla'), 'a browser'],
	[writer('OpenLens'), 'a desktop client (OpenLens)'],
	[writer('pulumi-kubernetes-1a2b'), 'Pulumi'],
])('%o is %s', (who, name) => {
	expect(actorOf(who)?.name).toBe(name);
});

test.each(['my-operator', 'kubectl-', 'kubectl-edit2', 'xkubectl-edit', 'unknown', ''])(
	'%s is nobody we know',
	manager => {
		expect(actorOf(writer(manager))).toBeNull();
		expect(isExpectedWriter(writer(manager))).toBe(false);
	},
);

test.each([
	['kube-controller-manager', true],
	['cloud-controller-manager', true],
	['gcp-cloud-controller-manager', true],
	['clusterrole-aggregation-controller', true],
	['k3s', true],
	['kubectl-edit', false],
	['argocd-controller', false],
	['not-a-kubelet', false],
])('additions by %s are expected: %s', (manager, isExpected) => {
	expect(isExpectedWriter(writer(manager))).toBe(isExpected);
});
