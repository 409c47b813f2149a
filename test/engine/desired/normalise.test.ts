import {describe, expect, it} from 'vitest';
import {bodyOf, configMap, deployment, desire, desireOne, manifestsOf, setId} from './build.ts';

describe('what is applied', () => {
	it('carries our label, and nothing that a server wrote', () => {
		const desired = desireOne({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {
				name: 'settings',
				creationTimestamp: null,
				generation: 4,
				uid: 'u',
				resourceVersion: '7',
				selfLink: '/x',
				managedFields: [{}],
				labels: {app: 'web'},
				annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}'},
			},
			data: {a: '1'},
			status: {phase: 'Active'},
		});
		expect(bodyOf(desired)).toEqual({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {
				name: 'settings',
				namespace: 'prod',
				labels: {app: 'web', 'applyset.kubernetes.io/part-of': setId},
			},
			data: {a: '1'},
		});
		expect(desired.key).toBe('/ConfigMap/prod/settings');
		expect(desired.origin).toEqual({file: 'k8s/all.yaml', line: 1});
	});

	it('has a hash of what Git says: not of the label, the key order or the server fields', () => {
		const plain = desireOne(configMap('a', {data: {x: '1', y: '2'}}));
		const other = desireOne(
			{data: {y: '2', x: '1'}, status: {}, kind: 'ConfigMap', metadata: {name: 'a', uid: 'u'}, apiVersion: 'v1'},
			{applySetId: 'applyset-other-v1'},
		);
		expect(other.desiredHash).toBe(plain.desiredHash);
		expect(other.text).not.toBe(plain.text);
		expect(desireOne(configMap('a', {data: {x: '1', y: '3'}})).desiredHash).not.toBe(plain.desiredHash);
	});

	it('never changes the manifest, which the render cache keeps', () => {
		const manifest = deployment({containers: [{name: 'web', image: 'x', ports: [{containerPort: 80}], args: null}]});
		const before = structuredClone(manifest);
		desire([manifest, {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}, stringData: {a: 'b'}}]);
		expect(manifest).toEqual(before);
	});

	it('keeps integers that a number cannot hold', () => {
		const desired = desireOne({
			apiVersion: 'v1',
			kind: 'LimitRange',
			metadata: {name: 'l'},
			spec: {limits: [{type: 'Pod', max: {x: 9007199254740993n}}]},
		});
		expect(desired.text).toContain('9007199254740993');
	});

	it('survives keys that JavaScript gives a meaning', () => {
		const data = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
		expect(desireOne(configMap('p', {data})).text).toContain('"data":{"__proto__":"x","constructor":"y"}');
	});
});

describe('namespaces', () => {
	const cases: [string, Record<string, unknown>, string][] = [
		['a namespaced kind without one gets the default', configMap('a'), '/ConfigMap/prod/a'],
		['one that is written stays', configMap('a', {metadata: {name: 'a', namespace: 'other'}}), '/ConfigMap/other/a'],
		['an empty one is none', configMap('a', {metadata: {name: 'a', namespace: ''}}), '/ConfigMap/prod/a'],
		[
			'a cluster-scoped kind loses its own',
			{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'n', namespace: 'x'}},
			'/Namespace//n',
		],
	];
	it.each(cases)('%s', (_title, object, key) => {
		const desired = desireOne(object);
		expect(desired.key).toBe(key);
		expect(bodyOf(desired).metadata.namespace ?? '').toBe(key.split('/')[2]);
	});

	it('blocks one that cannot exist', () => {
		const {blocked} = desire([configMap('a', {metadata: {name: 'a', namespace: '../kube-system'}})]);
		expect(blocked[0]?.problem).toMatchObject({code: 'InvalidNamespace', file: 'k8s/all.yaml', line: 1});
	});
});

