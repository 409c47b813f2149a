import {describe, expect, test} from 'vitest';
import {brief, indent, problemsOf, read, readOne} from '../reading.ts';

const head = 'apiVersion: holdfast.dev/v1alpha1\nkind: Configuration\n';
/** One application; its first line is line 4. */
const one = (body: string) => `${head}applications:\n  - name: shop\n${indent(body, 4)}\n`;
const minimal = 'source: {repoURL: https://git.example.com/shop.git}\ndestination: {namespace: shop}';

describe('what an application becomes', () => {
	test('the least that can be said', () => {
		expect(readOne(one(minimal))).toEqual({
			name: 'shop',
			source: {
				repoURL: 'https://git.example.com/shop.git',
				target: {type: 'auto', value: 'HEAD'},
				path: '',
				render: {type: 'auto'},
				intervalMilliseconds: 60_000,
			},
			destination: {namespace: 'shop'},
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
			declaredAt: {file: 'app.yaml', line: 4, format: 'holdfast'},
			notices: [],
		});
	});

	test('everything that can be said', () => {
		const application = readOne(
			one(`
source:
  repoURL: ../repositories/shop
  targetRevision: ">=1.2 <2"
  path: ./k8s/prod/
  interval: 1m30s
  directory: {recurse: true, include: "*.yaml", exclude: "{a,b}/*"}
destination: {context: kind-dev, namespace: shop}
syncPolicy:
  automated: {prune: true, selfHeal: true, allowEmpty: true}
  syncOptions: [CreateNamespace=true, PruneLast=true, PrunePropagationPolicy=orphan, ServerSideApply=true]
  retry: {limit: -1, backoff: {duration: 10s, factor: 3, maxDuration: 10m}}
  deletionBudget: {count: 3}
drift:
  mode: ask
  foreignAdditions: heal
  rules:
    - {path: spec.replicas, mode: observe, group: apps, kind: Deployment, name: web}
ignoreDifferences:
  - {group: "", kind: Secret, jsonPointers: [/data/a~1b], paths: ["data[*]"], managedFieldsManagers: [vault]}
guards: {allowedNamespaces: [shop-*], allowedServers: [kind-*], allowedKinds: ["*.apps"], deniedKinds: [Secret]}
suspend: true`),
		);
		expect(application).toMatchObject({
			source: {
				repoURL: '/etc/repositories/shop',
				target: {type: 'auto', value: '>=1.2 <2'},
				path: 'k8s/prod',
				intervalMilliseconds: 90_000,
				render: {type: 'directory', recurse: true, include: '*.yaml', exclude: '{a,b}/*'},
			},
			destination: {context: 'kind-dev', namespace: 'shop'},
			syncPolicy: {
				automated: {prune: true, selfHeal: true, allowEmpty: true},
				createNamespace: true,
				prunePropagation: 'orphan',
				pruneLast: true,
				deletionBudget: {count: 3, percent: 20},
				retry: {limit: Number.MAX_SAFE_INTEGER, backoffMilliseconds: 10_000, factor: 3, maximumMilliseconds: 600_000},
			},
			driftPolicy: {
				mode: 'ask',
				foreignAdditions: 'heal',
				rules: [{path: 'spec.replicas', mode: 'observe', group: 'apps', kind: 'Deployment', name: 'web'}],
			},
			ignoreDifferences: [
				{group: '', kind: 'Secret', jsonPointers: ['/data/a~1b'], paths: ['data[*]'], managers: ['vault']},
			],
			guards: {
				allowedNamespaces: ['shop-*'],
				allowedServers: ['kind-*'],
				allowedKinds: ['*.apps'],
				deniedKinds: ['Secret'],
			},
			isSuspended: true,
			notices: [],
		});
	});

	test.each<[string, string, object]>([
		[
			'kustomize',
			'kustomize: {namePrefix: a-, namespace: other, images: [web=web:2], commonLabels: {team: a}, components: [../c], patches: [{patch: "x: 1", target: {kind: Deployment}}]}',
			{
				type: 'kustomize',
				namePrefix: 'a-',
				namespace: 'other',
				images: ['web=web:2'],
				commonLabels: {team: 'a'},
				commonAnnotations: {},
				components: ['../c'],
				patches: [{patch: 'x: 1', target: {kind: 'Deployment'}}],
				generateWhenMissing: false,
			},
		],
		[
			'helm with a map of values, read as helm reads them',
			'helm: {releaseName: web, valueFiles: [prod.yaml], values: {on: yes, cache: {size: null}}, parameters: [{name: a.b, value: "1", forceString: true}], skipCrds: true}',
			{
				type: 'helm',
				releaseName: 'web',
				valueFiles: ['prod.yaml'],
				ignoreMissingValueFiles: false,
				values: {true: true, cache: {size: null}},
				parameters: [{name: 'a.b', value: '1', forceString: true}],
				skipCRDs: true,
				skipTests: false,
			},
		],
		[
			'helm with a block of values',
			'helm:\n  values: |\n    debug: off\n    replicas: 3',
			{
				type: 'helm',
				valueFiles: [],
				ignoreMissingValueFiles: false,
				values: {debug: false, replicas: 3},
				parameters: [],
				skipCRDs: false,
				skipTests: false,
			},
		],
		['an empty directory block', 'directory: {}', {type: 'directory', recurse: false, include: '', exclude: ''}],
	])('%s', (_title, tool, render) => {
		const body = `source:\n  repoURL: https://git.example.com/shop.git\n  path: charts/web\n${indent(tool, 2)}\ndestination: {namespace: shop}`;
		expect(readOne(one(body)).source.render).toEqual(render);
	});

	test.each([
		['drift without anything', '', 'observe'],
		['selfHeal', 'syncPolicy: {automated: {selfHeal: true}}', 'heal'],
		['selfHeal switched off', 'syncPolicy: {automated: {selfHeal: true, enabled: false}}', 'observe'],
		['a mode of its own', 'syncPolicy: {automated: {selfHeal: true}}\ndrift: {mode: observe}', 'observe'],
	])('%s', (_title, more, mode) => {
		expect(readOne(one(`${minimal}\n${more}`)).driftPolicy.mode).toBe(mode);
	});

	test('enabled: false is no automation', () => {
		expect(
			readOne(one(`${minimal}\nsyncPolicy: {automated: {prune: true, enabled: false}}`)).syncPolicy.automated,
		).toBeUndefined();
	});

	test('a document of kind Application', () => {
		const text = `apiVersion: holdfast.dev/v1alpha1\nkind: Application\nmetadata: {name: shop, labels: {a: b}}\nspec:\n${indent(minimal, 2)}`;
		expect(readOne(text)).toMatchObject({name: 'shop', declaredAt: {line: 1, format: 'holdfast'}});
	});

	test('the interval of the caller is for those who name none', () => {
		expect(readOne(one(minimal), {defaultIntervalMilliseconds: 5_000}).source.intervalMilliseconds).toBe(5_000);
	});
});

