import {describe, expect, test} from 'vitest';
import {fillValues} from '../../../source/engine/drift/inspect.ts';
import {type FieldsV1, refOf} from '../../../source/model/object.ts';
import {
	appliedAt,
	configMap,
	configMapFields,
	deployment,
	deploymentFields,
	entry,
	fieldsOf,
	look,
	ours,
	seenAt,
	us,
	webElement,
	without,
} from './objects.ts';

const replicas: FieldsV1 = {'f:spec': {'f:replicas': {}}};
const image: FieldsV1 = {'f:spec': {'f:template': {'f:spec': {'f:containers': {[webElement]: {'f:image': {}}}}}}};
const imagePath = ['f:spec', 'f:template', 'f:spec', 'f:containers', webElement, 'f:image'];
const cache = {name: 'cache', emptyDir: {}};

/** A spec whose container has these changes, and which has these volumes. */
function container(changes: Record<string, unknown>, volumes: readonly unknown[] = [cache]): Record<string, unknown> {
	const web = {name: 'web', image: 'nginx:1', env: [{name: 'A', value: '1'}], ...changes};
	return {template: {spec: {containers: [web], volumes}}};
}

describe('what is not drift', () => {
	test('a status write: only the entry with subresource status moves', () => {
		const status = entry(
			'kube-controller-manager',
			{'f:status': {'f:replicas': {}}},
			{subresource: 'status', time: '10:04:00'},
		);
		const live = deployment({}, {entries: [ours(deploymentFields), status]});
		expect(look(deployment(), live, 'metadata')).toEqual({type: 'ours'});
		expect(look(deployment(), live, 'object')).toEqual({type: 'ours'});
	});

	test('a status write that also sets an annotation, as the deployment controller does', () => {
		const fields = {
			'f:metadata': {'f:annotations': {'.': {}, 'f:deployment.kubernetes.io/revision': {}}},
			'f:status': {'f:replicas': {}},
		};
		const live = deployment(
			{},
			{
				entries: [ours(deploymentFields), entry('kube-controller-manager', fields, {subresource: 'status'})],
				metadata: {annotations: {'deployment.kubernetes.io/revision': '1'}},
			},
		);
		expect(look(deployment(), live, 'metadata')).toEqual({type: 'ours'});
	});

	test('an event from before our own answer that comes late', () => {
		const before = deployment({}, {resourceVersion: '1000'});
		const stale = deployment(
			{replicas: 9},
			{
				resourceVersion: '999',
				generation: 7,
				entries: [
					ours(without(deploymentFields, ['f:spec', 'f:replicas'])),
					entry('kubectl', replicas, {subresource: 'scale'}),
				],
			},
		);
		expect(look(before, stale, 'metadata')).toEqual({type: 'ours'});
		// One digit more is newer, whatever text order says.
		expect(look(before, {...stale, metadata: {...stale.metadata, resourceVersion: '10000'}}, 'metadata').type).toBe(
			'drift',
		);
	});

	test('others move their own fields about: the fingerprint moves on, and the next event is quiet', () => {
		const theirs = (time: string) => entry('some-operator', {'f:metadata': {'f:annotations': {'f:x': {}}}}, {time});
		const before = deployment({}, {entries: [ours(deploymentFields), theirs('10:00:30')]});
		const after = deployment({}, {entries: [ours(deploymentFields), theirs('10:03:00')]});
		const inspection = look(before, after, 'metadata');
		expect(inspection).toMatchObject({type: 'ours', fingerprint: {others: [{time: '2026-03-01T10:03:00Z'}]}});
		const fingerprint = inspection.type === 'ours' ? inspection.fingerprint! : undefined;
		expect(look(before, after, 'metadata', fingerprint ? {fingerprint} : {})).toEqual({type: 'ours'});
	});

	test('the same value applied by somebody else is shared, not taken', () => {
		const live = deployment({}, {entries: [ours(deploymentFields), entry('kubectl', replicas, {operation: 'Apply'})]});
		expect(look(deployment(), live, 'object')).toMatchObject({type: 'ours'});
		expect(look(deployment(), live, 'metadata')).toMatchObject({type: 'ours'});
	});

	test('a kind without a status subresource raises its generation with every status write', () => {
		const operator = (time: string) => entry('operator', {'f:status': {'f:phase': {}}}, {time});
		const before = deployment({}, {entries: [ours(deploymentFields), operator('10:00:10')]});
		const after = deployment({}, {entries: [ours(deploymentFields), operator('10:03:00')], generation: 2});
		expect(look(before, after, 'metadata')).toMatchObject({type: 'ours', fingerprint: {generation: 2}});
	});

	test('what others own more or less of explains a risen generation', () => {
		const scale = entry(
			'kube-controller-manager',
			{'f:spec': {'f:parallelism': {}}},
			{subresource: 'scale', time: null},
		);
		const live = deployment({parallelism: 3}, {generation: 2, entries: [ours(deploymentFields), scale]});
		expect(look(deployment(), live, 'metadata')).toMatchObject({type: 'ours', fingerprint: {generation: 2}});
		// The next time nothing tells who it was.
		const again = deployment({parallelism: 4}, {generation: 3, entries: [ours(deploymentFields), scale]});
		expect(look(live, again, 'metadata').type).toBe('needs-object');
	});

	test.each([
		['kube-controller-manager', {'f:metadata': {'f:annotations': {'f:pv.example/bound': {}}}}],
		['kube-scheduler', {'f:spec': {'f:volumeName': {}}}],
		['k3s', {'f:spec': {'f:nodeName': {}}}],
		['aws-cloud-controller-manager', {'f:spec': {'f:loadBalancerClass': {}}}],
		['before-first-apply', {'f:spec': {'f:paused': {}}}],
	])('%s may add what it needs', (manager, fields) => {
		const live = deployment({}, {entries: [ours(deploymentFields), entry(manager, fields)]});
		expect(look(deployment(), live, 'metadata').type).toBe('ours');
	});

	test.each([
		['a finalizer', {'f:metadata': {'f:finalizers': {'.': {}, 'v:"example.com/keep"': {}}}}],
		['an owner', {'f:metadata': {'f:ownerReferences': {'.': {}, 'k:{"uid":"u"}': {}}}}],
		['an injected certificate', {'f:spec': {'f:conversion': {'f:webhook': {'f:clientConfig': {'f:caBundle': {}}}}}}],
		['a controller annotation', {'f:metadata': {'f:annotations': {'f:field.cattle.io/publicEndpoints': {}}}}],
	])('%s is bookkeeping, whoever writes it', (_what, fields: FieldsV1) => {
		const present = {
			annotations: {'field.cattle.io/publicEndpoints': '[]'},
			finalizers: ['example.com/keep'],
			ownerReferences: [{uid: 'u'}],
		};
		const live = deployment(
			{conversion: {webhook: {clientConfig: {caBundle: 'x'}}}},
			{
				generation: 2,
				entries: [ours(deploymentFields), entry('some-operator', fields)],
				metadata: present as never,
			},
		);
		expect(look(deployment(), live, 'metadata').type).toBe('ours');
		expect(look(deployment(), live, 'object').type).toBe('ours');
	});
});