describe('kinds that are not served', () => {
	const thing = {apiVersion: 'example.com/v1', kind: 'Thing', metadata: {name: 't'}};
	const definition = (scope: string) => ({
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'things.example.com'},
		spec: {group: 'example.com', scope, names: {kind: 'Thing'}, versions: [{name: 'v1', served: true}]},
	});

	it('block their own object only, and name the definition that is missing', () => {
		const rollout = {apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: {name: 'web'}};
		const {objects, blocked, problems} = desire([configMap('a'), rollout]);
		expect(objects.map(object => object.key)).toEqual(['/ConfigMap/prod/a']);
		expect(problems).toEqual([]);
		expect(blocked).toHaveLength(1);
		expect(blocked[0]?.ref).toMatchObject({kind: 'Rollout', name: 'web'});
		expect(blocked[0]?.problem).toMatchObject({code: 'KindNotServed', object: 'Rollout/web', line: 11});
		expect(blocked[0]?.problem.message).toContain('Rollout (argoproj.io/v1alpha1)');
		expect(blocked[0]?.problem.hint).toContain('rollouts.argoproj.io');
	});

	it.each([
		['Namespaced', 'example.com/Thing/prod/t'],
		['Cluster', 'example.com/Thing//t'],
	])('take a %s scope from a definition among the manifests', (scope, key) => {
		const {objects, blocked} = desire([thing, definition(scope)]);
		expect(blocked).toEqual([]);
		expect(objects.map(object => object.key)).toContain(key);
	});

	it('say where a removed built-in kind went', () => {
		const ingress = {apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: {name: 'i'}};
		const {blocked} = desire([ingress], {scopeOf: () => 'unknown'});
		expect(blocked[0]?.problem.hint).toContain('networking.k8s.io/v1');
	});

	it('include versions that are not served, unless a definition in Git brings them', () => {
		const versionsOf = () => ['v1'];
		const beta = {apiVersion: 'batch/v1beta1', kind: 'CronJob', metadata: {name: 'c'}};
		expect(desire([beta], {versionsOf}).blocked[0]?.problem).toMatchObject({
			code: 'VersionNotServed',
			hint: 'It serves batch/v1; change apiVersion',
		});
		const changes = {versionsOf: () => ['v1alpha1'], scopeOf: () => 'namespaced' as const};
		expect(desire([thing], changes).blocked).toHaveLength(1);
		expect(desire([thing, definition('Namespaced')], changes).blocked.map(({ref}) => ref.kind)).not.toContain('Thing');
	});
});

describe('names', () => {
	const cases: [string, unknown, string][] = [
		['no name', configMap(undefined), 'NameMissing'],
		['a null name', configMap(null), 'NameMissing'],
		['no metadata', {apiVersion: 'v1', kind: 'ConfigMap'}, 'NameMissing'],
		['a number for a name', configMap(123), 'InvalidName'],
		['a path for a name', configMap('../secrets/x'), 'InvalidName'],
		['a dot for a name', configMap('..'), 'InvalidName'],
		['a name with a line end', configMap('a\nb'), 'InvalidName'],
		['a name that never ends', configMap('a'.repeat(254)), 'InvalidName'],
		['a number for a namespace', configMap('a', {metadata: {name: 'a', namespace: 7}}), 'InvalidNamespace'],
		['no kind', {apiVersion: 'v1', metadata: {name: 'a'}}, 'NotAnObject'],
		['a kind with a slash', {apiVersion: 'v1', kind: 'a/b', metadata: {name: 'a'}}, 'NotAnObject'],
		['no apiVersion', {kind: 'ConfigMap', metadata: {name: 'a'}}, 'NotAnObject'],
		['an apiVersion that is a path', {apiVersion: 'a/b/c', kind: 'ConfigMap', metadata: {name: 'a'}}, 'NotAnObject'],
		['a list', [], 'NotAnObject'],
		['nothing', null, 'NotAnObject'],
		['a text', 'hello', 'NotAnObject'],
		['generateName', {apiVersion: 'v1', kind: 'Pod', metadata: {generateName: 'p-'}}, 'GeneratedName'],
	];
	it.each(cases)('%s is a problem of the application, with file and line; the others go on', (_title, object, code) => {
		const {objects, problems, blocked} = desire([object, configMap('good')]);
		expect(objects.map(({ref}) => ref.name)).toEqual(['good']);
		expect(blocked).toEqual([]);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatchObject({code, file: 'k8s/all.yaml', line: 1});
	});

	it('of RBAC may hold colons', () => {
		const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name: 'system:web'}};
		expect(desireOne(role).key).toBe('rbac.authorization.k8s.io/ClusterRole//system:web');
	});

	it('may be generated for hooks', () => {
		const job = {
			apiVersion: 'batch/v1',
			kind: 'Job',
			metadata: {generateName: 'migrate-', annotations: {'argocd.argoproj.io/hook': 'PreSync'}},
		};
		const {hooks, problems} = desire([job]);
		expect(problems).toEqual([]);
		expect(hooks[0]?.ref.name).toBe('migrate-');
		expect(hooks[0] && bodyOf(hooks[0]).metadata.generateName).toBe('migrate-');
	});
});