describe('defaults', () => {
	const text = `${head}defaults:
  interval: 30s
  destination: {server: https://prod.example.com, namespace: shared}
  syncPolicy:
    automated: {prune: true, selfHeal: true}
    syncOptions: [CreateNamespace=true]
    deletionBudget: {percent: 5}
  drift: {foreignAdditions: ask}
  guards: {deniedKinds: [Secret]}
applications:
  - name: plain
    source: {repoURL: ./a}
  - name: own
    source: {repoURL: ./a, interval: 5m}
    destination: {context: dev}
    syncPolicy: {automated: {prune: false}, syncOptions: [], deletionBudget: {count: 1}}
    guards: {allowedKinds: [ConfigMap]}
`;

	test('fill what an application leaves open', () => {
		const [plain, own] = read(text).applications;
		expect(plain).toMatchObject({
			source: {intervalMilliseconds: 30_000},
			destination: {server: 'https://prod.example.com', namespace: 'shared'},
			syncPolicy: {
				automated: {prune: true, selfHeal: true},
				createNamespace: true,
				deletionBudget: {count: 10, percent: 5},
			},
			driftPolicy: {mode: 'heal', foreignAdditions: 'ask'},
			guards: {deniedKinds: ['Secret']},
		});
		expect(own).toMatchObject({
			source: {intervalMilliseconds: 300_000},
			destination: {context: 'dev', namespace: 'shared'},
			syncPolicy: {
				automated: {prune: false, selfHeal: true},
				createNamespace: false,
				deletionBudget: {count: 1, percent: 5},
			},
			guards: {deniedKinds: ['Secret'], allowedKinds: ['ConfigMap']},
		});
		expect(own?.destination).not.toHaveProperty('server');
	});

	test('wrong defaults are told once, and nothing is read without them', () => {
		const {applications, problems} = read(text.replace('percent: 5', 'percent: 500'));
		expect(applications).toEqual([]);
		expect(problems.map(brief)).toEqual([
			'9 InvalidValue syncPolicy.deletionBudget.percent must be at most 100, found the number 500',
		]);
		expect(problems[0]?.hint).toMatch(/No application of this document/);
	});
});