describe('modified: somebody else holds the path now', () => {
	const scaled = deployment(
		{replicas: 5},
		{
			generation: 2,
			entries: [
				ours(without(deploymentFields, ['f:spec', 'f:replicas'])),
				entry('kubectl', replicas, {subresource: 'scale', time: null}),
			],
		},
	);

	test('kubectl scale: named with its subresource; the entry has no time, so the window ends when it was seen', () => {
		expect(look(deployment(), scaled, 'object')).toEqual({
			type: 'drift',
			class: 'modified',
			isWorthHealing: true,
			fields: [
				{
					path: 'spec.replicas',
					class: 'modified',
					was: '2',
					now: '5',
					manager: 'kubectl',
					operation: 'Update',
					subresource: 'scale',
					actor: 'kubectl scale',
					notBefore: appliedAt,
					notAfter: seenAt,
					confidence: 'exact',
					evidence: 'managedFields',
				},
			],
		});
	});

	test('from metadata alone the same, without the value', () => {
		const [field] = fieldsOf(look(deployment(), scaled, 'metadata'));
		expect(field).toMatchObject({path: 'spec.replicas', was: '2', manager: 'kubectl'});
		expect(field).not.toHaveProperty('now');
	});

	test('the autoscaler is named behind kube-controller-manager, with its name when that is known, and only as likely', () => {
		const live = deployment(
			{replicas: 4},
			{
				generation: 2,
				entries: [
					ours(without(deploymentFields, ['f:spec', 'f:replicas'])),
					entry('kube-controller-manager', replicas, {subresource: 'scale', time: null}),
				],
			},
		);
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{manager: 'kube-controller-manager', actor: 'HorizontalPodAutoscaler', confidence: 'likely'},
		]);
		expect(fieldsOf(look(deployment(), live, 'object', {autoscaledBy: 'web'}))).toMatchObject([
			{actor: 'HorizontalPodAutoscaler/web', confidence: 'likely'},
		]);
	});

	test('the window ends with the entry’s second, and never before it began nor after it was seen', () => {
		const at = (time: string) =>
			fieldsOf(
				look(
					deployment(),
					deployment(container({image: 'nginx:2'}), {
						generation: 2,
						entries: [ours(without(deploymentFields, imagePath)), entry('kubectl-set', image, {time})],
					}),
				),
			)[0]!.notAfter;
		expect(at('10:01:00')).toBe(Date.parse('2026-03-01T10:01:00.999Z'));
		expect(at('09:00:00'), 'the server’s clock is behind').toBe(appliedAt);
		expect(at('11:00:00'), 'the server’s clock is ahead').toBe(seenAt);
	});

	test('several hold it because they applied the same: listed once, the newest claim, only likely', () => {
		const live = deployment(container({image: 'nginx:2'}), {
			generation: 2,
			entries: [
				ours(without(deploymentFields, imagePath)),
				entry('argocd-controller', image, {operation: 'Apply', time: '10:01:00'}),
				entry('kubectl', image, {operation: 'Apply', time: '10:02:00'}),
			],
		});
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{
				path: 'spec.template.spec.containers[name="web"].image',
				manager: 'kubectl',
				operation: 'Apply',
				confidence: 'likely',
			},
		]);
	});

	test('a holder since before our apply gives way to one that is new', () => {
		const old = entry('argocd-controller', image, {operation: 'Apply', time: '10:04:00'});
		const before = deployment({}, {entries: [ours(deploymentFields), old]});
		for (const time of ['10:01:00', '10:04:00']) {
			const live = deployment(container({image: 'nginx:2'}), {
				generation: 2,
				entries: [ours(without(deploymentFields, imagePath)), old, entry('kubectl-edit', image, {time})],
			});
			expect(fieldsOf(look(before, live))[0], time).toMatchObject({manager: 'kubectl-edit', confidence: 'likely'});
		}
	});

	test('lost, but the value is ours: not drift, and it says what was lost', () => {
		const live = {...scaled, spec: deployment().spec};
		expect(look(deployment(), live, 'object')).toMatchObject({
			type: 'ours',
			disowned: ['spec.replicas'],
			fingerprint: {generation: 2},
		});
	});

	test('once the object showed the value to be ours, status writes need no object any more; the next change does', () => {
		const note = entry('some-operator', {'f:metadata': {'f:annotations': {'f:x': {}}}}, {time: '10:02:00'});
		const live = deployment({}, {generation: 3, entries: [...scaled.metadata.managedFields!, note]});
		const before = deployment({}, {entries: [ours(deploymentFields), note]});
		const first = look(before, live, 'object');
		const fingerprint = first.type === 'ours' ? first.fingerprint : undefined;
		expect(fingerprint).toBeDefined();
		expect(look(before, live, 'metadata', {fingerprint: fingerprint!})).toMatchObject({
			type: 'ours',
			disowned: ['spec.replicas'],
		});
		const again = deployment({replicas: 8}, {generation: 4, entries: live.metadata.managedFields});
		expect(look(before, again, 'metadata', {fingerprint: fingerprint!})).toMatchObject({
			type: 'drift',
			fields: [{path: 'spec.replicas', manager: 'kubectl'}],
		});
	});

	test('values can be filled in later; what is known stays, what is gone is null, secrets stay hidden', () => {
		const fields = fieldsOf(look(deployment(), scaled, 'metadata'));
		const known = {...fields[0]!, path: 'spec.paused', now: 'seen'};
		const gone = {...fields[0]!, path: 'spec.gone'};
		const itself = {...fields[0]!, path: ''};
		const filled = fillValues([...fields, known, gone, itself], scaled, refOf(scaled));
		expect(filled.map(field => field.now)).toEqual(['5', 'seen', null, undefined]);
		const secret = {...configMap({a: 'aHVudGVyMg=='}), kind: 'Secret'};
		expect(fillValues([{...gone, path: 'data.a'}], secret, refOf(secret))[0]!.now).toBe('(redacted)');
	});

	test('an item that somebody took away and put back is judged by its values', () => {
		const item: FieldsV1 = {
			'f:spec': {
				'f:template': {
					'f:spec': {
						'f:containers': {
							[webElement]: {
								'.': {},
								'f:env': {'.': {}, 'k:{"name":"A"}': {'.': {}, 'f:name': {}, 'f:value': {}}},
								'f:image': {},
								'f:name': {},
							},
						},
					},
				},
			},
		};
		const rest = without(deploymentFields, ['f:spec', 'f:template', 'f:spec', 'f:containers']);
		const live = deployment(container({image: 'nginx:9'}), {
			generation: 3,
			entries: [ours(rest), entry('kubectl-edit', item)],
		});
		expect(fieldsOf(look(deployment(), live)).map(field => field.path)).toEqual([
			'spec.template.spec.containers[name="web"].image',
		]);
		expect(fieldsOf(look(deployment(), live, 'metadata')).map(field => field.path)).toEqual([
			'spec.template.spec.containers[name="web"]',
		]);
	});
});

