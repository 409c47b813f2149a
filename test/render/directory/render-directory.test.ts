import {describe, expect, test} from 'vitest';
import {createRenderer} from '../../../source/render/renderer.ts';
import {memoryTree} from '../tools/memory-tree.ts';
import {configMap, directory, manifestsOf, namesOf, problemsOf, request} from '../tools/requests.ts';

const render = (entries: Parameters<typeof memoryTree>[0], parameters = directory(), path = 'app', limits = {}) =>
	createRenderer({limits}).render(request(memoryTree(entries), path, parameters));

describe('which files are manifests', () => {
	const files = {
		'app/a.yaml': configMap('a'),
		'app/b.yml': configMap('b'),
		'app/c.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}',
		'app/README.md': 'not: [yaml',
		'app/script.sh': '#!/bin/sh',
		'app/d.YAML': 'not: [yaml',
		'app/deep/e.yaml': configMap('e'),
		'application/f.yaml': configMap('f'),
	};

	test('YAML and JSON of this folder only', async () => {
		expect(namesOf(await render(files))).toEqual(['ConfigMap/a', 'ConfigMap/b', 'ConfigMap/c']);
	});

	test.each<[string, Parameters<typeof directory>[0], string[]]>([
		['folders below, when asked', {recurse: true}, ['a', 'b', 'c', 'e']],
		['include', {recurse: true, include: '{a,deep/*}*'}, ['a', 'e']],
		['exclude', {recurse: true, exclude: 'deep/*'}, ['a', 'b', 'c']],
		['exclude beats include', {include: '*.yaml', exclude: 'a.*'}, []],
	])('%s', async (_title, parameters, names) => {
		expect(namesOf(await render(files, directory(parameters)))).toEqual(names.map(name => `ConfigMap/${name}`));
	});

	test('the root of the repository is a folder too', async () => {
		expect(namesOf(await render({'a.yaml': configMap('a'), 'app/b.yaml': configMap('b')}, directory(), ''))).toEqual([
			'ConfigMap/a',
		]);
	});

	test('files of tools are left alone', async () => {
		const result = await render(
			{
				...files,
				'app/kustomization.yaml': 'resources: [nope.yaml]',
				'app/.sops.yaml': 'creation_rules: []',
				'app/.argocd-source.yaml': 'kustomize: {}',
				'app/.argocd-source-shop.yaml': 'kustomize: {}',
				'app/.github/workflows/ci.yaml': 'on: push',
				'app/chart/Chart.yaml': 'name: x',
				'app/chart/values.yaml': 'a: 1',
				'app/chart/values-prod.yaml': 'a: 1',
				'app/skipped.yaml': '# +argocd:skip-file-rendering\nnot: a manifest',
			},
			directory({recurse: true}),
		);
		expect(namesOf(result)).toEqual(['ConfigMap/a', 'ConfigMap/b', 'ConfigMap/c', 'ConfigMap/e']);
	});

	test('a hidden file that is a manifest is one', async () => {
		expect(namesOf(await render({'app/.a.yaml': configMap('a')}))).toEqual(['ConfigMap/a']);
	});

	test('a hidden file that nobody can read may be one', async () => {
		expect(problemsOf(await render({'app/.a.yaml': 'apiVersion: v1\nkind: [\n'}))).toMatchObject([
			{code: 'YamlInvalid'},
		]);
	});

	test('values.yaml without a chart is no manifest, and said to be none', async () => {
		expect(problemsOf(await render({'app/a.yaml': configMap('a'), 'app/values.yaml': 'a: 1\n'}))).toMatchObject([
			{code: 'NotKubernetes', file: 'app/values.yaml', line: 1},
		]);
	});

	test('an empty folder says so', async () => {
		const result = await render({'app/x.txt': '', 'app/deep/a.yaml': configMap('a')}, directory());
		expect(manifestsOf(result)).toEqual([]);
		expect(result.ok && result.notices).toMatchObject([
			{code: 'NoManifests', hint: expect.stringContaining('recurse')},
		]);
	});

	test('a glob that is none is refused', async () => {
		expect(problemsOf(await render(files, directory({include: '{a'})))).toMatchObject([{code: 'GlobInvalid'}]);
		expect(problemsOf(await render(files, directory({exclude: '[a'})))).toMatchObject([{code: 'GlobInvalid'}]);
	});
});

describe('jsonnet', () => {
	test('next to manifests it is named', async () => {
		const result = await render({'app/a.yaml': configMap('a'), 'app/b.jsonnet': '{}', 'app/c.libsonnet': '{}'});
		expect(namesOf(result)).toEqual(['ConfigMap/a']);
		expect(result.ok && result.notices).toMatchObject([
			{code: 'JsonnetNotSupported', message: expect.stringContaining('b.jsonnet, c.libsonnet')},
		]);
	});

	test('alone it is a problem', async () => {
		expect(problemsOf(await render({'app/b.jsonnet': '{}'}))).toMatchObject([
			{code: 'JsonnetNotSupported', message: expect.stringContaining('b.jsonnet')},
		]);
	});
});