describe('problems', () => {
	test.each<[string, string, string[]]>([
		[
			'unknown keys with the nearest',
			`${minimal}\nsyncPolcy: {}\nzzzzzz: 1`,
			['7 UnknownKey unknown key `syncPolcy`', '8 UnknownKey unknown key `zzzzzz`'],
		],
		[
			'a boolean spelled yes',
			`${minimal}\nsuspend: yes`,
			['7 WrongType suspend must be true or false, found the string "yes"'],
		],
		[
			'a revision that YAML takes for a number',
			minimal.replace('.git}', '.git, targetRevision: 1.10}'),
			['5 WrongType source.targetRevision must be a string, found the number 1.10'],
		],
		['a missing source', 'destination: {namespace: a}', ['4 MissingKey source is required']],
		[
			'a missing repository',
			'source: {path: a}\ndestination: {namespace: a}',
			['5 MissingKey source.repoURL is required'],
		],
		['a missing namespace', 'source: {repoURL: ./a}', ['4 MissingKey destination.namespace is required']],
		[
			'a bad namespace',
			'source: {repoURL: ./a}\ndestination: {namespace: Shop}',
			['6 InvalidName destination.namespace is not a name that Kubernetes accepts: `Shop`'],
		],
		[
			'two clusters',
			'source: {repoURL: ./a}\ndestination: {context: a, server: b, namespace: c}',
			['6 InvalidValue destination names a context and a server; it must be one of them'],
		],
		[
			'two tools',
			'source: {repoURL: ./a, helm: {}, kustomize: {}}\ndestination: {namespace: c}',
			['5 InvalidValue source names kustomize and helm; an application has only one of them'],
		],
		[
			'bad durations',
			'source: {repoURL: ./a, interval: soon}\ndestination: {namespace: c}\nsyncPolicy: {retry: {backoff: {duration: 5}}}',
			[
				'5 InvalidValue source.interval is not a duration: `soon`',
				'7 WrongType syncPolicy.retry.backoff.duration must be a string, found the number 5',
			],
		],
		[
			'a wrong word',
			`${minimal}\ndrift: {mode: heel}`,
			['7 InvalidValue drift.mode must be `heal`, `ask` or `observe`, found the string "heel"'],
		],
		[
			'null where something is expected',
			`${minimal}\nsyncPolicy:\n  automated:`,
			['8 WrongType syncPolicy.automated must be a map, found nothing (null)'],
		],
		[
			'sync options',
			`${minimal}\nsyncPolicy:\n  syncOptions: [CreateNamespce=true, PruneLast=perhaps]`,
			[
				'8 InvalidValue unknown sync option `CreateNamespce=true`',
				'8 InvalidValue sync option `PruneLast=perhaps` has no such value',
			],
		],
		[
			'several in one application, all at once',
			'source: {repoURL: 7, path: [a]}\ndestination: a\nguards: {allowedKinds: Deployment}',
			[
				'5 WrongType source.repoURL must be a string, found the number 7',
				'5 WrongType source.path must be a string, found a list',
				'6 WrongType destination must be a map, found the string "a"',
				'7 WrongType guards.allowedKinds must be a list, found the string "Deployment"',
			],
		],
		[
			'a path out of the repository',
			'source: {repoURL: ./a, path: ../b}\ndestination: {namespace: c}',
			['5 InvalidValue source.path must not leave the repository with ..'],
		],
		[
			'a JSON pointer where a path belongs',
			`${minimal}\ndrift: {rules: [{path: /spec/replicas, mode: heal}]}`,
			['7 InvalidValue drift.rules[0].path is a JSON pointer, not a path'],
		],
		[
			'a path where a JSON pointer belongs',
			`${minimal}\nignoreDifferences: [{jsonPointers: [spec.replicas]}]`,
			['7 InvalidValue ignoreDifferences[0].jsonPointers[0] is not a JSON pointer: /spec/replicas'],
		],
		[
			'values that are no map',
			'source: {repoURL: ./a, helm: {values: "- a"}}\ndestination: {namespace: c}',
			['5 InvalidValue source.helm.values must be a YAML map of chart values'],
		],
		[
			'values of another type',
			'source: {repoURL: ./a, helm: {values: 5}}\ndestination: {namespace: c}',
			['5 WrongType source.helm.values must be a map or a string, found a number'],
		],
	])('%s', (_title, body, expected) => {
		expect(problemsOf(one(body))).toEqual(expected);
		expect(read(one(body)).applications).toEqual([]);
	});

	test('hints say what to write', () => {
		const hints = read(one(`${minimal}\nsyncPolcy: {}\nsuspend: on\ndrift: {mode: obsrve}`)).problems.map(
			problem => problem.hint,
		);
		expect(hints).toEqual([
			'Did you mean `syncPolicy`?',
			'YAML readers disagree about `on`: write true',
			'Did you mean `observe`?',
		]);
	});

	test('the column is that of the key or the value', () => {
		expect(read(one(`${minimal}\nsuspend: yes`)).problems[0]?.message).toMatch(/\(column 14\)$/);
		expect(read(one(`${minimal}\nsuspnd: true`)).problems[0]?.message).toMatch(/\(column 5\)$/);
	});

	test('one bad application leaves the others alone, and says its name', () => {
		const text = `${one(minimal)}  - name: bad\n    source: {repoURL: ./a}\n  - 17\n  - name: good\n${indent(minimal, 4)}`;
		const {applications, problems} = read(text);
		expect(applications.map(each => each.name)).toEqual(['shop', 'good']);
		expect(problems).toMatchObject([
			{line: 7, object: 'Application/bad', code: 'MissingKey', file: 'app.yaml'},
			{line: 9, code: 'WrongType'},
		]);
	});

	test('an unknown key beside the applications does not stop them', () => {
		const {applications, problems} = read(`${one(minimal)}aplications: []\n`);
		expect(applications).toHaveLength(1);
		expect(problems).toMatchObject([{code: 'UnknownKey', line: 7, hint: 'Did you mean `applications`?'}]);
	});

	test('chart parameters are not quoted back: they may be passwords', () => {
		const body =
			'source: {repoURL: ./a, helm: {parameters: [{name: password, value: 8472910}]}}\ndestination: {namespace: c}';
		const [problem] = read(one(body)).problems;
		expect(problem?.code).toBe('WrongType');
		expect(JSON.stringify(problem)).not.toContain('8472910');
	});

	test('a password in the URL is refused and not shown', () => {
		const {applications, problems} = read(one(minimal.replace('https://', 'https://ana:hunter2@')));
		expect(applications).toEqual([]);
		expect(problems).toMatchObject([{code: 'CredentialsInURL', line: 5}]);
		expect(JSON.stringify(problems)).not.toContain('hunter2');
	});

	test('escape sequences of the file do not reach the message', () => {
		const [problem] = read(one(`${minimal}\n"\\e[31mred\\u202e": 1`)).problems;
		expect(problem?.message).toContain('`\\x1b[31mred\\u202e`');
	});

	test('nor do characters that turn text around', () => {
		const [problem] = read(one(`${minimal}\ndrift: {mode: "he\u202eal\\e"}`)).problems;
		expect(problem?.message).toContain('found the string "he\\u202eal\\x1b"');
	});

	test.each([
		['a forgotten head', 'applications: []', 'UnknownDocument', /^Start it with apiVersion: holdfast.dev\/v1alpha1/],
		[
			'another version',
			'apiVersion: holdfast.dev/v9\nkind: Configuration',
			'UnsupportedKind',
			/v1alpha1 has the kinds/,
		],
		['another kind', 'apiVersion: holdfast.dev/v1alpha1\nkind: Config', 'UnsupportedKind', /has the kinds/],
		['no applications', head, 'MissingKey', /rest of the document/],
		['a scalar', 'just text', 'UnknownDocument', /holdfast reads/],
	])('%s', (_title, text, code, hint) => {
		expect(read(text).problems).toMatchObject([{code, line: 1, hint: expect.stringMatching(hint)}]);
	});

	test('two applications with one name: neither is taken, both places are named', () => {
		const text = `${one(minimal)}  - name: other\n${indent(minimal, 4)}\n  - name: shop\n${indent(minimal, 4)}`;
		const {applications, problems} = read(text);
		expect(applications.map(each => each.name)).toEqual(['other']);
		expect(problems).toMatchObject([
			{code: 'DuplicateName', line: 4, object: 'Application/shop', message: expect.stringContaining('app.yaml:10')},
			{code: 'DuplicateName', line: 10, message: expect.stringContaining('app.yaml:4')},
		]);
	});

	test('options that have no effect are notices with their line', () => {
		const {notices} = readOne(one(`${minimal}\nsyncPolicy:\n  syncOptions:\n    - Validate=false\n    - Replace=true`));
		expect(notices).toMatchObject([
			{code: 'Unsupported', line: 9, object: 'Application/shop'},
			{code: 'Unsupported', line: 10},
		]);
	});
});