describe('removed and reset: nobody holds the path now', () => {
	const labelPath = ['f:metadata', 'f:labels', 'f:tier'];

	test('a label that was removed: metadata shows it; nobody is named', () => {
		const live = deployment(
			{},
			{
				entries: [ours(without(deploymentFields, labelPath))],
				metadata: {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}},
			},
		);
		for (const view of ['metadata', 'object'] as const) {
			expect(look(deployment(), live, view)).toMatchObject({
				type: 'drift',
				class: 'removed',
				fields: [
					{
						path: 'metadata.labels.tier',
						was: 'front',
						now: null,
						manager: 'unknown',
						confidence: 'unknown',
						evidence: 'none',
						notBefore: appliedAt,
						notAfter: seenAt,
					},
				],
			});
		}
	});

	test('our own bookkeeping label counts like any', () => {
		const live = configMap(undefined, {
			entries: [ours({'f:data': configMapFields['f:data']!}, {apiVersion: 'v1'})],
			metadata: {labels: {}},
		});
		expect(fieldsOf(look(configMap(), live, 'metadata'))).toMatchObject([
			{path: 'metadata.labels[applyset.kubernetes.io/part-of]', class: 'removed'},
		]);
	});

	test('a removed container is one change, not one for each field', () => {
		const live = deployment(
			{template: {spec: {containers: [], volumes: [{name: 'cache', emptyDir: {}}]}}},
			{
				generation: 2,
				entries: [ours(without(deploymentFields, ['f:spec', 'f:template', 'f:spec', 'f:containers']))],
			},
		);
		expect(look(deployment(), live, 'metadata')).toEqual({
			type: 'needs-object',
			why: 'spec.template.spec.containers[name="web"] has no owner any more: removed or reset',
		});
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{path: 'spec.template.spec.containers[name="web"]', class: 'removed', now: null, manager: 'unknown'},
		]);
	});

	test('an empty map of ours that was removed is a removal', () => {
		const volume = ['f:spec', 'f:template', 'f:spec', 'f:volumes', 'k:{"name":"cache"}'];
		const theirs: FieldsV1 = {'k:{"name":"cache"}': {'f:hostPath': {'.': {}, 'f:path': {}}}};
		const live = deployment(container({}, [{name: 'cache', hostPath: {path: '/x'}}]), {
			generation: 2,
			entries: [
				ours(without(deploymentFields, [...volume, 'f:emptyDir'])),
				entry('kubectl-edit', {'f:spec': {'f:template': {'f:spec': {'f:volumes': theirs}}}}),
			],
		});
		expect(fieldsOf(look(deployment(), live)).map(field => [field.class, field.path])).toEqual([
			['removed', 'spec.template.spec.volumes[name="cache"].emptyDir'],
			['foreign-addition', 'spec.template.spec.volumes[name="cache"].hostPath'],
		]);
	});

	test('an entry that owns nothing is no holder', () => {
		const live = deployment(
			{replicas: 1},
			{
				generation: 2,
				entries: [
					ours(without(deploymentFields, ['f:spec', 'f:replicas'])),
					entry('husk', {}),
					entry('near', {'f:spec': {'f:replicasX': {}}}),
				],
			},
		);
		expect(fieldsOf(look(deployment(), live))[0]).toMatchObject({
			path: 'spec.replicas',
			class: 'reset',
			manager: 'unknown',
		});
	});

	test('lost, unowned and with another value: reset', () => {
		const live = deployment(
			{replicas: 1},
			{
				generation: 2,
				entries: [ours(without(deploymentFields, ['f:spec', 'f:replicas']))],
			},
		);
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{path: 'spec.replicas', class: 'reset', was: '2', now: '1', manager: 'unknown', confidence: 'unknown'},
		]);
	});
});

