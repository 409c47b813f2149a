import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createRenderer} from '../../../source/render/renderer.ts';
import {type Entry, memoryTree} from '../tools/memory-tree.ts';
import {realProgram} from '../tools/programs.ts';
import {configMap, kustomize, manifestsOf, namesOf, problemsOf, request} from '../tools/requests.ts';

const program = realProgram('kustomize');
let temporaryDirectory = '';
beforeAll(() => {
	temporaryDirectory = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
});
afterAll(() => rmSync(temporaryDirectory, {recursive: true, force: true}));

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.0"}]}
`;

const files: Record<string, Entry> = {
	'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n- name: config\n  files: [app.properties]\n',
	'base/web.yaml': deployment,
	'base/app.properties': 'a=1\n',
	'base/unused.yaml': configMap('unused'),
	'app/kustomization.yaml':
		'namePrefix: prod-\nresources:\n- ../base\n- extra.yaml\nimages:\n- {name: nginx, newName: my/nginx, newTag: "2"}\n',
	'app/extra.yaml': configMap('extra', 'port: "080"'),
};

const renderer = () => createRenderer({...(program && {kustomize: program}), temporaryDirectory});
const render = (entries: Record<string, Entry>, parameters = kustomize(), path = 'app') =>
	renderer().render(request(memoryTree(entries), path, parameters));

describe.skipIf(!program)('kustomize', () => {
	test('renders a base and an overlay, each object with the file it came from', async () => {
		const manifests = manifestsOf(await render(files));
		expect(
			manifests.map(({object, origin}) => [
				`${object.kind}/${object.metadata.name.replace(/-[a-z0-9]{10}$/, '-HASH')}`,
				origin,
			]),
		).toEqual([
			['ConfigMap/prod-config-HASH', {file: 'base/kustomization.yaml'}],
			['ConfigMap/prod-extra', {file: 'app/extra.yaml'}],
			['Deployment/prod-web', {file: 'base/web.yaml'}],
		]);
		expect(JSON.stringify(manifests)).not.toContain('config.kubernetes.io/origin');
		expect(manifests[1]?.object).toEqual({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'prod-extra'},
			data: {port: '080'},
		});
	});

	test('keeps the origin annotation of those who ask for it', async () => {
		const entries = {
			...files,
			'app/kustomization.yaml': 'resources: [extra.yaml]\nbuildMetadata: [originAnnotations]\n',
		};
		expect(manifestsOf(await render(entries))[0]?.object.metadata.annotations).toEqual({
			'config.kubernetes.io/origin': 'path: extra.yaml\n',
		});
	});

	test('lays parameters over the file itself, as kustomize edit does', async () => {
		const parameters = kustomize({
			namePrefix: 'test-',
			nameSuffix: '-x',
			namespace: 'shop',
			images: ['nginx=other/nginx:3'],
			commonLabels: {team: 'red'},
			commonAnnotations: {owner: 'ana'},
			patches: [{target: {kind: 'Deployment'}, patch: '[{"op": "add", "path": "/spec/replicas", "value": 3}]'}],
		});
		const web = manifestsOf(await render(files, parameters)).find(({object}) => object.kind === 'Deployment')?.object;
		expect(web).toMatchObject({
			metadata: {name: 'test-web-x', namespace: 'shop', labels: {team: 'red'}, annotations: {owner: 'ana'}},
			spec: {
				replicas: 3,
				selector: {matchLabels: {app: 'web', team: 'red'}},
				template: {
					metadata: {labels: {app: 'web', team: 'red'}, annotations: {owner: 'ana'}},
					spec: {containers: [{image: 'other/nginx:3'}]},
				},
			},
		});
	});

	test('components of the application are applied', async () => {
		const entries = {
			...files,
			'components/replicas/kustomization.yaml':
				'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
			'components/replicas/p.yaml': '[{"op": "add", "path": "/spec/replicas", "value": 7}]',
		};
		const result = await render(entries, kustomize({components: ['../components/replicas']}));
		expect(manifestsOf(result).find(({object}) => object.kind === 'Deployment')?.object.spec).toMatchObject({
			replicas: 7,
		});
	});

	test('a kustomization may be a link to another', async () => {
		const entries = {
			...files,
			'linked/kustomization.yaml': {link: '../app/kustomization.yaml'},
			'linked/extra.yaml': configMap('own'),
		};
		const result = await render(entries, kustomize(), 'linked');
		expect(namesOf(result).map(name => name.replace(/-[a-z0-9]{10}$/, ''))).toEqual([
			'ConfigMap/prod-config',
			'ConfigMap/prod-own',
			'Deployment/prod-web',
		]);
	});

	describe('Flux', () => {
		const flux = kustomize({generateWhenMissing: true, commonLabels: {team: 'red'}, commonAnnotations: {owner: 'ana'}});

		test('generates a missing kustomization, and labels no selector', async () => {
			const entries = {'app/web.yaml': deployment, 'app/deep/a.yaml': configMap('a'), 'app/notes.txt': ''};
			const result = await render(entries, flux);
			expect(namesOf(result)).toEqual(['ConfigMap/a', 'Deployment/web']);
			const web = manifestsOf(result)[1]!;
			expect(web.origin).toEqual({file: 'app/web.yaml'});
			expect(web.object).toMatchObject({
				metadata: {labels: {team: 'red'}, annotations: {owner: 'ana'}},
				spec: {selector: {matchLabels: {app: 'web'}}, template: {metadata: {labels: {app: 'web'}}}},
			});
			expect(JSON.stringify(web.object.spec)).not.toContain('red');
		});

		test('an empty folder is not an error', async () => {
			const result = await render({'app/notes.txt': ''}, flux);
			expect(result).toMatchObject({ok: true, manifests: [], notices: [{code: 'NoManifests'}]});
		});

		test('uses the kustomization that is there', async () => {
			expect(namesOf(await render(files, kustomize({generateWhenMissing: true})))).toHaveLength(3);
		});
	});

	describe('what is refused, with its line', () => {
		test.each<[string, string, string, number | undefined]>([
			['a remote base', 'resources:\n- extra.yaml\n- https://example.com/base\n', 'RemoteBase', 3],
			['a remote base in words', 'resources:\n- github.com/org/repo//deploy?ref=v1\n', 'RemoteBase', 2],
			['a remote patch', 'resources: [extra.yaml]\npatches:\n- path: http://127.0.0.1/p.yaml\n', 'RemoteBase', 3],
			['a path out of the repository', 'resources:\n- ../../etc\n', 'PathOutsideRepository', 2],
			['an absolute path', 'resources:\n- /etc/passwd\n', 'PathOutsideRepository', 2],
			['a link out of the repository', 'resources:\n- passwd.yaml\n', 'PathOutsideRepository', 2],
			['a missing file', '# resources: nope.yaml\nresources:\n- nope.yaml\n', 'FileMissing', 3],
			['a missing base', 'bases:\n- ../nope\n', 'FileMissing', 2],
			['a submodule', 'resources:\n- module\n', 'FileMissing', 2],
			['a folder without kustomization', 'resources:\n- plain\n', 'KustomizationMissing', 2],
			['a file of another folder', 'resources:\n- ../base/web.yaml\n', 'PathOutsideKustomization', 2],
			[
				'a generated file of another folder',
				'secretGenerator:\n- name: x\n  files: [../base/app.properties]\n',
				'PathOutsideKustomization',
				3,
			],
			['helm', 'resources: [extra.yaml]\nhelmCharts:\n- name: x\n', 'KustomizeHelmNotSupported', 2],
			['broken YAML', 'resources: [\n', 'YamlInvalid', 1],
			['a list', '- extra.yaml\n', 'KustomizationInvalid', undefined],
		])('%s', async (_title, kustomization, code, line) => {
			const entries: Record<string, Entry> = {
				...files,
				'app/kustomization.yaml': kustomization,
				'app/passwd.yaml': {link: '../../etc/passwd'},
				'app/module': {submodule: true},
				'app/plain/a.yaml': configMap('a'),
			};
			const [problem, ...others] = problemsOf(await render(entries));
			expect(others).toEqual([]);
			expect(problem).toMatchObject({code, file: 'app/kustomization.yaml'});
			expect(problem?.line).toBe(line);
		});

		test('also in a base of a base, and all at once', async () => {
			const entries = {
				...files,
				'app/kustomization.yaml': 'resources:\n- ../base\n- nope.yaml\n',
				'base/kustomization.yaml': 'resources:\n- ../deeper\n',
				'deeper/kustomization.yaml': 'components:\n- https://example.com/x.git\n',
			};
			expect(problemsOf(await render(entries)).map(({code, file, line}) => [code, file, line])).toEqual([
				['FileMissing', 'app/kustomization.yaml', 3],
				['RemoteBase', 'deeper/kustomization.yaml', 2],
			]);
		});

		test.each<[string, Record<string, Entry>, string, number]>([
			[
				'in a file',
				{
					'app/kustomization.yaml': 'resources: [extra.yaml]\ntransformers: [plugin.yaml]\n',
					'app/plugin.yaml':
						'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: http://127.0.0.1:9/p.yaml\n',
				},
				'app/plugin.yaml',
				4,
			],
			[
				'in the kustomization',
				{
					'app/kustomization.yaml':
						'resources: [extra.yaml]\ngenerators:\n- |-\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  metadata: {name: x}\n  files: ["a=http://127.0.0.1:9/x"]\n',
				},
				'app/kustomization.yaml',
				7,
			],
			[
				'in a kustomization of plugins that is also a base',
				{
					'app/kustomization.yaml': 'resources: [../plugins]\nvalidators: [../plugins]\n',
					'plugins/kustomization.yaml': 'resources: [plugin.yaml]\n',
					'plugins/plugin.yaml':
						'apiVersion: builtin\nkind: ReplacementTransformer\nmetadata: {name: x}\nreplacements:\n- path: https://example.com/r.yaml\n',
				},
				'plugins/plugin.yaml',
				5,
			],
		])('a plugin that names something remote: %s', async (_title, changes, file, line) => {
			expect(problemsOf(await render({...files, ...changes}))).toMatchObject([{code: 'RemoteBase', file, line}]);
		});

		test('a folder named like a host is not fetched either', async () => {
			const entries = {
				'app/kustomization.yaml': 'resources:\n- github.com/org/repo\n',
				'app/github.com/org/repo/kustomization.yaml': 'resources: []\n',
			};
			expect(problemsOf(await render(entries))).toMatchObject([{code: 'RemoteBase', line: 2}]);
		});

		test('a folder without kustomization, and one with two', async () => {
			expect(problemsOf(await render({'app/a.yaml': configMap('a')}))).toMatchObject([{code: 'KustomizationMissing'}]);
			expect(problemsOf(await render({...files, 'app/Kustomization': ''}))).toMatchObject([
				{code: 'KustomizationInvalid', file: 'app/Kustomization'},
			]);
		});

		test('plugins and functions do not run', async () => {
			const entries = {
				...files,
				'app/kustomization.yaml': 'resources: [extra.yaml]\ngenerators: [plugin.yaml]\n',
				'app/plugin.yaml':
					'apiVersion: example.com/v1\nkind: Evil\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: "exec: {path: ./evil.sh}"\n',
				'app/evil.sh': '#!/bin/sh\ntouch /tmp/evil\n',
			};
			expect(problemsOf(await render(entries))).toMatchObject([{code: 'KustomizeFailed'}]);
		});
	});

	describe('what kustomize itself refuses', () => {
		test('broken manifests are all named, with the lines of our own reader', async () => {
			const entries = {
				...files,
				'app/kustomization.yaml': 'resources: [a.yaml, ../base, b.yaml]\n',
				'app/a.yaml': `${configMap('a')}---\nx: [\n`,
				'app/b.yaml': 'a: 1\n  b: 2\n',
				'base/web.yaml': `${deployment}---\nx: "\n`,
			};
			const problems = problemsOf(await render(entries));
			expect(problems.map(({code, file, line}) => [code, file, line])).toEqual([
				['YamlInvalid', 'app/a.yaml', 8],
				['YamlInvalid', 'app/b.yaml', 1],
				['YamlInvalid', 'base/web.yaml', 10],
			]);
		});

		test.each<[string, Record<string, Entry>, string, RegExp]>([
			[
				'an unknown field',
				{'app/kustomization.yaml': 'resource: [extra.yaml]\n'},
				'app/kustomization.yaml',
				/unknown field "resource"/,
			],
			[
				'an object without a name',
				{'app/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\n'},
				'app/extra.yaml',
				/^missing metadata\.name/,
			],
			[
				'one object twice',
				{
					'app/kustomization.yaml': 'resources: [../base, ../copy]\n',
					'copy/kustomization.yaml': 'resources: [web.yaml]',
					'copy/web.yaml': deployment,
				},
				'copy/kustomization.yaml',
				/^may not add resource with an already registered id: Deployment/,
			],
			[
				'a patch without target',
				{
					'app/kustomization.yaml':
						'resources: [extra.yaml]\npatches:\n- patch: "{apiVersion: v1, kind: Pod, metadata: {name: x}}"\n',
				},
				'app/kustomization.yaml',
				/no matches for Id Pod/,
			],
		])('%s', async (_title, changes, file, message) => {
			const [problem, ...others] = problemsOf(await render({...files, ...changes}));
			expect(others).toEqual([]);
			expect(problem).toMatchObject({code: 'KustomizeFailed', file, message: expect.stringMatching(message)});
			expect(problem?.message).not.toContain(temporaryDirectory);
			expect(problem?.message).not.toContain('holdfast-render');
		});

		const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
		test.each<[string, Record<string, Entry>, string, number | undefined, RegExp]>([
			[
				'an unknown field of a base',
				{'base/kustomization.yaml': 'resources: [../deep]\n', 'deep/kustomization.yaml': '# resource\nresource: [x]\n'},
				'deep/kustomization.yaml',
				2,
				/^invalid Kustomization: json: unknown field "resource"$/,
			],
			[
				'an object without a name in a base',
				{'base/kustomization.yaml': 'resources: [x.yaml]\n', 'base/x.yaml': 'apiVersion: v1\nkind: ConfigMap\n'},
				'base/x.yaml',
				undefined,
				/^missing metadata\.name/,
			],
			[
				'a patch of a component that is none',
				{
					'app/kustomization.yaml': 'resources: [extra.yaml]\ncomponents: [../part]\n',
					'part/kustomization.yaml': `${component}patches:\n- {patch: "[{op: add, path: /data/x, value: canary}]", target: {kind: ConfigMap}}\n`,
				},
				'part/kustomization.yaml',
				undefined,
				/^PatchTransformer: unable to parse SM or JSON patch from its text$/,
			],
			[
				'an object of a component that is there already',
				{
					'app/kustomization.yaml': 'resources: [extra.yaml]\ncomponents: [../part]\n',
					'part/kustomization.yaml': `${component}resources: [extra.yaml]\n`,
					'part/extra.yaml': configMap('extra'),
				},
				'part/extra.yaml',
				undefined,
				/^may not add resource with an already registered id: ConfigMap[^']*$/,
			],
			[
				'a literal that is none',
				{'base/kustomization.yaml': 'secretGenerator:\n- {name: x, literals: [canary]}\n'},
				'base/kustomization.yaml',
				undefined,
				/invalid literal source \(redacted\), expected key=value$/,
			],
			[
				'a cycle',
				{'base/kustomization.yaml': 'resources: [../app]\n'},
				'base/kustomization.yaml',
				undefined,
				/^cycle detected/,
			],
		])('%s', async (_title, changes, file, line, message) => {
			const [problem, ...others] = problemsOf(await render({...files, ...changes}));
			expect(others).toEqual([]);
			expect(problem).toMatchObject({code: 'KustomizeFailed', file, message: expect.stringMatching(message)});
			expect(problem?.line).toBe(line);
			expect(JSON.stringify(problem)).not.toContain('canary');
		});

		test('an empty kustomization', async () => {
			for (const text of ['', '# nothing\n', 'kind: Kustomization\n']) {
				expect(problemsOf(await render({...files, 'app/kustomization.yaml': text}))).toMatchObject([
					{code: 'KustomizationInvalid', message: 'the kustomization is empty'},
				]);
			}
		});

		test('a Secret is not quoted in the message', async () => {
			const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2-canary}\n';
			const entries = {
				'app/kustomization.yaml':
					'resources: [s.yaml]\npatches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: replace, path: /nope/x, value: 1}\n',
				'app/s.yaml': secret,
			};
			const problems = problemsOf(await render(entries));
			expect(problems).toMatchObject([{code: 'KustomizeFailed'}]);
			expect(JSON.stringify(problems)).not.toContain('hunter2');
		});
	});

	describe('what costs a render', () => {
		const count = async (change: Record<string, Entry>, start = files) => {
			const one = renderer();
			await one.render(request(memoryTree(start), 'app', kustomize()));
			const tree = memoryTree({...start, ...change});
			const result = await one.render(request(tree, 'app', kustomize()));
			return {
				renders: one.counters.renders,
				hits: one.counters.cacheHits,
				reads: tree.reads,
				isCached: result.ok && result.isCached,
			};
		};
		const free = {renders: 1, hits: 1, reads: [], isCached: true};
		const paid = {renders: 2, hits: 0, isCached: false};

		test.each<[string, Record<string, Entry>, object]>([
			['another application', {'other/a.yaml': configMap('a')}, free],
			['a file in the same folder that nobody names', {'base/unused.yaml': configMap('changed')}, free],
			['a resource', {'app/extra.yaml': configMap('changed')}, paid],
			['a resource of the base', {'base/web.yaml': `${deployment}# changed\n`}, paid],
			['a generated file', {'base/app.properties': 'a=2\n'}, paid],
			['the kustomization of the base', {'base/kustomization.yaml': 'resources: [web.yaml]\n'}, paid],
		])('a change of %s', async (_title, change, expected) => {
			expect(await count(change)).toMatchObject(expected);
		});

		test('a comment in the kustomization costs reading it, no render', async () => {
			const change = {'app/kustomization.yaml': `# changed\n${files['app/kustomization.yaml']}`};
			expect(await count(change)).toEqual({renders: 1, hits: 1, reads: ['app/kustomization.yaml'], isCached: true});
		});

		test('where files name files, any change in the folder', async () => {
			const opaque = {
				...files,
				'app/kustomization.yaml': 'resources: [extra.yaml]\ntransformers: [prefix.yaml]\n',
				'app/prefix.yaml':
					'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: x-\nfieldSpecs: [{path: metadata/name}]\n',
			};
			expect(await count({'app/whatever.txt': 'changed'}, opaque)).toMatchObject(paid);
			expect(await count({'base/web.yaml': deployment.replace('1.0', '2.0')}, opaque)).toMatchObject(free);
		});

		test('where links are involved, any change at all', async () => {
			const linked = {...files, 'app/kustomization.yaml': 'resources: [../link]\n', link: {link: 'base'}};
			expect(await count({'other/a.yaml': configMap('a')}, linked)).toMatchObject(paid);
			// The link itself is read anew: a few bytes.
			expect(await count({}, linked)).toEqual({...free, reads: ['link']});
		});

		test('only what is read is checked out', async () => {
			const tree = memoryTree(files);
			await renderer().render(request(tree, 'app', kustomize()));
			expect(tree.checkouts).toEqual([['app', 'base']]);
		});
	});

	test('nothing is left on disk', () => {
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});
});
