import {describe, expect, test} from 'vitest';
import {clusterKinds} from '../../../source/config/argo-cd/built-in-kinds.ts';
import {kindGuards} from '../../../source/config/argo-cd/project-kinds.ts';
import {judgeDestination, permitsRepository} from '../../../source/config/argo-cd/project-permits.ts';
import {checkGuards} from '../../../source/engine/guards.ts';
import type {Application} from '../../../source/model/application.ts';
import {brief, indent, read} from '../reading.ts';

const application = (project: string, destination = 'server: https://kubernetes.default.svc, namespace: shop') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: ${project}
  source: {repoURL: https://git.example.com/Shop/infra.git}
  destination: {${destination}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`;
const project = (spec: string, name = 'team') =>
	`apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: ${name}}\nspec:\n${indent(spec, 2)}\n`;
const open = "sourceRepos: ['*']\ndestinations: [{server: '*', namespace: '*'}]";
const both = (spec: string, destination?: string) => `${project(spec)}---${application('team', destination)}`;

describe('projects', () => {
	test('become guards', () => {
		const {applications, problems} = read(
			both(`sourceRepos: [https://git.example.com/shop/*]
destinations:
  - {server: https://kubernetes.default.svc, namespace: "shop*"}
  - {server: https://kubernetes.default.svc, namespace: "{cart,mail}"}
  - {server: https://elsewhere.example.com, namespace: "*"}
namespaceResourceWhitelist: [{group: apps, kind: "*"}, {group: "", kind: ConfigMap}]
clusterResourceWhitelist: [{group: "", kind: Namespace}]
namespaceResourceBlacklist: [{group: apps, kind: DaemonSet}]`),
		);
		expect(problems).toEqual([]);
		expect(applications[0]?.guards).toMatchObject({
			allowedServers: [],
			allowedNamespaces: ['shop*', 'cart', 'mail'],
			allowedKinds: ['*.apps', 'ConfigMap', 'Namespace'],
		});
		const denied = applications[0]?.guards.deniedKinds ?? [];
		expect(denied).toContain('DaemonSet.apps');
		expect(denied).toContain('ClusterRole.rbac.authorization.k8s.io');
		expect(denied).not.toContain('Namespace');
	});

	test('that are not there are told, but not the default one', () => {
		expect(read(application('team')).applications[0]?.notices).toMatchObject([{code: 'ProjectNotFound', line: 6}]);
		expect(read(application('default')).applications[0]?.notices).toEqual([]);
	});

	test('the default one counts when it is there', () => {
		const text = `${project('sourceRepos: []', 'default')}---${application('default')}`;
		expect(read(text).problems.map(each => each.code)).toEqual(['ProjectDenies', 'ProjectDenies']);
	});

	test.each<[string, string, string]>([
		[
			'another repository',
			'sourceRepos: [https://git.example.com/other/*]\ndestinations: [{server: "*", namespace: "*"}]',
			'does not permit the repository',
		],
		['no repository at all', 'destinations: [{server: "*", namespace: "*"}]', 'does not permit the repository'],
		[
			'another namespace',
			'sourceRepos: ["*"]\ndestinations: [{server: "*", namespace: other}]',
			'does not permit the destination',
		],
		[
			'another cluster',
			'sourceRepos: ["*"]\ndestinations: [{server: https://other, namespace: "*"}]',
			'does not permit the destination',
		],
		['no destination at all', 'sourceRepos: ["*"]', 'does not permit the destination'],
	])('for %s leave the application out', (_title, spec, message) => {
		const {applications, problems} = read(both(spec));
		expect(applications).toEqual([]);
		expect(problems).toMatchObject([
			{code: 'ProjectDenies', object: 'Application/shop', message: expect.stringContaining(message)},
		]);
	});

	const night = {kind: 'deny', schedule: '0 22 * * *', durationMilliseconds: 28_800_000, manualSync: false};
	const window = (rest: string) =>
		`${open}\nsyncWindows:\n  - {kind: deny, schedule: "0 22 * * *", duration: 8h${rest === '' ? '' : `, ${rest}`}}`;
	test.each<[string, object | null]>([
		['applications: [sh*]', {...night, timeZone: 'UTC'}],
		['namespaces: [shop], timeZone: Europe/Berlin', {...night, timeZone: 'Europe/Berlin'}],
		['clusters: [in-cluster], manualSync: true', {...night, timeZone: 'UTC', manualSync: true}],
		['clusters: ["https://kubernetes.default.svc"]', {...night, timeZone: 'UTC'}],
		['applications: [cart], namespaces: [shop]', {...night, timeZone: 'UTC'}],
		['applications: [cart], namespaces: [shop], andOperator: true', null],
		['applications: [shop], namespaces: [shop], andOperator: true', {...night, timeZone: 'UTC'}],
		['applications: [cart]', null],
		['', null],
	])('give their sync windows to those they are for: %s', (rest, expected) => {
		const [only] = read(both(window(rest))).applications;
		expect(only?.syncWindows).toEqual(expected ? [expected] : []);
		expect(only?.syncPolicy.automated).toBeDefined();
		expect(only?.notices).toEqual([]);
	});

	test.each([
		['schedule: "61 * * * *", duration: 1h', 'schedule'],
		['schedule: "@daily", duration: 1h', 'schedule'],
		['schedule: "0 0 * * *", duration: soon', 'duration'],
		['schedule: "0 0 * * *", duration: 1h, timeZone: Nowhere/Here', 'timeZone'],
	])('with a window that cannot be used take their applications with them: %s', (fields, key) => {
		const {applications, problems} = read(
			both(`${open}\nsyncWindows:\n  - {kind: deny, ${fields}, applications: ["*"]}`),
		);
		expect(applications).toEqual([]);
		expect(problems[0]).toMatchObject({
			code: 'InvalidValue',
			line: 8,
			object: 'AppProject/team',
			message: expect.stringContaining(`spec.syncWindows[0].${key}`),
		});
		expect(problems[1]).toMatchObject({code: 'ProjectDenies', object: 'Application/shop'});
	});

	test.each([
		'signatureKeys: [{keyID: "1"}]',
		'destinationServiceAccounts: [{server: "*", defaultServiceAccount: a}]',
		'sourceRepos: 5',
	])('that cannot be used (%s) take their applications with them, and say why once', spec => {
		const {applications, problems} = read(both(spec));
		expect(applications).toEqual([]);
		expect(problems).toHaveLength(2);
		expect(problems[0]).toMatchObject({line: 5, object: 'AppProject/team', hint: expect.stringContaining('project')});
		expect(problems[1]).toMatchObject({code: 'ProjectDenies', object: 'Application/shop'});
	});

	test('of one name are both refused', () => {
		const text = `${project(open)}---\n${project(open)}---${application('team')}`;
		const {applications, problems} = read(text);
		expect(applications).toEqual([]);
		expect(problems.map(problem => brief(problem).split(' ').slice(0, 2).join(' '))).toEqual([
			'1 DuplicateName',
			'8 DuplicateName',
			'19 ProjectDenies',
		]);
	});
});

test.each<[string[], string, boolean]>([
	[['*'], 'https://a/b', true],
	[[], 'https://a/b', false],
	[['https://a/*'], 'https://a/b', true],
	[['https://a/*'], 'https://a/b/c', false],
	[['https://a/**'], 'https://a/b/c', true],
	[['https://A/B'], 'https://a/b.git', true],
	[['git@github.com:shop/*'], 'ssh://git@github.com/shop/infra.git', true],
	[['*', '!https://a/secret'], 'https://a/secret.git', false],
	[['*', '!https://a/secret'], 'https://a/b', true],
	[['!https://a/secret'], 'https://a/b', true],
])('repositories %j permit %s: %s', (patterns, url, expected) => {
	expect(permitsRepository(patterns, url)).toBe(expected);
});

describe('destinations', () => {
	const own = {server: 'https://kubernetes.default.svc', namespace: 'shop'};
	const context = {context: 'prod', namespace: 'shop'};

	test.each<[string, Parameters<typeof judgeDestination>, object]>([
		['any', [[{server: '*', namespace: '*'}], own], {type: 'permitted', allowedServers: [], allowedNamespaces: ['*']}],
		[
			'by the name of the own cluster',
			[[{name: 'in-cluster', namespace: 'shop'}], own],
			{type: 'permitted', allowedNamespaces: ['shop']},
		],
		['without a cluster', [[{name: 'in-cluster', namespace: 'shop'}], {namespace: 'shop'}], {type: 'permitted'}],
		[
			'by context',
			[[{name: 'pr*', namespace: 'shop'}], context],
			{type: 'permitted', allowedServers: [], allowedNamespaces: ['shop']},
		],
		['another context', [[{name: 'dev', namespace: 'shop'}], context], {type: 'denied'}],
		[
			'a denied namespace',
			[
				[
					{server: '*', namespace: '*'},
					{server: '*', namespace: '!shop'},
				],
				own,
			],
			{type: 'denied'},
		],
		[
			'denied others',
			[[{server: '*', namespace: '!kube-*'}], own],
			{type: 'permitted', allowedNamespaces: ['!kube-*']},
		],
		[
			'a denied server',
			[
				[
					{server: '*', namespace: '*'},
					{server: '!https://kubernetes.default.svc', namespace: '*'},
				],
				own,
			],
			{type: 'denied'},
		],
		[
			'a cluster named in another way is left to the guard',
			[
				[
					{server: 'https://10.0.0.1', namespace: '*'},
					{server: '!https://10.0.0.2', namespace: '*'},
				],
				context,
			],
			{type: 'permitted', allowedServers: ['https://10.0.0.1', '!https://10.0.0.2'], allowedNamespaces: ['shop']},
		],
		[
			'character classes narrow to the own namespace',
			[[{server: '*', namespace: 's[a-h]op'}], own],
			{type: 'permitted', allowedNamespaces: ['shop']},
		],
	])('%s', (_title, [entries, destination], expected) => {
		expect(judgeDestination(entries, destination)).toMatchObject(expected);
	});
});

describe('kinds, as the guards of the engine read them', () => {
	const refs = {
		deployment: {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'a'},
		configMap: {group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a'},
		certificate: {group: 'cert-manager.io', version: 'v1', kind: 'Certificate', namespace: 'shop', name: 'a'},
		namespace: {group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'shop'},
		clusterRole: {group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', namespace: '', name: 'a'},
		issuer: {group: 'cert-manager.io', version: 'v1', kind: 'ClusterIssuer', namespace: '', name: 'a'},
	};
	type Name = keyof typeof refs;

	const allowed = (spec: Parameters<typeof kindGuards>[0]): Name[] => {
		const {gaps: _gaps, ...kinds} = kindGuards(spec);
		const guarded: Pick<Application, 'guards' | 'destination'> = {
			guards: {...kinds, allowedServers: [], allowedNamespaces: ['*']},
			destination: {namespace: 'shop'},
		};
		return (Object.keys(refs) as Name[]).filter(
			name => checkGuards(guarded, {server: 'https://x'}, [{ref: refs[name]}]).length === 0,
		);
	};
	const any = {group: '*', kind: '*'};

	test.each<[string, Parameters<typeof kindGuards>[0], Name[]]>([
		['no lists: namespaced kinds only', {}, ['deployment', 'configMap', 'certificate']],
		['everything', {clusterResourceWhitelist: [any], namespaceResourceWhitelist: [any]}, Object.keys(refs) as Name[]],
		['any cluster kind', {clusterResourceWhitelist: [any]}, Object.keys(refs) as Name[]],
		['nothing at all', {namespaceResourceWhitelist: []}, []],
		['namespaced kinds of a group', {namespaceResourceWhitelist: [{group: 'apps', kind: '*'}]}, ['deployment']],
		['core kinds', {namespaceResourceWhitelist: [{group: '', kind: '*'}]}, ['configMap']],
		['a kind of any group', {namespaceResourceWhitelist: [{group: '*', kind: 'Deployment'}]}, ['deployment']],
		[
			'cluster kinds do not open namespaced ones',
			{namespaceResourceWhitelist: [{group: '', kind: 'ConfigMap'}], clusterResourceWhitelist: [any]},
			['configMap', 'namespace', 'clusterRole'],
		],
		[
			'one cluster kind beside all namespaced ones; a custom one cannot be told apart',
			{clusterResourceWhitelist: [{group: '', kind: 'Namespace'}]},
			['deployment', 'configMap', 'certificate', 'namespace', 'issuer'],
		],
		[
			'denied kinds',
			{
				namespaceResourceBlacklist: [{group: 'apps', kind: '*'}],
				clusterResourceWhitelist: [any],
				clusterResourceBlacklist: [{group: 'rbac.authorization.k8s.io', kind: 'Cluster[QR]ole'}],
			},
			['configMap', 'certificate', 'namespace', 'issuer'],
		],
		[
			'a cluster kind limited to names',
			{clusterResourceWhitelist: [{group: '', kind: 'Namespace', name: 'shop-*'}]},
			['deployment', 'configMap', 'certificate'],
		],
	])('%s', (_title, spec, expected) => {
		expect(allowed(spec)).toEqual(expected);
	});

	test('what cannot be said exactly is told', () => {
		expect(kindGuards({}).gaps).toEqual([]);
		expect(kindGuards({clusterResourceWhitelist: [{group: '', kind: 'Namespace'}]}).gaps).toHaveLength(1);
		expect(kindGuards({clusterResourceWhitelist: [{kind: 'Namespace', name: 'a'}]}).gaps).toHaveLength(1);
		expect(kindGuards({namespaceResourceWhitelist: [{kind: 'Config[ABM]ap'}]})).toMatchObject({
			deniedKinds: ['*'],
			gaps: [expect.any(String), expect.any(String)],
		});
	});

	test('the list of built-in kinds is sound', () => {
		expect(new Set(clusterKinds).size).toBe(clusterKinds.length);
		expect(clusterKinds.every(kind => /^[A-Z][A-Za-z]+(\.[a-z0-9.]+)?$/.test(kind))).toBe(true);
	});
});