describe('rewritten without a trace in ownership', () => {
	test('the generation rose and no set changed: the object is needed, and tells', () => {
		const live = deployment(container({image: 'mirror/nginx:1'}), {generation: 2});
		expect(look(deployment(), live, 'metadata')).toEqual({
			type: 'needs-object',
			why: 'the generation rose although no owner changed',
		});
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{
				path: 'spec.template.spec.containers[name="web"].image',
				class: 'reset',
				now: 'mirror/nginx:1',
				manager: 'unknown',
			},
		]);
	});

	test('the generation rose and nothing of ours changed: ours, and the next event is quiet', () => {
		const live = deployment({paused: true}, {generation: 2});
		const inspection = look(deployment(), live);
		expect(inspection).toMatchObject({type: 'ours', fingerprint: {generation: 2}});
	});

	test('a value that reads differently while the generation stays is for a dry run to judge', () => {
		const old = entry('operator', {'f:metadata': {'f:annotations': {'f:x': {}}}}, {time: '10:00:10'});
		const before = deployment({}, {entries: [ours(deploymentFields), old]});
		const live = deployment(
			{selector: {matchLabels: {app: 'web'}, matchExpressions: []}},
			{entries: [ours(deploymentFields)]},
		);
		expect(look(before, live)).toEqual({
			type: 'needs-dry-run',
			why: 'a value changed although the generation did not',
		});
	});

	test('a label that a webhook rewrote shows at once, with nothing else moved', () => {
		const live = deployment(
			{},
			{metadata: {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1', tier: 'back'}}},
		);
		for (const view of ['metadata', 'object'] as const) {
			expect(fieldsOf(look(deployment(), live, view))).toMatchObject([
				{path: 'metadata.labels.tier', class: 'reset', was: 'front', now: 'back', manager: 'unknown'},
			]);
		}
	});

	test('a ConfigMap counts no generation: its values are compared whenever they were read', () => {
		const live = configMap({a: 'webhook', b: '2'});
		expect(look(configMap(), live, 'metadata')).toEqual({type: 'ours'});
		expect(fieldsOf(look(configMap(), live))).toMatchObject([{path: 'data.a', class: 'reset', now: 'webhook'}]);
	});
});