describe('links', () => {
	test('lead to files of the repository', async () => {
		const result = await render({
			'shared/a.yaml': configMap('a'),
			'shared/link': {link: '../other'},
			'other/b.yaml': configMap('b'),
			'app/a.yaml': {link: '../shared/a.yaml'},
			'app/b.yaml': {link: '../shared/link/b.yaml'},
		});
		expect(manifestsOf(result).map(({object, origin}) => [object.metadata.name, origin.file])).toEqual([
			['a', 'app/a.yaml'],
			['b', 'app/b.yaml'],
		]);
	});

	test.each([
		['out of the repository', '../../etc/passwd', 'PathOutsideRepository'],
		['to an absolute path', '/etc/passwd', 'PathOutsideRepository'],
		['to itself', 'a.yaml', 'PathOutsideRepository'],
		['to nothing', 'nothing.yaml', 'FileMissing'],
		['to a folder', '../other', 'FileMissing'],
	])('%s are refused', async (_title, link, code) => {
		const result = await render({'app/a.yaml': {link}, 'other/b.yaml': configMap('b')});
		expect(problemsOf(result)).toMatchObject([{code, file: 'app/a.yaml'}]);
	});
});

describe('broken input', () => {
	test('every broken file is reported, with its line', async () => {
		const result = await render({
			'app/a.yaml': configMap('a'),
			'app/b.yaml': 'a: 1\nb: [\n',
			'app/c.yaml': `${configMap('c')}---\nkind: Service\n---\n"open\n`,
			'app/d.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {}\n',
			'app/e.json': '{"apiVersion": "v1",\n"kind" ]',
			'app/f.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
		});
		expect(problemsOf(result).map(({code, file, line}) => [code, file, line])).toEqual([
			['YamlInvalid', 'app/b.yaml', 2],
			['YamlInvalid', 'app/c.yaml', 10],
			['ManifestInvalid', 'app/c.yaml', 8],
			['ManifestInvalid', 'app/d.yaml', 1],
			['YamlInvalid', 'app/e.json', 2],
			['EncodingInvalid', 'app/f.yaml', 1],
		]);
	});

	test('UTF-16 is read, as kubectl reads it', async () => {
		const text = Buffer.from(`\ufeff${configMap('a')}`, 'utf16le');
		expect(namesOf(await render({'app/a.yaml': text}))).toEqual(['ConfigMap/a']);
		expect(namesOf(await render({'app/a.yaml': Buffer.from(text).swap16()}))).toEqual(['ConfigMap/a']);
	});

	test('a file beyond the limit is not even read', async () => {
		const tree = memoryTree({'app/a.yaml': configMap('a'), 'app/b.yaml': '#'.repeat(2_000)});
		const result = await createRenderer({limits: {fileBytes: 1_000}}).render(request(tree, 'app', directory()));
		expect(problemsOf(result)).toMatchObject([{code: 'FileTooLarge', file: 'app/b.yaml'}]);
		expect(tree.reads).toEqual([]);
	});

	test.each([
		['bytes', {applicationBytes: 100}],
		['files', {objects: 1}],
	])('an application beyond its %s is refused', async (_title, limits) => {
		const files = {'app/a.yaml': configMap('a'), 'app/b.yaml': configMap('b')};
		expect(problemsOf(await render(files, directory(), 'app', limits))).toMatchObject([{code: 'ApplicationTooLarge'}]);
	});

	test('objects of a list count', async () => {
		const items = Array.from({length: 11}, (_, index) => `{apiVersion: v1, kind: Pod, metadata: {name: p${index}}}`);
		const list = `apiVersion: v1\nkind: List\nitems: [${items.join(', ')}]\n`;
		expect(problemsOf(await render({'app/a.yaml': list}, directory(), 'app', {objects: 10}))).toMatchObject([
			{code: 'ApplicationTooLarge', message: expect.stringContaining('11 objects')},
		]);
	});

	test('a flood of problems is counted, not listed', async () => {
		const broken = 'a: [\n---\n'.repeat(500);
		const problems = problemsOf(await render({'app/a.yaml': broken}));
		expect(problems).toHaveLength(101);
		expect(problems.at(-1)).toMatchObject({code: 'MoreProblems', message: expect.stringContaining('400')});
	});
});

test('objects know their file and line', async () => {
	const result = await render({'app/a.yaml': `# head\n${configMap('a')}---\n\n${configMap('b')}`});
	expect(manifestsOf(result).map(({origin}) => origin)).toEqual([
		{file: 'app/a.yaml', line: 2},
		{file: 'app/a.yaml', line: 10},
	]);
});

test('two files with the same content give two objects', async () => {
	const [one, other] = manifestsOf(await render({'app/a.yaml': configMap('a'), 'app/b.yaml': configMap('a')}));
	expect(one!.object).toEqual(other!.object);
	expect(one!.object).not.toBe(other!.object);
	expect(one!.object.metadata).not.toBe(other!.object.metadata);
});
