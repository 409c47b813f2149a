import {describe, expect, test} from 'vitest';
import {brief, indent, problemsOf, read, readOne} from '../reading.ts';

/** Ten lines; the spec's own in line 6. */
const repository = (spec = '', namespace = 'flux-system') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: infra, namespace: ${namespace}}
spec:
  url: https://git.example.com/shop/infra
${spec === '' ? '' : `${indent(spec, 2)}\n`}`;
const kustomization = (
	spec = '',
	metadata = 'name: shop, namespace: flux-system',
) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {${metadata}}
spec:
  interval: 10m
  sourceRef: {kind: GitRepository, name: infra}
  path: ./deploy/shop/
  prune: true
${spec === '' ? '' : `${indent(spec, 2)}\n`}`;
const both = (spec = '', source = '') => `${kustomization(spec)}---\n${repository(source)}`;

describe('what a Flux Kustomization becomes', () => {
	test('the usual one', () => {
		expect(readOne(both('targetNamespace: shop', 'interval: 1m\nref: {branch: main}'))).toEqual({
			name: 'shop',
			source: {
				repoURL: 'https://git.example.com/shop/infra',
				target: {type: 'branch', value: 'main'},
				path: 'deploy/shop',
				render: {
					type: 'kustomize',
					namespace: 'shop',
					images: [],
					commonLabels: {},
					commonAnnotations: {},
					patches: [],
					components: [],
					generateWhenMissing: true,
				},
				intervalMilliseconds: 60_000,
			},
			destination: {namespace: 'shop'},
			syncPolicy: {
				automated: {prune: true, selfHeal: true, allowEmpty: false},
				waitForHealth: false,
				createNamespace: false,
				prunePropagation: 'background',
				pruneLast: false,
				deletionBudget: {count: 10, percent: 20},
				retry: {limit: Number.MAX_SAFE_INTEGER, backoffMilliseconds: 5_000, factor: 2, maximumMilliseconds: 180_000},
			},
			driftPolicy: {mode: 'heal', foreignAdditions: 'observe', rules: []},
			ignoreDifferences: [],
			guards: {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []},
			dependsOn: [],
			syncWindows: [],
			isSuspended: false,
			declaredAt: {file: 'app.yaml', line: 1, format: 'flux'},
			notices: [],
		});
	});

	test('everything that is supported', () => {
		const application = readOne(
			both(
				`retryInterval: 2m
namePrefix: a-
nameSuffix: -b
images:
  - {name: web, newTag: "2"}
  - {name: web, newName: reg/web}
  - {name: web, newName: reg/web, newTag: "2"}
  - {name: web, digest: "sha256:1", newTag: "2"}
  - {name: web, newName: reg/web, digest: "sha256:1"}
  - {name: web}
components: [../components/a]
commonMetadata: {labels: {team: a}, annotations: {b: c}}
patches:
  - {patch: "spec: {replicas: 2}", target: {kind: Deployment}}
ignore:
  - {paths: [/spec/replicas], target: {kind: Deployment, group: apps}}
  - {paths: [/data/x]}`,
				'interval: 30s',
			),
		);
		expect(application.source.render).toMatchObject({
			namePrefix: 'a-',
			nameSuffix: '-b',
			images: ['web:2', 'web=reg/web', 'web=reg/web:2', 'web=web@sha256:1', 'web=reg/web@sha256:1'],
			components: ['../components/a'],
			commonLabels: {team: 'a'},
			commonAnnotations: {b: 'c'},
			patches: [{patch: 'spec: {replicas: 2}', target: {kind: 'Deployment'}}],
		});
		expect(application).toMatchObject({
			source: {intervalMilliseconds: 30_000},
			destination: {namespace: 'default'},
			syncPolicy: {retry: {backoffMilliseconds: 120_000, factor: 1, maximumMilliseconds: 120_000}},
			ignoreDifferences: [
				{group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'], paths: [], managers: []},
				{jsonPointers: ['/data/x'], paths: [], managers: []},
			],
			notices: [],
		});
	});

	test.each<[string, object]>([
		['', {type: 'branch', value: 'master'}],
		['ref: {}', {type: 'branch', value: 'master'}],
		['ref: {branch: main}', {type: 'branch', value: 'main'}],
		['ref: {branch: main, tag: v1}', {type: 'tag', value: 'v1'}],
		['ref: {tag: v1, semver: ">=1.0"}', {type: 'semver', value: '>=1.0'}],
		['ref: {semver: ">=1.0", name: refs/heads/a/b}', {type: 'branch', value: 'a/b'}],
		['ref: {name: refs/tags/v2}', {type: 'tag', value: 'v2'}],
		['ref: {name: refs/pull/7/head}', {type: 'auto', value: 'refs/pull/7/head'}],
		['ref: {branch: main, commit: 0a1b2c3d4e}', {type: 'commit', value: '0a1b2c3d4e'}],
	])('%s', (ref, target) => expect(readOne(both('', ref)).source.target).toEqual(target));

	test.each([
		['the Kustomization', 'suspend: true', ''],
		['its source', '', 'suspend: true'],
	])('suspended by %s', (_title, spec, source) => expect(readOne(both(spec, source)).isSuspended).toBe(true));

	test.each(['v1', 'v1beta2', 'v1beta1'])('%s is read', version => {
		expect(readOne(both().replaceAll('fluxcd.io/v1', `fluxcd.io/${version}`)).name).toBe('shop');
	});

	test('a source in another namespace', () => {
		const text = kustomization().replace('name: infra', 'name: infra, namespace: sources');
		expect(readOne(`${text}---\n${repository('', 'sources')}`).name).toBe('shop');
	});

	test('a namespace that is not written down yet', () => {
		expect(readOne(`${kustomization('', 'name: shop')}---\n${repository()}`).name).toBe('shop');
	});

	test('across files, and two applications from one source', () => {
		const {applications, problems} = read(
			`${repository('interval: 5m')}---\n${kustomization()}---\n${kustomization('', 'name: cart, namespace: flux-system')}`,
		);
		expect(problems).toEqual([]);
		expect(applications.map(each => [each.name, each.source.intervalMilliseconds])).toEqual([
			['shop', 300_000],
			['cart', 300_000],
		]);
	});
});

describe('what a Kustomization waits for', () => {
	const base = `${kustomization('', 'name: base.infra, namespace: flux-system')}`;

	test('dependsOn is that of the applications, by the names they have here', () => {
		const text = `${both('dependsOn: [{name: base.infra}, {name: base.infra}]')}---\n${base}`;
		const {applications, problems} = read(text);
		expect(problems).toEqual([]);
		expect(applications.map(({name, dependsOn}) => [name, dependsOn])).toEqual([
			['shop', ['base-infra']],
			['base-infra', []],
		]);
	});

	test('one that is not declared is a problem at its line', () => {
		expect(read(both('dependsOn: [{name: base}]')).problems).toMatchObject([
			{code: 'DependencyNotFound', line: 9, message: expect.stringContaining('`base`')},
		]);
	});

	test('a readiness expression is told', () => {
		const {applications} = read(`${both('dependsOn: [{name: base.infra, readyExpr: "true"}]')}---\n${base}`);
		expect(applications[0]?.notices).toMatchObject([
			{code: 'Unsupported', message: expect.stringContaining('readyExpr')},
		]);
	});

	test('wait is for health', () => {
		expect(readOne(both('wait: true')).syncPolicy.waitForHealth).toBe(true);
	});
});

describe('what has no effect is told with its line', () => {
	test.each([
		'healthChecks: [{kind: Deployment, name: a}]',
		'healthCheckExprs: [{kind: A}]',
		'timeout: 2m',
		'force: true',
		'deletionPolicy: Orphan',
		'buildMetadata: [originAnnotations]',
		'ignoreMissingComponents: true',
	])('%s', field => {
		expect(readOne(both(field)).notices).toMatchObject([
			{code: 'Unsupported', line: 9, object: 'Kustomization/flux-system/shop'},
		]);
	});

	test.each([
		'postBuild: {substituteStrategy: WithVariables}',
		'wait: false',
		'force: false',
		'dependsOn: []',
		'wait: true',
		'timeout:',
		'postBuild: {substitute: {}}',
		'suspend: false',
	])('%s says nothing', field => expect(readOne(both(field)).notices).toEqual([]));

	test.each(['secretRef: {name: a}', 'provider: github', 'proxySecretRef: {name: a}', 'ignore: "/*"', 'timeout: 60s'])(
		'of the source: %s',
		field => {
			expect(readOne(both('', field)).notices).toMatchObject([
				{code: 'Unsupported', line: 15, object: 'GitRepository/infra'},
			]);
		},
	);

	test('fields nobody knows', () => {
		expect(readOne(both('targetNamspace: a')).notices).toMatchObject([
			{code: 'UnknownField', line: 9, hint: 'Did you mean `targetNamespace`?'},
		]);
	});

	test.each(['{version: v1}', '{labelSelector: a=b}', '{name: "web-.*"}'])('a target %s of ignore', target => {
		const application = readOne(both(`ignore: [{paths: [/a], target: ${target}}]`));
		expect(application.ignoreDifferences).toEqual([]);
		expect(application.notices).toMatchObject([{code: 'Unsupported', line: 9}]);
	});
});

describe('what leaves an application out', () => {
	test.each<[string, string]>([
		['decryption: {provider: sops}', 'spec.decryption'],
		['postBuild: {substitute: {a: b}}', 'spec.postBuild.substitute'],
		['postBuild: {substituteFrom: [{kind: Secret, name: a}]}', 'spec.postBuild.substituteFrom'],
		['postBuild: {substituteStrategy: Always}', 'spec.postBuild.substituteStrategy Always'],
		['kubeConfig: {secretRef: {name: a}}', 'spec.kubeConfig'],
		['serviceAccountName: deployer', 'spec.serviceAccountName'],
		['patchesStrategicMerge: [{a: b}]', 'spec.patchesStrategicMerge'],
	])('%s', (field, path) => {
		const {applications, problems} = read(both(field));
		expect(applications).toEqual([]);
		expect(problems).toMatchObject([
			{
				code: 'UnsupportedField',
				line: 9,
				object: 'Kustomization/flux-system/shop',
				message: expect.stringContaining(`${path} is not supported`),
			},
		]);
	});

	test.each(['verify: {secretRef: {name: a}}', 'recurseSubmodules: true', 'include: [{repository: {name: b}}]'])(
		'of its source: %s',
		field => {
			const {applications, problems} = read(both('', field));
			expect(applications).toEqual([]);
			expect(problems.map(problem => `${problem.line} ${problem.code}`)).toEqual([
				'6 SourceNotFound',
				'15 UnsupportedField',
			]);
		},
	);

	test.each<[string, string, string[]]>([
		[
			'no source',
			kustomization(),
			['6 SourceNotFound spec.sourceRef names GitRepository `flux-system/infra`, which is not in the configuration'],
		],
		[
			'a source of another kind',
			kustomization().replace('kind: GitRepository', 'kind: OCIRepository'),
			['6 SourceNotFound spec.sourceRef is of kind `OCIRepository`; only a GitRepository can be read'],
		],
		[
			'a source in another namespace',
			`${kustomization()}---\n${repository('', 'elsewhere')}`,
			['6 SourceNotFound spec.sourceRef names GitRepository `flux-system/infra`, which is not in the configuration'],
		],
		[
			'two sources of one name',
			`${kustomization()}---\n${repository()}---\n${repository()}`,
			[
				'6 SourceNotFound spec.sourceRef names GitRepository `flux-system/infra`, of which there are several: app.yaml:10 and app.yaml:16',
			],
		],
		[
			'a path out of the repository',
			both().replace('./deploy/shop/', '../x'),
			['7 InvalidValue spec.path must not leave the repository with ..'],
		],
		[
			'a wrong type',
			both('targetNamespace: 5'),
			['9 WrongType spec.targetNamespace must be a string, found the number 5'],
		],
		[
			'a bad namespace',
			both('targetNamespace: A_b'),
			['9 InvalidName spec.targetNamespace is not a name that Kubernetes accepts: `A_b`'],
		],
		[
			'a component out of the repository',
			both('components: [../../../x]'),
			['9 InvalidValue spec.components[0] must not leave the repository with ..'],
		],
	])('%s', (_title, text, expected) => {
		expect(problemsOf(text)).toEqual(expected);
		expect(read(text).applications).toEqual([]);
	});

	test('the other Kustomizations of a good source go on', () => {
		const text = `${repository()}---\n${kustomization('decryption: {provider: sops}')}---\n${kustomization('', 'name: cart, namespace: flux-system')}`;
		expect(read(text).applications.map(each => each.name)).toEqual(['cart']);
	});
});

test('other kinds of Flux are named as not supported, and everything else goes on', () => {
	const others = [
		['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
		['source.toolkit.fluxcd.io/v1', 'OCIRepository'],
		['notification.toolkit.fluxcd.io/v1', 'Receiver'],
		['kustomize.toolkit.fluxcd.io/v2', 'Kustomization'],
	].map(([apiVersion, kind]) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n`);
	const {applications, problems} = read([both(), ...others].join('---\n'));
	expect(applications).toHaveLength(1);
	expect(problems.map(problem => `${problem.code} ${problem.object}`)).toEqual([
		'UnsupportedKind HelmRelease/x',
		'UnsupportedKind OCIRepository/x',
		'UnsupportedKind Receiver/x',
		'UnsupportedKind Kustomization/x',
	]);
});

test('objects that are no configuration are one problem a file', () => {
	const object = (kind: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\n`;
	const kustomizeFile = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n';
	const {applications, problems} = read(
		[object('Namespace'), both(), object('Service'), object('Service'), kustomizeFile].join('---\n'),
	);
	expect(applications).toHaveLength(1);
	expect(problems.map(brief)).toEqual([
		'1 UnknownDocument 4 documents (Namespace, Service, Kustomization): no configuration of holdfast, Argo CD or Flux, so they have no effect',
	]);
});