describe('foreign additions', () => {
	const addedBy = (fields: FieldsV1, spec: Record<string, unknown> = {}, metadata = {}) =>
		look(
			deployment(),
			deployment(spec, {generation: 2, metadata, entries: [ours(deploymentFields), entry('kubectl-edit', fields)]}),
			'metadata',
		);
	const inPod = (fields: FieldsV1): FieldsV1 => ({'f:spec': {'f:template': {'f:spec': fields}}});
	const sidecar: FieldsV1 = {'k:{"name":"side"}': {'.': {}, 'f:image': {}, 'f:name': {}, 'f:resources': {}}};

	test.each<[string, FieldsV1, string[]]>([
		['a container', inPod({'f:containers': sidecar}), ['spec.template.spec.containers[name="side"]']],
		[
			'an environment variable next to ours',
			inPod({'f:containers': {[webElement]: {'f:env': {'k:{"name":"B"}': {'.': {}, 'f:name': {}, 'f:value': {}}}}}}),
			['spec.template.spec.containers[name="web"].env[name="B"]'],
		],
		[
			'items of a list that we do not have',
			inPod({'f:initContainers': {'.': {}, ...sidecar}}),
			['spec.template.spec.initContainers[name="side"]'],
		],
		['an atomic list', inPod({'f:tolerations': {}}), ['spec.template.spec.tolerations']],
		[
			'a probe, as a whole',
			inPod({
				'f:containers': {
					[webElement]: {'f:livenessProbe': {'.': {}, 'f:periodSeconds': {}, 'f:httpGet': {'.': {}, 'f:path': {}}}},
				},
			}),
			['spec.template.spec.containers[name="web"].livenessProbe'],
		],
		[
			'something inside an empty map of ours',
			inPod({'f:volumes': {'k:{"name":"cache"}': {'f:emptyDir': {'f:sizeLimit': {}}}}}),
			['spec.template.spec.volumes[name="cache"].emptyDir.sizeLimit'],
		],
		['a field of the spec', {'f:spec': {'f:paused': {}}}, ['spec.paused']],
		[
			'labels and annotations, one by one',
			{'f:metadata': {'f:annotations': {'.': {}, 'f:note': {}, 'f:a/b': {}}, 'f:labels': {'f:team': {}}}},
			['metadata.annotations[a/b]', 'metadata.annotations.note', 'metadata.labels.team'],
		],
		[
			'the annotation of a rollout restart',
			{
				'f:spec': {
					'f:template': {'f:metadata': {'f:annotations': {'.': {}, 'f:kubectl.kubernetes.io/restartedAt': {}}}},
				},
			},
			['spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]'],
		],
	])('%s', (_what, fields, paths) => {
		const metadata = {
			annotations: {note: 'x', 'a/b': 'y'},
			labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1', tier: 'front', team: 'z'},
		};
		const inspection = addedBy(fields, {}, 'f:metadata' in fields ? metadata : {});
		expect(inspection).toMatchObject({type: 'drift', class: 'foreign-addition', isWorthHealing: false});
		expect(
			fieldsOf(inspection)
				.map(field => field.path)
				.sort(),
		).toEqual([...paths].sort());
		for (const field of fieldsOf(inspection)) {
			expect(field).toMatchObject({manager: 'kubectl-edit', was: null, confidence: 'exact'});
		}
	});

	test('what was there before our apply is not news', () => {
		const theirs = entry('kubectl-edit', {'f:spec': {'f:paused': {}}}, {time: '09:00:00'});
		const before = deployment({}, {entries: [ours(deploymentFields), theirs]});
		expect(look(before, before, 'metadata')).toEqual({type: 'ours'});
		// Not even when it gets another owner, or its owner goes by another name.
		const folded = {...theirs, manager: 'ancient-changes', time: '2026-03-01T10:03:00Z'};
		expect(look(before, deployment({}, {entries: [ours(deploymentFields), folded]}), 'metadata').type).toBe('ours');
	});

	test('an empty map that we applied and others filled is their addition', () => {
		const fields: FieldsV1 = {'f:data': {}, 'f:metadata': {'f:labels': {'f:applyset.kubernetes.io/part-of': {}}}};
		const before = configMap(undefined, {entries: [ours(fields, {apiVersion: 'v1'})]});
		delete before.data;
		const live = configMap(
			{k: 'v'},
			{
				entries: [
					ours(without(fields, ['f:data']), {apiVersion: 'v1'}),
					entry('mp', {'f:data': {'.': {}, 'f:k': {}}}, {apiVersion: 'v1'}),
				],
			},
		);
		for (const view of ['metadata', 'object'] as const) {
			expect(fieldsOf(look(before, live, view)).map(field => [field.class, field.path])).toEqual([
				['foreign-addition', 'data.k'],
			]);
		}
	});

	test('a claim on a map whose entries are other people’s is none', () => {
		const husk = entry('old-operator', {'f:metadata': {'f:annotations': {}}}, {time: '10:02:00'});
		const live = deployment(
			{},
			{
				entries: [
					ours(deploymentFields),
					husk,
					entry('kubectl-annotate', {'f:metadata': {'f:annotations': {'f:note': {}}}}),
				],
				metadata: {annotations: {note: 'x'}},
			},
		);
		expect(fieldsOf(look(deployment(), live, 'metadata')).map(field => [field.path, field.manager])).toEqual([
			['metadata.annotations.note', 'kubectl-annotate'],
		]);
	});

	test('kubectl apply’s annotation is news only when nothing else is; its content never shows', () => {
		const annotation: FieldsV1 = {
			'f:metadata': {'f:annotations': {'.': {}, 'f:kubectl.kubernetes.io/last-applied-configuration': {}}},
		};
		const metadata = {
			annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"hunter2"}}'},
		};
		const alone = look(
			deployment(),
			deployment({}, {metadata, entries: [ours(deploymentFields), entry('kubectl-client-side-apply', annotation)]}),
		);
		expect(fieldsOf(alone)).toMatchObject([{class: 'foreign-addition', now: '(redacted)', actor: 'kubectl apply'}]);
		expect(JSON.stringify(alone)).not.toContain('hunter2');
		const withImage = look(
			deployment(),
			deployment(container({image: 'nginx:2'}), {
				metadata,
				generation: 2,
				entries: [
					ours(without(deploymentFields, imagePath)),
					entry('kubectl-client-side-apply', {...annotation, ...image}),
				],
			}),
		);
		expect(fieldsOf(withImage).map(field => field.path)).toEqual(['spec.template.spec.containers[name="web"].image']);
	});
});

