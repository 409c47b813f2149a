import {describe, expect, test} from 'vitest';
import {readManifests} from '../../source/render/manifest.ts';

const origin = {file: 'app/a.yaml', line: 7};
const pod = (metadata: unknown) => ({apiVersion: 'v1', kind: 'Pod', metadata});
const read = (value: unknown) => readManifests(value, origin);

describe('what is refused', () => {
	test.each<[string, unknown, string]>([
		['a text', 'hello', 'ManifestInvalid'],
		['a list', [pod({name: 'a'})], 'ManifestInvalid'],
		['a number', 3, 'ManifestInvalid'],
		['neither apiVersion nor kind', {a: 1}, 'NotKubernetes'],
		['no apiVersion', {kind: 'Pod', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['no kind', {apiVersion: 'v1', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['an empty kind', {apiVersion: 'v1', kind: '', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['a number as apiVersion', {apiVersion: 1, kind: 'Pod', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['an apiVersion that is a path', {apiVersion: 'a/b/../c', kind: 'Pod', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['a kind with a slash', {apiVersion: 'v1', kind: 'Pod/x', metadata: {name: 'a'}}, 'ManifestInvalid'],
		['no metadata', {apiVersion: 'v1', kind: 'Pod'}, 'ManifestInvalid'],
		['metadata that is a list', pod([]), 'ManifestInvalid'],
		['no name', pod({}), 'ManifestInvalid'],
		['an empty name', pod({name: ''}), 'ManifestInvalid'],
		['a name that is a number', pod({name: 123}), 'ManifestInvalid'],
		['a name that is a path', pod({name: '../x'}), 'ManifestInvalid'],
		['a name that is a dot', pod({name: '..'}), 'ManifestInvalid'],
		['a name with an escape sequence', pod({name: 'a\u001b[31m'}), 'ManifestInvalid'],
		['a namespace that is a number', pod({name: 'a', namespace: 1}), 'ManifestInvalid'],
		['a namespace that is a path', pod({name: 'a', namespace: 'a/b'}), 'ManifestInvalid'],
		['labels that are a list', pod({name: 'a', labels: ['x']}), 'ManifestInvalid'],
		['a label that is a boolean', pod({name: 'a', labels: {on: true}}), 'ManifestInvalid'],
		['an annotation that is a number', pod({name: 'a', annotations: {x: 1}}), 'ManifestInvalid'],
		['SOPS', {...pod({name: 'a'}), sops: {mac: 'ENC[x]'}}, 'SopsEncrypted'],
	])('%s', (_title, value, code) => {
		expect(read(value)).toMatchObject({manifests: [], problems: [{code, ...origin}]});
	});

	test('the message names the object, the field and what to do', () => {
		expect(read(pod({name: 'web', labels: {enabled: true}})).problems).toEqual([
			{
				code: 'ManifestInvalid',
				message: 'metadata.labels.enabled is the boolean true, not a text',
				hint: 'Put it in quotes',
				object: 'Pod/web',
				...origin,
			},
		]);
	});
});

describe('what is read', () => {
	test('generateName stands for a name', () => {
		expect(read(pod({generateName: 'job-'})).manifests[0]?.object.metadata).toEqual({generateName: 'job-', name: ''});
	});

	test('names of RBAC may hold colons', () => {
		const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name: 'eks:K8sReader'}};
		expect(read(role).problems).toEqual([]);
	});

	test('empty metadata says nothing', () => {
		const object = pod({name: 'a', labels: null, annotations: null, namespace: '', creationTimestamp: null});
		expect(read(object).manifests[0]?.object.metadata).toEqual({name: 'a', creationTimestamp: null});
	});

	test('the input is not changed', () => {
		const object = pod({name: 'a', labels: null});
		read(object);
		expect(object).toEqual(pod({name: 'a', labels: null}));
	});
});

describe('lists', () => {
	const item = (name: string) => ({...pod({name})});
	test.each<[string, unknown, string[]]>([
		['List', {apiVersion: 'v1', kind: 'List', items: [item('a'), item('b')]}, ['Pod/a', 'Pod/b']],
		[
			'PodList, whose items need no kind',
			{apiVersion: 'v1', kind: 'PodList', items: [{metadata: {name: 'a'}}]},
			['Pod/a'],
		],
		['a list in a list', {kind: 'List', apiVersion: 'v1', items: [{kind: 'List', items: [item('a')]}]}, ['Pod/a']],
		['an empty list', {apiVersion: 'v1', kind: 'List', items: []}, []],
		['a list of nothing', {apiVersion: 'v1', kind: 'List', items: null}, []],
		[
			'a kind that only ends like one',
			{apiVersion: 'e.com/v1', kind: 'PriceList', metadata: {name: 'a'}},
			['PriceList/a'],
		],
	])('%s', (_title, value, names) => {
		const {manifests, problems} = read(value);
		expect(problems).toEqual([]);
		expect(manifests.map(({object}) => `${object.kind}/${object.metadata.name}`)).toEqual(names);
	});

	test('a bad item is named by its place, the others are read', () => {
		const {manifests, problems} = read({apiVersion: 'v1', kind: 'List', items: [item('a'), {kind: 'Pod'}, item('b')]});
		expect(manifests).toHaveLength(2);
		expect(problems).toMatchObject([{message: 'items[1].apiVersion is missing', ...origin}]);
	});
});
