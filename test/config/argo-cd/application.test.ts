import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {readJqPath} from '../../../source/config/argo-cd/jq-path.ts';
import {brief, indent, problemsOf, read, readOne} from '../reading.ts';

const head = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop\n  namespace: argocd\n';
/** The spec begins in line 6; what is given in line 7. */
const app = (spec: string) => `${head}spec:\n${indent(spec, 2)}\n`;
const source = 'source: {repoURL: https://git.example.com/shop.git, path: k8s, targetRevision: main}';
const destination = 'destination: {server: https://kubernetes.default.svc, namespace: shop}';
const minimal = `${source}\n${destination}`;

describe('what an Argo CD Application becomes', () => {
	test('a manual one', () => {
		expect(readOne(app(minimal))).toEqual({
			name: 'shop',
			source: {
				repoURL: 'https://git.example.com/shop.git',
				target: {type: 'auto', value: 'main'},
				path: 'k8s',
				render: {type: 'auto'},
				intervalMilliseconds: 60_000,
			},
			destination: {server: 'https://kubernetes.default.svc', namespace: 'shop'},
			syncPolicy: {
				waitForHealth: false,
				createNamespace: false,
				prunePropagation: 'foreground',
				pruneLast: false,
				deletionBudget: {count: 10, percent: 20},
				retry: {limit: 5, backoffMilliseconds: 5_000, factor: 2, maximumMilliseconds: 180_000},
			},
			driftPolicy: {mode: 'observe', foreignAdditions: 'observe', rules: []},
			ignoreDifferences: [],
			guards: {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []},
			dependsOn: [],
			syncWindows: [],
			isSuspended: false,
			declaredAt: {file: 'app.yaml', line: 1, format: 'argo-cd'},
			notices: [],
		});
	});

	test('one as found in the wild', () => {
		const application = readOne(`
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: checkout
  namespace: argocd
  labels: {team: payments}
  annotations:
    argocd.argoproj.io/sync-wave: "2"
    notifications.argoproj.io/subscribe.on-sync-failed.slack: payments
  finalizers: [resources-finalizer.argocd.argoproj.io]
spec:
  project: default
  source:
    repoURL: git@github.com:shop/infra.git
    targetRevision: HEAD
    path: charts/checkout
    helm:
      releaseName: checkout
      valueFiles: [values.yaml, ../../env/prod.yaml]
      ignoreMissingValueFiles: true
      parameters:
        - {name: image.tag, value: "1.20", forceString: true}
      values: |
        ingress:
          enabled: yes
  destination:
    name: prod-eu
    namespace: checkout
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
      - PruneLast=true
      - PrunePropagationPolicy=background
      - ServerSideApply=true
      - ApplyOutOfSyncOnly=true
      - RespectIgnoreDifferences=true
      - Validate=false
    retry:
      limit: 3
      backoff: {duration: "10", factor: 3, maxDuration: 2m}
    managedNamespaceMetadata:
      labels: {a: b}
  ignoreDifferences:
    - group: apps
      kind: Deployment
      jsonPointers: [/spec/replicas]
    - group: "*"
      kind: "*"
      managedFieldsManagers: [kube-controller-manager]
    - group: admissionregistration.k8s.io
      kind: MutatingWebhookConfiguration
      jqPathExpressions:
        - .webhooks[]?.clientConfig.caBundle
        - .spec | keys
  revisionHistoryLimit: 3
`);
		expect(application).toMatchObject({
			name: 'checkout',
			source: {
				repoURL: 'git@github.com:shop/infra.git',
				target: {type: 'auto', value: 'HEAD'},
				path: 'charts/checkout',
				render: {
					type: 'helm',
					releaseName: 'checkout',
					valueFiles: ['values.yaml', '../../env/prod.yaml'],
					ignoreMissingValueFiles: true,
					values: {ingress: {enabled: true}},
					parameters: [{name: 'image.tag', value: '1.20', forceString: true}],
					skipCRDs: false,
					skipTests: false,
				},
			},
			destination: {context: 'prod-eu', namespace: 'checkout'},
			syncPolicy: {
				automated: {prune: true, selfHeal: true, allowEmpty: false},
				createNamespace: true,
				prunePropagation: 'background',
				pruneLast: true,
				retry: {limit: 3, backoffMilliseconds: 10_000, factor: 3, maximumMilliseconds: 120_000},
			},
			driftPolicy: {mode: 'heal', foreignAdditions: 'observe', rules: []},
			ignoreDifferences: [
				{group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'], paths: [], managers: []},
				{jsonPointers: [], paths: [], managers: ['kube-controller-manager']},
				{
					group: 'admissionregistration.k8s.io',
					kind: 'MutatingWebhookConfiguration',
					jsonPointers: [],
					paths: ['webhooks[*].clientConfig.caBundle'],
					managers: [],
				},
			],
			declaredAt: {line: 2},
		});
		expect(
			application.notices.map(notice => `${notice.line} ${notice.code} ${notice.message.slice(0, 50)}`).sort(),
		).toEqual([
			'10 Unsupported annotation `notifications.argoproj.io/subscribe.on',
			'11 Unsupported metadata.finalizers is not supported: removing an ',
			'41 Unsupported sync option `Validate=false` is not supported: the',
			'45 Unsupported spec.syncPolicy.managedNamespaceMetadata is not su',
			'58 Unsupported jq expression `.spec | keys` is not supported: wha',
			'59 Unsupported spec.revisionHistoryLimit is not supported: the jo',
			'9 Unsupported annotation `argocd.argoproj.io/sync-wave` is not s',
		]);
	});

	test.each<[string, string, object]>([
		['no tool', '', {type: 'auto'}],
		['an empty block, as exported ones have', 'directory: {jsonnet: {}, recurse: false}', {type: 'auto'}],
		[
			'a directory',
			'directory: {recurse: true, exclude: "*.md"}',
			{type: 'directory', recurse: true, include: '', exclude: '*.md'},
		],
		[
			'kustomize',
			'kustomize: {nameSuffix: -a, images: ["web=reg/web:2"], commonLabels: {a: b}, commonAnnotations: {c: d}, namespace: x}',
			{
				type: 'kustomize',
				nameSuffix: '-a',
				namespace: 'x',
				images: ['web=reg/web:2'],
				commonLabels: {a: 'b'},
				commonAnnotations: {c: 'd'},
				patches: [],
				components: [],
				generateWhenMissing: false,
			},
		],
		[
			'valuesObject before values, with the nulls that delete',
			'helm: {valuesObject: {a: null, b: on}, values: "c: 1"}',
			{
				type: 'helm',
				valueFiles: [],
				ignoreMissingValueFiles: false,
				values: {a: null, b: true},
				parameters: [],
				skipCRDs: false,
				skipTests: false,
			},
		],
	])('%s', (_title, tool, render) => {
		const spec = `source:\n  repoURL: https://git.example.com/a.git\n  path: a\n${indent(tool, 2)}\n${destination}`;
		expect(readOne(app(spec)).source.render).toEqual(render);
	});

	test('what kustomize has no exact field for becomes a patch', () => {
		const tool = 'kustomize: {labelWithoutSelector: true, commonLabels: {a: b}, replicas: [{name: web.x, count: "3"}]}';
		const {render} = readOne(app(`source:\n  repoURL: ./a\n  ${tool}\n${destination}`)).source;
		expect(render).toMatchObject({
			commonLabels: {},
			patches: [
				{patch: '[{"op":"add","path":"/spec/replicas","value":3}]', target: {name: 'web\\.x'}},
				{patch: expect.stringContaining('"labels":{"a":"b"}'), target: {kind: '.*'}},
			],
		});
	});

	test.each<[string, string, object | undefined]>([
		['absent', '{}', undefined],
		['null, as if absent', '{automated: null}', undefined],
		['empty: all off', '{automated: {}}', {prune: false, selfHeal: false, allowEmpty: false}],
		['switched off', '{automated: {prune: true, enabled: false}}', undefined],
		['switched on', '{automated: {prune: true, enabled: true}}', {prune: true, selfHeal: false, allowEmpty: false}],
		[
			'no pruning by option',
			'{automated: {prune: true}, syncOptions: [Prune=false]}',
			{prune: false, selfHeal: false, allowEmpty: false},
		],
		[
			'pruning after confirmation',
			'{automated: {prune: true}, syncOptions: [Prune=confirm]}',
			{prune: false, selfHeal: false, allowEmpty: false},
		],
	])('automation %s', (_title, policy, automated) => {
		expect(readOne(app(`${minimal}\nsyncPolicy: ${policy}`)).syncPolicy.automated).toEqual(automated);
	});

	test.each<[string, object]>([
		[
			'{server: https://kubernetes.default.svc, namespace: a}',
			{server: 'https://kubernetes.default.svc', namespace: 'a'},
		],
		['{server: "https://10.0.0.1:6443/", namespace: a}', {server: 'https://10.0.0.1:6443', namespace: 'a'}],
		['{name: in-cluster, namespace: a}', {server: 'https://kubernetes.default.svc', namespace: 'a'}],
		['{name: prod, namespace: a}', {context: 'prod', namespace: 'a'}],
	])('destination %s', (text, expected) => {
		expect(readOne(app(`${source}\ndestination: ${text}`)).destination).toEqual(expected);
	});

	test('what a destination leaves open is assumed aloud', () => {
		const {destination: read, notices} = readOne(app(`${source}\ndestination: {}`));
		expect(read).toEqual({namespace: 'default'});
		expect(notices.map(notice => notice.code)).toEqual(['Assumed', 'Assumed']);
	});

	test('the only one of several sources', () => {
		const {source: only, notices} = readOne(app(`${destination}\nsources:\n  - {repoURL: ./a, path: b, ref: x}`));
		expect(only).toMatchObject({repoURL: '/etc/holdfast/a', path: 'b'});
		expect(notices).toMatchObject([{code: 'Unsupported', line: 9}]);
	});

	test.each([
		['"true"', true],
		['"false"', false],
	])('skip-reconcile: %s', (value, isSuspended) => {
		const text = app(minimal).replace(
			'  namespace: argocd',
			`  annotations: {argocd.argoproj.io/skip-reconcile: ${value}}`,
		);
		expect(readOne(text).isSuspended).toBe(isSuspended);
	});

	test('dots in names become dashes', () => {
		const application = readOne(app(minimal).replace('name: shop', 'name: example.shop'));
		expect(application).toMatchObject({
			name: 'example-shop',
			notices: [{code: 'Renamed', line: 4, object: 'Application/example.shop'}],
		});
	});

	test('unknown fields are reported with the nearest, and the application goes on', () => {
		const {notices} = readOne(app(`${minimal}\nsyncPolcy: {}\nsyncPolicy: {syncOptions: [PruneLst=true]}`));
		expect(notices).toMatchObject([
			{code: 'UnknownField', line: 9, hint: 'Did you mean `syncPolicy`?'},
			{code: 'UnknownField', line: 10, hint: 'Did you mean `PruneLast`?'},
		]);
	});

	test('an exported list, with status and operation', () => {
		const items = app(minimal).replace(/^/gm, '    ').replace('    apiVersion', '  - apiVersion').trimEnd();
		const text = `apiVersion: v1\nkind: List\nitems:\n${items}\n    status: {sync: {status: Synced}}\n    operation: {sync: {}}\n`;
		const application = readOne(text);
		expect(application.declaredAt.line).toBe(4);
		expect(application.notices).toMatchObject([{code: 'Unsupported', line: 13}]);
	});
});

describe('what leaves an application out', () => {
	test.each<[string, string, string[]]>([
		[
			'a plugin',
			`source: {repoURL: ./a, plugin: {name: x}}\n${destination}`,
			['7 UnsupportedField spec.source.plugin is not supported: config management plugins are not run'],
		],
		[
			'a chart from a registry',
			`source: {repoURL: https://charts.example.com, chart: web}\n${destination}`,
			[
				'7 UnsupportedField spec.source.chart is not supported: charts are read from Git repositories only, not from Helm or OCI registries',
			],
		],
		[
			'jsonnet',
			`source: {repoURL: ./a, directory: {jsonnet: {tlas: [{name: a, value: b}]}}}\n${destination}`,
			['7 UnsupportedField spec.source.directory.jsonnet.tlas is not supported: Jsonnet is not rendered'],
		],
		[
			'file parameters',
			`source: {repoURL: ./a, helm: {fileParameters: [{name: a, path: b}]}}\n${destination}`,
			[
				'7 UnsupportedField spec.source.helm.fileParameters is not supported: values cannot be read from files one by one; use valueFiles',
			],
		],
		[
			'values of another source',
			`source: {repoURL: ./a, helm: {valueFiles: [$values/a.yaml]}}\n${destination}`,
			['7 InvalidValue spec.source.helm.valueFiles[0] refers to another source, which is not supported'],
		],
		[
			'another release namespace',
			`source: {repoURL: ./a, helm: {namespace: other, releaseName: b}}\n${destination}`,
			[
				'7 UnsupportedField helm.namespace differs from destination.namespace: a chart is rendered for the destination only',
			],
		],
		[
			'several sources',
			`${destination}\nsources: [{repoURL: ./a}, {repoURL: ./b}]`,
			['8 UnsupportedField an application with 2 sources is not supported: only one can be read'],
		],
		['no source', destination, ['6 MissingKey spec.source is required']],
		['no destination', source, ['7 MissingKey spec.destination is required']],
		[
			'two tools',
			`source: {repoURL: ./a, helm: {releaseName: b}, kustomize: {namePrefix: c}}\n${destination}`,
			['7 InvalidValue source has settings for kustomize and for helm; Argo CD accepts only one of them'],
		],
		[
			'two clusters',
			`${source}\ndestination: {server: https://a, name: b, namespace: c}`,
			['8 InvalidValue destination has a server and a name; Argo CD accepts only one of them'],
		],
		[
			'a wrong type',
			`${minimal}\nsyncPolicy: {automated: {prune: yes}, retry: {limit: many}}`,
			[
				'9 WrongType spec.syncPolicy.automated.prune must be true or false, found the string "yes"',
				'9 WrongType spec.syncPolicy.retry.limit must be a number, found the string "many"',
			],
		],
		[
			'a bad back-off',
			`${minimal}\nsyncPolicy: {retry: {backoff: {duration: soon}}}`,
			['9 InvalidValue spec.syncPolicy.retry.backoff.duration is not a duration: `soon`'],
		],
		[
			'a hydrator',
			`sourceHydrator: {drySource: {repoURL: ./a}}\n${destination}`,
			[
				'7 UnsupportedField spec.sourceHydrator is not supported: manifests are rendered when they are needed, not written back to Git',
			],
		],
	])('%s', (_title, spec, expected) => {
		expect(problemsOf(app(spec))).toEqual(expected);
		expect(read(app(spec)).applications).toEqual([]);
	});

	test('a name that is no name', () => {
		expect(problemsOf(app(minimal).replace('name: shop', 'name: Shop_1'))).toEqual([
			'4 InvalidName metadata.name is not a name that Kubernetes accepts: `Shop_1`',
		]);
	});

	test.each([
		['without metadata', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {}'],
		['with scalars for maps', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: 1\nspec: x'],
		['with lists for maps', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: []\nspec: [{source: 1}]'],
	])('a document %s', (_title, text) => {
		const {applications, problems} = read(text);
		expect(applications).toEqual([]);
		expect(problems.length).toBeGreaterThan(0);
	});
});

test('ApplicationSet and other kinds are named as not supported', () => {
	const set = 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\n';
	const {applications, problems} = read(`${set}---\n${app(minimal)}`);
	expect(applications).toHaveLength(1);
	expect(problems).toMatchObject([{code: 'UnsupportedKind', line: 1, object: 'ApplicationSet/all'}]);
});

describe('jq paths', () => {
	test.each<[string, object | null]>([
		['.spec.replicas', {type: 'pointer', pointer: '/spec/replicas'}],
		['.metadata.annotations["a/b~c"]', {type: 'pointer', pointer: '/metadata/annotations/a~1b~0c'}],
		['.metadata.annotations."a/b"', {type: 'pointer', pointer: '/metadata/annotations/a~1b'}],
		['.["spec"].x[0]', {type: 'pointer', pointer: '/spec/x/0'}],
		['.spec?.replicas?', {type: 'pointer', pointer: '/spec/replicas'}],
		['.data["a\\"b"]', {type: 'pointer', pointer: '/data/a"b'}],
		['.webhooks[]?.clientConfig.caBundle', {type: 'path', path: 'webhooks[*].clientConfig.caBundle'}],
		['.webhooks[].x["a b"]', {type: 'path', path: 'webhooks[*].x["a b"]'}],
		['.spec.containers[] | select(.name == "web") | .image', {type: 'path', path: 'spec.containers[name="web"].image'}],
		['.spec.containers[] | select(.name=="web").image', {type: 'path', path: 'spec.containers[name="web"].image'}],
		['.spec.containers[] | select(.image == "web") | .name', null],
		['.spec | keys', null],
		['..', null],
		['.', null],
		['', null],
		['["spec"]', null],
		['.spec[]|.x', null],
		['.spec["a', null],
		['.a//.b', null],
	])('%s', (expression, expected) => expect(readJqPath(expression)).toEqual(expected));
});

const assets = process.env.KUBEBUILDER_ASSETS ?? '';
const helm = path.join(assets, 'helm');
const repositories = process.env.HOLDFAST_REPOSITORIES ?? path.resolve(import.meta.dirname, '../../../../shared/repos');
const chart = path.join(repositories, 'argocd-example-apps/apps');
const canRender = assets !== '' && existsSync(helm) && existsSync(chart);
if (!canRender)
	process.stderr.write("!!! no helm or no published manifests: the test of Argo CD's examples is SKIPPED\n");

test.skipIf(!canRender)("Argo CD's own app-of-apps", () => {
	const text = execFileSync(helm, ['template', 'apps', chart], {encoding: 'utf8'});
	const {applications, problems} = read(text);
	expect(applications.map(each => each.name)).toEqual([
		'example-blue-green',
		'example-guestbook',
		'example-helm-dependency',
		'example-helm-guestbook',
		'example-helm-hooks',
		'example-jsonnet-guestbook',
		'example-jsonnet-guestbook-tla',
		'example-kustomize-guestbook',
		'example-pre-post-sync',
		'example-sock-shop',
		'example-sync-waves',
	]);
	// The three that need a plugin.
	expect(problems.map(problem => `${problem.code} ${problem.object}`)).toEqual([
		'UnsupportedField Application/example.plugin-kasane',
		'UnsupportedField Application/example.plugin-kustomized-helm',
		'UnsupportedField Application/example.plugin-nix',
	]);
	expect(applications.every(each => each.driftPolicy.mode === 'heal' && each.syncPolicy.createNamespace)).toBe(true);
	expect(new Set(applications.flatMap(each => each.notices.map(brief).map(line => line.split(' ')[1])))).toEqual(
		new Set(['Renamed', 'Unsupported']),
	);
});