test('several kinds at once: the gravest names the drift, and it is worth healing when any of it is', () => {
	const live = deployment(
		{replicas: 5, paused: true},
		{
			generation: 2,
			entries: [
				ours(without(deploymentFields, ['f:spec', 'f:replicas'])),
				entry('kubectl-edit', {'f:spec': {'f:paused': {}, 'f:replicas': {}}}),
			],
		},
	);
	expect(look(deployment(), live)).toMatchObject({
		class: 'modified',
		isWorthHealing: true,
		fields: [
			{path: 'spec.paused', class: 'foreign-addition'},
			{path: 'spec.replicas', class: 'modified'},
		],
	});
});

test('versions that are no numbers are never older', () => {
	const before = deployment({}, {resourceVersion: 'b'});
	const live = deployment({}, {resourceVersion: 'a', entries: []});
	expect(look(before, live).type).toBe('drift');
	expect(look(deployment({}, {resourceVersion: ''}), live).type).toBe('drift');
});

describe('the object itself', () => {
	test('gone: deleted, by nobody we could name', () => {
		expect(look(deployment(), null)).toMatchObject({
			type: 'drift',
			class: 'deleted',
			isWorthHealing: true,
			fields: [
				{
					path: '',
					manager: 'unknown',
					evidence: 'watch',
					confidence: 'unknown',
					notBefore: appliedAt,
					notAfter: seenAt,
				},
			],
		});
	});

	test('another uid: recreated, likely by its only writer', () => {
		const live = deployment(
			{},
			{
				entries: [entry('kubectl-create', replicas, {time: '10:02:00'})],
				metadata: {uid: 'uid-9', creationTimestamp: '2026-03-01T10:02:00Z'},
			},
		);
		expect(look(deployment(), live, 'metadata')).toMatchObject({
			class: 'recreated',
			fields: [{manager: 'kubectl-create', confidence: 'likely', notAfter: Date.parse('2026-03-01T10:02:00.999Z')}],
		});
	});

	test('recreated and written by several since: the one as old as the object; none or two such: nobody', () => {
		const made = {uid: 'uid-9', creationTimestamp: '2026-03-01T10:02:00Z'};
		const first = entry('helm', replicas, {time: '10:02:00'});
		const later = entry('kubectl-edit', image, {time: '10:03:00'});
		const look2 = (...entries: ReturnType<typeof entry>[]) =>
			fieldsOf(look(deployment(), deployment({}, {metadata: made, entries})))[0];
		expect(look2(first, later)).toMatchObject({manager: 'helm'});
		expect(look2(later, {...later, manager: 'x'})).toMatchObject({manager: 'unknown'});
		expect(look2(first, {...later, time: first.time!})).toMatchObject({manager: 'unknown'});
	});

	test('terminating: nothing to hold any more', () => {
		const live = deployment({}, {metadata: {deletionTimestamp: '2026-03-01T10:04:00Z'}});
		expect(look(deployment(), live, 'metadata')).toEqual({type: 'terminating'});
	});
});

