/**
 * Field managers that are known by name (engines.md f.5). A name is a claim: anyone can pass `--field-manager`. What is
 * said here is what usually stands behind it, for people to read.
 */
interface KnownManager {
	readonly manager: string | RegExp;
	readonly operation?: 'Apply' | 'Update';
	readonly subresource?: string;
	readonly actor: string;
	/** Part of Kubernetes itself: what it adds to our objects is its job, not drift. */
	readonly isExpected?: true;
}

/** First match wins. */
const knownManagers: readonly KnownManager[] = [
	{manager: 'kubectl', operation: 'Update', subresource: 'scale', actor: 'kubectl scale'},
	{manager: 'kubectl', operation: 'Apply', actor: 'kubectl apply --server-side'},
	{manager: 'kubectl', actor: 'kubectl'},
	{manager: 'kubectl-client-side-apply', actor: 'kubectl apply'},
	{manager: 'kubectl-last-applied', actor: 'kubectl apply'},
	{
		manager: /^kubectl-(annotate|autoscale|create|edit|expose|label|patch|replace|rollout|run|scale|set|taint)$/,
		actor: 'kubectl $1',
	},
	{manager: 'before-first-apply', actor: 'before ownership was recorded', isExpected: true},
	{manager: 'ancient-changes', actor: 'older changes, folded together by the API server'},

	{manager: 'kube-controller-manager', subresource: 'scale', actor: 'HorizontalPodAutoscaler', isExpected: true},
	{manager: 'kube-controller-manager', actor: 'kube-controller-manager', isExpected: true},
	// It applies the rules of aggregated ClusterRoles server-side, under a name of its own.
	{manager: 'clusterrole-aggregation-controller', actor: 'ClusterRole aggregation', isExpected: true},
	{manager: 'kube-scheduler', actor: 'kube-scheduler', isExpected: true},
	{manager: 'kube-apiserver', actor: 'kube-apiserver', isExpected: true},
	{manager: 'kubelet', actor: 'kubelet', isExpected: true},
	{manager: 'kube-proxy', actor: 'kube-proxy', isExpected: true},
	{manager: /^([a-z]+-)*cloud-controller-manager$/, actor: 'cloud controller', isExpected: true},
	{manager: /^(k3s|k3s-agent|rke2|k0s|kubelite)$/, actor: 'the control plane ($1)', isExpected: true},

	{manager: 'argocd-controller', actor: 'Argo CD'},
	{manager: 'argocd-application-controller', actor: 'Argo CD'},
	{manager: 'kustomize-controller', actor: 'Flux (kustomize-controller)'},
	{manager: 'helm-controller', actor: 'Flux (helm-controller)'},
	{manager: 'helm', actor: 'Helm'},
	{manager: /^(fleetagent|fleet-agent)$/, actor: 'Rancher Fleet'},
	{manager: 'rancher', actor: 'Rancher'},
	{manager: 'configsync', actor: 'Config Sync'},
	{manager: /^kapp(-server-side-apply)?$/, actor: 'kapp'},
	{manager: /^(HashiCorp|Terraform|terraform.*)$/, actor: 'Terraform'},
	{manager: /^pulumi-kubernetes/, actor: 'Pulumi'},
	{manager: /^holdfast/, actor: 'another holdfast'},

	{manager: /^(keda|keda-operator)$/, actor: 'KEDA'},
	{manager: /^vpa-/, actor: 'VerticalPodAutoscaler'},
	{manager: /^cert-manager/, actor: 'cert-manager'},
	{manager: 'cainjector', actor: 'cert-manager'},
	{manager: 'pilot-discovery', actor: 'Istio'},
	{manager: /^kyverno/, actor: 'Kyverno'},

	{manager: 'k9s', actor: 'k9s'},
	{manager: /^(Lens|OpenLens|node-fetch)$/, actor: 'a desktop client ($1)'},
	{manager: 'dashboard', actor: 'Kubernetes Dashboard'},
	{manager: /^(Mozilla|Chrome|Safari)$/, actor: 'a browser'},
	{manager: 'curl', actor: 'curl'},
];

/** Who wrote, as an entry of managedFields has it. */
export interface Writer {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource: string;
}

export interface Actor {
	readonly name: string;
	/** Whether it is a conclusion of ours rather than the manager's own name in plain words. */
	readonly isInferred: boolean;
}

/**
 * The actor behind a manager, when its name is a known one. Inside kube-controller-manager only the autoscaler writes
 * through `scale`; `autoscaledBy` is the name of the HorizontalPodAutoscaler known to target the object.
 */
export function actorOf(writer: Writer, {autoscaledBy}: {autoscaledBy?: string | undefined} = {}): Actor | null {
	const known = find(writer);
	if (!known) return null;
	if (known.actor === 'HorizontalPodAutoscaler') {
		return {name: autoscaledBy ? `${known.actor}/${autoscaledBy}` : known.actor, isInferred: true};
	}
	const [, part = ''] = typeof known.manager === 'string' ? [] : (known.manager.exec(writer.manager) ?? []);
	return {name: known.actor.replace('$1', part), isInferred: false};
}

/** Whether additions by this manager to our objects are to be expected: it is a part of Kubernetes, or stands for the past. */
export function isExpectedWriter(writer: Writer): boolean {
	return find(writer)?.isExpected ?? false;
}

/** Entries that the API server made up of several writers' work: who is behind them cannot be said. */
export function isCollective(writer: Writer): boolean {
	return writer.manager === 'ancient-changes' || writer.manager === 'before-first-apply';
}

function find(writer: Writer): KnownManager | undefined {
	return knownManagers.find(
		known =>
			(typeof known.manager === 'string' ? known.manager === writer.manager : known.manager.test(writer.manager)) &&
			(known.operation ?? writer.operation) === writer.operation &&
			(known.subresource ?? writer.subresource) === writer.subresource,
	);
}
