import {describe, expect, test} from 'vitest';
import {
	inlinePluginsOf,
	isOpaque,
	isRemote,
	referencesOf,
	remotePathsOf,
} from '../../../source/render/kustomize/references.ts';

describe('what is remote', () => {
	test.each([
		'https://example.com/a.yaml',
		'http://127.0.0.1/a.yaml',
		'HTTPS://example.com/a',
		'ssh://git@example.com/a/b',
		'file:///etc/passwd',
		's3::https://example.com/x',
		'git::https://example.com/a',
		'git@github.com:org/repo',
		'someone@example.com:org/repo',
		'git@example.com/org/repo',
		'github.com/org/repo',
		'GitHub.com/org/repo//deploy?ref=v1',
		'github.com:org/repo',
		'gh:org/repo',
		'gitlab.com/org/repo',
		'example.com/_git/repo',
		'example.com/repo.git',
		'example.com/repo.git/deploy',
		'../base?ref=main',
	])('%s', text => {
		expect(isRemote(text)).toBe(true);
	});

	test.each([
		'../base',
		'base/a.yaml',
		'./github.yaml',
		'.github/a.yaml',
		'a@b.yaml',
		'my.gitops/a.yaml',
		'a:b.yaml',
		'.gitignore',
	])('%s is not', text => {
		expect(isRemote(text)).toBe(false);
	});
});

test('everything a kustomization names is found', () => {
	const references = referencesOf({
		resources: ['a.yaml', '../base'],
		bases: ['../old'],
		components: ['../component'],
		crds: ['crd.yaml'],
		configurations: ['config.yaml'],
		patchesStrategicMerge: ['merge.yaml', 'apiVersion: v1\nkind: Pod'],
		generators: ['generator.yaml', '{apiVersion: builtin}'],
		transformers: ['transformers'],
		validators: ['validator.yaml'],
		patches: [{path: 'patch.yaml'}, {patch: 'inline'}],
		patchesJson6902: [{path: 'six.json', target: {}}],
		replacements: [{path: 'replace.yaml'}, {source: {}}],
		configMapGenerator: [{name: 'a', files: ['a.txt', 'key=b.txt'], envs: ['c.env'], env: 'd.env'}],
		secretGenerator: [{name: 's', files: ['key=secret=1.txt']}],
		openapi: {path: 'schema.json'},
		namePrefix: 'x-',
	});
	expect(references.map(({field, type, text}) => `${field} ${type} ${text}`)).toEqual([
		'resources resource a.yaml',
		'resources resource ../base',
		'bases folder ../old',
		'components folder ../component',
		'crds file crd.yaml',
		'configurations file config.yaml',
		'patchesStrategicMerge file merge.yaml',
		'generators resource generator.yaml',
		'transformers resource transformers',
		'validators resource validator.yaml',
		'patches.path file patch.yaml',
		'patchesJson6902.path file six.json',
		'replacements.path file replace.yaml',
		'configMapGenerator.files file a.txt',
		'configMapGenerator.files file b.txt',
		'configMapGenerator.envs file c.env',
		'configMapGenerator.env file d.env',
		'secretGenerator.files file secret=1.txt',
		'openapi.path file schema.json',
	]);
});

test.each<[unknown]>([[{resources: 'a'}], [{resources: [1, null, {}]}], [{patches: 'x'}], [{configMapGenerator: [3]}]])(
	'odd types are left to kustomize: %j',
	kustomization => {
		expect(referencesOf(kustomization as Record<string, unknown>)).toEqual([]);
	},
);

test('what plugins name is found at any depth', () => {
	const configuration = {
		kind: 'PatchTransformer',
		path: 'https://example.com/a',
		paths: ['b.yaml', 'git@example.com:a/b'],
		replacements: [{path: 'gh:a/b'}],
		files: ['key=https://example.com/c'],
		spec: {url: 'https://example.com/not-a-path'},
	};
	expect(remotePathsOf(configuration)).toEqual([
		'https://example.com/a',
		'git@example.com:a/b',
		'gh:a/b',
		'https://example.com/c',
	]);
	expect(inlinePluginsOf({transformers: ['a.yaml', 'kind: X\n', 3], resources: ['kind: Y\n']})).toEqual(['kind: X\n']);
});

test('files that name files make it opaque', () => {
	expect(isOpaque({transformers: ['a.yaml']})).toBe(true);
	expect(isOpaque({resources: ['a.yaml'], generators: []})).toBe(false);
});