describe('managedFields wiped, or our entry taken', () => {
	test.each([
		['no entries', []],
		['the request to wipe them', [{}]],
		['only a status entry came since', [entry('kube-controller-manager', {'f:status': {}}, {subresource: 'status'})]],
	])('%s: metadata-stripped', (_what, entries) => {
		const live = deployment({}, {entries});
		expect(look(deployment(), live, 'metadata').type).toBe('needs-object');
		expect(look(deployment(), live)).toMatchObject({
			class: 'metadata-stripped',
			fields: [{path: '', class: 'metadata-stripped', manager: 'unknown'}],
		});
	});

	test('and values changed too: these are listed, without a name', () => {
		const live = deployment({replicas: 7}, {entries: [], generation: 2});
		expect(fieldsOf(look(deployment(), live)).map(field => [field.class, field.path, field.manager])).toEqual([
			['metadata-stripped', '', 'unknown'],
			['reset', 'spec.replicas', 'unknown'],
		]);
	});

	test('another tool moved our entry into its own: it is likely the one', () => {
		const live = deployment({}, {entries: [entry('kustomize-controller', deploymentFields, {operation: 'Apply'})]});
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{
				class: 'metadata-stripped',
				manager: 'kustomize-controller',
				actor: 'Flux (kustomize-controller)',
				confidence: 'likely',
			},
		]);
	});

	test('several took parts of it: none is named', () => {
		const {'f:metadata': metadata, 'f:spec': spec} = deploymentFields;
		const live = deployment(
			{},
			{
				entries: [
					entry('a', {'f:metadata': metadata!}, {operation: 'Apply'}),
					entry('b', {'f:spec': spec!}, {operation: 'Apply'}),
				],
			},
		);
		expect(fieldsOf(look(deployment(), live))).toMatchObject([{class: 'metadata-stripped', manager: 'unknown'}]);
	});

	test('every field of ours was changed by somebody: that is what it says, not stripped', () => {
		const live = configMap(
			{a: 'x', b: 'y'},
			{
				entries: [entry('kubectl-edit', configMapFields, {apiVersion: 'v1'})],
				metadata: {labels: {'applyset.kubernetes.io/part-of': 'other'}},
			},
		);
		expect(fieldsOf(look(configMap(), live)).map(field => [field.class, field.manager])).toEqual([
			['modified', 'kubectl-edit'],
			['modified', 'kubectl-edit'],
			['modified', 'kubectl-edit'],
		]);
	});

	test('everything of ours was removed: the same managedFields as after a wipe, told apart by the values', () => {
		const live = configMap(undefined, {entries: [], metadata: {labels: {}}});
		delete live.data;
		expect(fieldsOf(look(configMap(), live)).map(field => [field.class, field.path])).toEqual([
			['removed', 'data.a'],
			['removed', 'data.b'],
			['removed', 'metadata.labels[applyset.kubernetes.io/part-of]'],
		]);
	});
});

