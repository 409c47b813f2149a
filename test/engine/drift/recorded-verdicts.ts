/** What an inspection says of each recording, from metadata alone and from the object. */
export interface RecordedVerdict {
	readonly name: string;
	readonly metadata: readonly string[];
	readonly object: readonly string[];
}

export const recordedVerdicts: Readonly<Record<string, readonly RecordedVerdict[]>> = {
	'kubernetes-1.36.jsonl': [
		{
			name: 'kubectl scale',
			metadata: ['modified spec.replicas: 2 → undefined by kubectl (Update scale), exact'],
			object: ['modified spec.replicas: 2 → 5 by kubectl (Update scale), exact'],
		},
		{
			name: 'kubectl scale and back',
			metadata: ['modified spec.replicas: 2 → undefined by kubectl (Update scale), exact'],
			object: ['ours', 'disowned spec.replicas'],
		},
		{
			name: 'kubectl set image',
			metadata: [
				'modified spec.template.spec.containers[name="web"].image: nginx:1 → undefined by kubectl-set (Update), exact',
			],
			object: [
				'modified spec.template.spec.containers[name="web"].image: nginx:1 → nginx:2 by kubectl-set (Update), exact',
			],
		},
		{
			name: 'kubectl patch',
			metadata: [
				'modified spec.template.spec.containers[name="web"].resources.limits.cpu: 1000m → undefined by kubectl-patch (Update), exact',
			],
			object: [
				'modified spec.template.spec.containers[name="web"].resources.limits.cpu: 1000m → "2" by kubectl-patch (Update), exact',
			],
		},
		{
			name: 'kubectl set env',
			metadata: [
				'foreign-addition spec.template.spec.containers[name="web"].env[name="B"]: null → undefined by kubectl-set (Update), exact',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="web"].env[name="B"]: null → {"name":"B","value":"2"} by kubectl-set (Update), exact',
			],
		},
		{
			name: 'kubectl set env over ours',
			metadata: [
				'modified spec.template.spec.containers[name="web"].env[name="A"].value: "1" → undefined by kubectl-set (Update), exact',
			],
			object: [
				'modified spec.template.spec.containers[name="web"].env[name="A"].value: "1" → "2" by kubectl-set (Update), exact',
			],
		},
		{
			name: 'kubectl label remove',
			metadata: ['removed metadata.labels[app.kubernetes.io/name]: d5 → null by unknown, unknown'],
			object: ['removed metadata.labels[app.kubernetes.io/name]: d5 → null by unknown, unknown'],
		},
		{
			name: 'part-of label removed',
			metadata: ['removed metadata.labels[applyset.kubernetes.io/part-of]: applyset-x-v1 → null by unknown, unknown'],
			object: ['removed metadata.labels[applyset.kubernetes.io/part-of]: applyset-x-v1 → null by unknown, unknown'],
		},
		{
			name: 'kubectl label change',
			metadata: ['modified metadata.labels[app.kubernetes.io/name]: d6 → other by kubectl-label (Update), exact'],
			object: ['modified metadata.labels[app.kubernetes.io/name]: d6 → other by kubectl-label (Update), exact'],
		},
		{
			name: 'json patch removes env',
			metadata: [
				'needs-object: spec.template.spec.containers[name="web"].env[name="A"] has no owner any more: removed or reset',
			],
			object: [
				'removed spec.template.spec.containers[name="web"].env[name="A"]: {"name":"A","value":"1"} → null by unknown, unknown',
			],
		},
		{
			name: 'json patch removes container port + adds sidecar',
			metadata: [
				'needs-object: spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"] has no owner any more: removed or reset',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="side"]: null → {"name":"side","image":"s","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"Always"} by kubectl-patch (Update), exact',
				'removed spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]: {"containerPort":80} → null by unknown, unknown',
			],
		},
		{
			name: 'kubectl rollout restart',
			metadata: [
				'foreign-addition spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]: null → undefined by kubectl-rollout (Update), exact',
			],
			object: [
				'foreign-addition spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]: null → 2026-11-21T10:04:36Z by kubectl-rollout (Update), exact',
			],
		},
		{
			name: 'kubectl apply client side, other image',
			metadata: [
				'modified spec.template.spec.containers[name="web"].image: nginx:1 → undefined by kubectl-client-side-apply (Update), exact',
			],
			object: [
				'modified spec.template.spec.containers[name="web"].image: nginx:1 → nginx:9 by kubectl-client-side-apply (Update), exact',
			],
		},
		{
			name: 'kubectl apply client side, same',
			metadata: [
				'foreign-addition metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]: null → (redacted) by kubectl-client-side-apply (Update), exact',
			],
			object: [
				'foreign-addition metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]: null → (redacted) by kubectl-client-side-apply (Update), exact',
			],
		},
		{
			name: 'kubectl apply --server-side, other image, forced',
			metadata: [
				'modified spec.template.spec.containers[name="web"].image: nginx:1 → undefined by kubectl (Apply), exact',
				'modified spec.template.spec.containers[name="web"].resources.limits.cpu: 1000m → undefined by kubectl (Apply), exact',
			],
			object: ['modified spec.template.spec.containers[name="web"].image: nginx:1 → nginx:9 by kubectl (Apply), exact'],
		},
		{
			name: 'kubectl replace without label and env',
			metadata: [
				'needs-object: spec.template.spec.containers[name="web"].env[name="A"] has no owner any more: removed or reset',
			],
			object: [
				'removed metadata.labels[app.kubernetes.io/name]: d13 → null by unknown, unknown',
				'removed metadata.labels[applyset.kubernetes.io/part-of]: applyset-x-v1 → null by unknown, unknown',
				'modified spec.replicas: 2 → 3 by kubectl-replace (Update), exact',
				'removed spec.template.spec.containers[name="web"].env[name="A"]: {"name":"A","value":"1"} → null by unknown, unknown',
			],
		},
		{
			name: 'kubectl edit of ConfigMap key',
			metadata: ['modified data.a: "1" → undefined by kubectl-edit (Update), exact'],
			object: ['modified data.a: "1" → edited by kubectl-edit (Update), exact'],
		},
		{
			name: 'kubectl edit removing a key',
			metadata: ['needs-object: data.b has no owner any more: removed or reset'],
			object: ['removed data.b: "2" → null by unknown, unknown'],
		},
		{
			name: 'managedFields stripped (ConfigMap)',
			metadata: ['needs-object: our entry in managedFields is gone, and data.a has no owner'],
			object: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'managedFields stripped and a changed',
			metadata: ['needs-object: our entry in managedFields is gone, and data.a has no owner'],
			object: [
				'metadata-stripped (object): undefined → undefined by unknown, unknown',
				'reset data.a: "1" → x by unknown, unknown',
				'removed data.b: "2" → null by unknown, unknown',
			],
		},
		{
			name: 'managedFields stripped (Deployment)',
			metadata: ['needs-object: our entry in managedFields is gone, and spec.replicas has no owner'],
			object: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'our Apply entry dropped only',
			metadata: ['needs-object: our entry in managedFields is gone, and spec.replicas has no owner'],
			object: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'imposter: apply under our name',
			metadata: ['needs-object: somebody wrote under our field manager name'],
			object: [
				'imposter data.a: "1" → "2" by holdfast-abc123 (Apply), exact',
				'imposter data.b: "2" → null by holdfast-abc123 (Apply), likely',
				'imposter data.c: null → "3" by holdfast-abc123 (Apply), exact',
			],
		},
		{
			name: 'imposter: same content again after change and back',
			metadata: ['needs-object: somebody wrote under our field manager name'],
			object: ['ours'],
		},
		{
			name: 'imposter: update under our name',
			metadata: ['imposter data.a: "1" → undefined by holdfast-abc123 (Update), exact'],
			object: ['imposter data.a: "1" → "9" by holdfast-abc123 (Update), exact'],
		},
		{
			name: 'secret value patched',
			metadata: ['modified data.pass: (redacted) → (redacted) by kubectl-patch (Update), exact'],
			object: ['modified data.pass: (redacted) → (redacted) by kubectl-patch (Update), exact'],
		},
		{
			name: 'secret key removed',
			metadata: ['removed data.pass: (redacted) → undefined by unknown, unknown'],
			object: ['removed data.pass: (redacted) → null by unknown, unknown'],
		},
		{
			name: 'secret stripped',
			metadata: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
			object: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'deleted',
			metadata: ['deleted (object): undefined → undefined by unknown, unknown'],
			object: ['deleted (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'recreated',
			metadata: ['recreated (object): undefined → undefined by kubectl-create (Update), likely'],
			object: ['recreated (object): undefined → undefined by kubectl-create (Update), likely'],
		},
		{
			name: 'terminating',
			metadata: ['terminating'],
			object: ['terminating'],
		},
		{
			name: 'HPA takes replicas (min 4)',
			metadata: ['modified spec.replicas: 2 → undefined by kube-controller-manager (Update scale), likely'],
			object: ['modified spec.replicas: 2 → 4 by kube-controller-manager (Update scale), likely'],
		},
	],
	'kubernetes-1.33.jsonl': [
		{
			name: 'force takes the field',
			metadata: ['modified data.a: "10" → undefined by mgr-b (Apply), exact'],
			object: ['modified data.a: "10" → "20" by mgr-b (Apply), exact'],
		},
		{
			name: 'the same value is applied by another manager',
			metadata: ['ours'],
			object: ['ours'],
		},
		{
			name: 'label and annotation added by an apply',
			metadata: [
				'foreign-addition metadata.annotations.n2: null → y by mgr-b (Apply), exact',
				'foreign-addition metadata.labels.l3: null → c by mgr-b (Apply), exact',
			],
			object: [
				'foreign-addition metadata.annotations.n2: null → y by mgr-b (Apply), exact',
				'foreign-addition metadata.labels.l3: null → c by mgr-b (Apply), exact',
			],
		},
		{
			name: 'sidecar added by an apply',
			metadata: [
				'foreign-addition spec.template.spec.containers[name="side"]: null → undefined by mgr-b (Apply), exact',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="side"]: null → {"name":"side","image":"envoy:1","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"} by mgr-b (Apply), exact',
			],
		},
		{
			name: 'port named by another manager',
			metadata: [
				'foreign-addition spec.template.spec.containers[name="app"].ports[containerPort=80,protocol="TCP"].name: null → undefined by mgr-b (Apply), exact',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="app"].ports[containerPort=80,protocol="TCP"].name: null → http by mgr-b (Apply), exact',
			],
		},
		{
			name: 'environment variable added by an apply',
			metadata: [
				'foreign-addition spec.template.spec.containers[name="app"].env[name="C"]: null → undefined by mgr-b (Apply), exact',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="app"].env[name="C"]: null → {"name":"C","value":"3"} by mgr-b (Apply), exact',
			],
		},
		{
			name: 'the same atomic list is applied by another manager',
			metadata: ['ours'],
			object: ['ours'],
		},
		{
			name: 'finalizer added',
			metadata: ['ours'],
			object: ['ours'],
		},
		{
			name: 'PUT by an editor',
			metadata: ['modified data.a: "1" → undefined by kubectl-edit (Update), exact'],
			object: ['modified data.a: "1" → edited by kubectl-edit (Update), exact'],
		},
		{
			name: 'PUT without a field manager adds a key',
			metadata: ['foreign-addition data.c: null → undefined by recorder (Update), exact'],
			object: ['foreign-addition data.c: null → from-put by recorder (Update), exact'],
		},
		{
			name: 'PUT with managedFields [{}]',
			metadata: ['needs-object: our entry in managedFields is gone, and data.a has no owner'],
			object: ['metadata-stripped (object): undefined → undefined by unknown, unknown'],
		},
		{
			name: 'merge patch on scale',
			metadata: ['modified spec.replicas: 2 → undefined by kubectl-scale (Update scale), exact'],
			object: ['modified spec.replicas: 2 → 4 by kubectl-scale (Update scale), exact'],
		},
		{
			name: 'JSON patch replaces and adds',
			metadata: [
				'modified data.a: "1" → undefined by jp-mgr (Update), exact',
				'foreign-addition data.z: null → undefined by jp-mgr (Update), exact',
			],
			object: [
				'modified data.a: "1" → "2" by jp-mgr (Update), exact',
				'foreign-addition data.z: null → "9" by jp-mgr (Update), exact',
			],
		},
		{
			name: 'merge patch removes the last field of ours',
			metadata: ['needs-object: our entry in managedFields is gone, and data.b has no owner'],
			object: [
				'modified data.a: "1" → "2" by jp-mgr (Update), exact',
				'removed data.b: "1" → null by unknown, unknown',
				'foreign-addition data.n: null → "1" by mp-mgr (Update), exact',
				'foreign-addition data.z: null → "9" by jp-mgr (Update), exact',
			],
		},
		{
			name: 'strategic merge patch adds a container',
			metadata: [
				'foreign-addition spec.template.spec.containers[name="log"]: null → undefined by smp-mgr (Update), exact',
			],
			object: [
				'foreign-addition spec.template.spec.containers[name="log"]: null → {"name":"log","image":"fluent:1","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"} by smp-mgr (Update), exact',
			],
		},
		{
			name: 'strategic merge patch takes it away again',
			metadata: ['needs-object: the generation rose although no owner changed'],
			object: ['ours'],
		},
		{
			name: 'custom resource: list item and set member added',
			metadata: [
				'foreign-addition spec.items[name="b"]: null → undefined by mgr-b (Apply), exact',
				'foreign-addition spec.tags[="y"]: null → undefined by mgr-b (Apply), exact',
			],
			object: [
				'foreign-addition spec.items[name="b"]: null → {"name":"b","port":2,"proto":"TCP"} by mgr-b (Apply), exact',
				'foreign-addition spec.tags[="y"]: null → y by mgr-b (Apply), exact',
			],
		},
		{
			name: 'custom resource: key added to a free map',
			metadata: ['foreign-addition spec.free.other: null → undefined by mgr-b (Apply), exact'],
			object: ['foreign-addition spec.free.other: null → 1 by mgr-b (Apply), exact'],
		},
		{
			name: 'custom resource without schema: key added',
			metadata: ['foreign-addition spec.deep.extra: null → undefined by mgr-b (Apply), exact'],
			object: ['foreign-addition spec.deep.extra: null → 1 by mgr-b (Apply), exact'],
		},
		{
			name: 'deleted with a finalizer',
			metadata: ['terminating'],
			object: ['terminating'],
		},
	],
};