describe('the same object twice', () => {
	it('is blocked when the contents differ, naming both places, and neither is applied', () => {
		const {objects, blocked} = desire([configMap('a'), configMap('b'), configMap('a', {data: {a: '2'}})]);
		expect(objects.map(({ref}) => ref.name)).toEqual(['b']);
		expect(blocked).toHaveLength(1);
		expect(blocked[0]?.problem).toMatchObject({code: 'DuplicateObject', file: 'k8s/all.yaml', line: 1});
		expect(blocked[0]?.problem.message).toContain('in k8s/all.yaml:21');
	});

	it('is found through the default namespace, and names every place', () => {
		const {objects, blocked} = desire([
			configMap('a'),
			configMap('a', {metadata: {name: 'a', namespace: 'prod'}, data: {}}),
			configMap('a', {data: {z: '1'}}),
		]);
		expect(objects).toEqual([]);
		expect(blocked).toHaveLength(1);
		expect(blocked[0]?.problem.message).toMatch(/3 times.*:11 and in k8s\/all\.yaml:21/);
	});

	it('is a notice when it is the same text', () => {
		const {objects, blocked, notices} = desire([configMap('a'), configMap('a')]);
		expect(objects).toHaveLength(1);
		expect(blocked).toEqual([]);
		expect(notices[0]).toMatchObject({code: 'DuplicateObject', line: 11});
	});
});

describe('what is refused', () => {
	const cases: [string, unknown, string, RegExp][] = [
		[
			'the label of a set',
			configMap('a', {metadata: {name: 'a', labels: {'applyset.kubernetes.io/part-of': 'x'}}}),
			'ReservedLabel',
			/part-of/,
		],
		[
			'the label of a parent',
			configMap('a', {metadata: {name: 'a', labels: {'applyset.kubernetes.io/id': 'x'}}}),
			'ReservedLabel',
			/applyset/,
		],
		['the name of our inventory', configMap('holdfast-shop'), 'ReservedName', /inventory/],
		[
			'a label that is a boolean',
			configMap('a', {metadata: {name: 'a', labels: {enabled: true}}}),
			'WrongType',
			/metadata\.labels\.enabled is a boolean and must be text; put the value in quotes/,
		],
		[
			'an annotation that is a number',
			configMap('a', {metadata: {name: 'a', annotations: {port: 80}}}),
			'WrongType',
			/metadata\.annotations\.port is a number/,
		],
		['labels that are a list', configMap('a', {metadata: {name: 'a', labels: ['x']}}), 'WrongType', /a list/],
		['data that is a number', configMap('a', {data: {PORT: 8080}}), 'WrongType', /data\.PORT is a number/],
		[
			'a label of a pod template that is a boolean',
			deployment({containers: []}, {template: {metadata: {labels: {x: false}}}}),
			'WrongType',
			/spec\.template\.metadata\.labels\.x is a boolean/,
		],
		[
			'a variable that is a number',
			deployment({containers: [{name: 'web', env: [{name: 'PORT', value: 8080}]}]}),
			'WrongType',
			/containers\[name="web"\]\.env\[name="PORT"\]\.value is a number/,
		],
		[
			'a variable of an init container of a CronJob',
			{
				apiVersion: 'batch/v1',
				kind: 'CronJob',
				metadata: {name: 'c'},
				spec: {
					jobTemplate: {
						spec: {template: {spec: {initContainers: [{name: 'i', env: [{name: 'A', value: true}]}]}}},
					},
				},
			},
			'WrongType',
			/spec\.jobTemplate\.spec\.template\.spec\.initContainers\[name="i"\]/,
		],
	];
	it.each(cases)('%s', (_title, object, code, message) => {
		const {objects, blocked, problems} = desire([object, configMap('good')]);
		expect(objects.map(({ref}) => ref.name)).toEqual(['good']);
		expect(problems).toEqual([]);
		expect(blocked).toHaveLength(1);
		expect(blocked[0]?.problem).toMatchObject({code, file: 'k8s/all.yaml', line: 1});
		expect(blocked[0]?.problem.message).toMatch(message);
	});

	it('has its namespace settled, so that it can be found in the inventory', () => {
		const {blocked} = desire([configMap('a', {data: {PORT: 8080}})]);
		expect(blocked[0]?.ref.namespace).toBe('prod');
	});

	it('is not the name of the inventory elsewhere', () => {
		const elsewhere = configMap('x', {metadata: {name: 'holdfast-shop', namespace: 'other'}});
		expect(desire([elsewhere]).blocked).toEqual([]);
	});
});

describe('size', () => {
	it('takes ten thousand objects in one go', () => {
		const names = Array.from({length: 10_000}, (_, index) => `cm-${index}`);
		const {objects} = desire([], {manifests: manifestsOf(...names.map(name => configMap(name)))});
		expect(objects).toHaveLength(10_000);
		expect(new Set(objects.map(({desiredHash}) => desiredHash)).size).toBe(10_000);
		expect(objects[0]?.options).toBe(objects[9_999]?.options);
	});
});