describe('somebody writes under our field manager name', () => {
	test('our entry has more than we applied: the object is needed, and every path is listed', () => {
		const live = deployment(
			{replicas: 3, paused: true},
			{
				generation: 2,
				entries: [
					ours({...deploymentFields, 'f:spec': {...deploymentFields['f:spec']!, 'f:paused': {}}}, {time: '10:03:00'}),
				],
			},
		);
		expect(look(deployment(), live, 'metadata')).toEqual({
			type: 'needs-object',
			why: 'somebody wrote under our field manager name',
		});
		expect(look(deployment(), live)).toMatchObject({class: 'imposter', isWorthHealing: true});
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{
				path: 'spec.paused',
				class: 'imposter',
				was: null,
				now: 'true',
				manager: us,
				operation: 'Apply',
				confidence: 'exact',
			},
			{path: 'spec.replicas', class: 'imposter', was: '2', now: '3', notAfter: Date.parse('2026-03-01T10:03:00.999Z')},
		]);
	});

	test('only the time moved and all values are ours: another holdfast healed it, say; the fingerprint moves on', () => {
		const live = deployment({}, {entries: [ours(deploymentFields, {time: '10:03:00'})], generation: 3});
		expect(look(deployment(), live, 'metadata').type).toBe('needs-object');
		expect(look(deployment(), live)).toMatchObject({
			type: 'ours',
			fingerprint: {entryTime: '2026-03-01T10:03:00Z', generation: 3},
		});
	});

	test('an apply of theirs that leaves a field of ours out removes it: likely them', () => {
		const live = deployment(
			{},
			{
				entries: [ours(without(deploymentFields, ['f:metadata', 'f:labels', 'f:tier']), {time: '10:03:00'})],
				metadata: {labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'}},
			},
		);
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{path: 'metadata.labels.tier', class: 'imposter', now: null, manager: us, confidence: 'likely'},
		]);
	});

	test('any other write under our name shows as an Update entry', () => {
		const live = deployment(
			{replicas: 3},
			{
				generation: 2,
				entries: [ours(without(deploymentFields, ['f:spec', 'f:replicas'])), entry(us, replicas)],
			},
		);
		expect(fieldsOf(look(deployment(), live, 'metadata'))).toMatchObject([
			{path: 'spec.replicas', class: 'imposter', manager: us, operation: 'Update'},
		]);
	});
});
