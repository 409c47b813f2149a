import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {RenderRequest} from '../../../source/model/ports/render.ts';
import {createRenderer} from '../../../source/render/renderer.ts';
import {type Entry, memoryTree} from '../tools/memory-tree.ts';
import {realProgram} from '../tools/programs.ts';
import {helm, manifestsOf, namesOf, problemsOf, request} from '../tools/requests.ts';

let temporaryDirectory = '';
beforeAll(() => {
	temporaryDirectory = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
});
afterAll(() => rmSync(temporaryDirectory, {recursive: true, force: true}));

const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-config
  namespace: {{ .Release.Namespace }}
data:
  color: {{ .Values.color | quote }}
  size: {{ .Values.size | quote }}
  list: {{ .Values.list | toJson | squote }}
  version: {{ .Capabilities.KubeVersion.Version }}
  widget: {{ .Capabilities.APIVersions.Has "example.com/v1/Widget" | quote }}
  widgets: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}
  found: {{ lookup "v1" "Secret" "default" "x" | toJson | squote }}
`;

const files: Record<string, Entry> = {
	'charts/shop/Chart.yaml': 'apiVersion: v2\nname: mychart\nversion: 0.1.0\n',
	'charts/shop/values.yaml': 'color: red\nsize: 1\nlist: []\n',
	'charts/shop/templates/config.yaml': template,
	'charts/shop/templates/NOTES.txt': 'thank you for {{ .Release.Name }}\n',
	'charts/shop/templates/tests/test.yaml':
		'apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n  annotations: {helm.sh/hook: test}\n',
	'charts/shop/templates/hook.yaml':
		'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations: {helm.sh/hook: pre-upgrade}\n',
	'charts/shop/crds/widget.yaml': ['widgets', 'gadgets']
		.map(
			name =>
				`apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${name}.example.com}\n`,
		)
		.join('---\n'),
	'charts/shop/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
	'charts/shop/charts/sub/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sub}\n',
	'charts/shop/prod.yaml': 'color: blue\n',
	'env/size.yaml': 'size: 12\ncolor: green\n',
};

const path = 'charts/shop';
const config = 'ConfigMap/shop-config';

describe.each(['helm', 'helm3'] as const)('%s', name => {
	const program = realProgram(name);
	const renderer = () => createRenderer({...(program && {helm: program}), temporaryDirectory});
	const render = (changes: Record<string, Entry> = {}, parameters = helm(), requested: Partial<RenderRequest> = {}) =>
		renderer().render(request(memoryTree({...files, ...changes}), path, parameters, requested));
	const dataOf = async (parameters = helm(), requested: Partial<RenderRequest> = {}) => {
		const manifests = manifestsOf(await render({}, parameters, requested));
		return manifests.find(({object}) => object.metadata.name.endsWith('-config'))?.object.data;
	};

	describe.skipIf(!program)('with the real program', () => {
		test('renders a chart, each object with its template', async () => {
			const manifests = manifestsOf(await render());
			const places = Object.fromEntries(
				manifests.map(({object, origin}) => [`${object.kind}/${object.metadata.name}`, origin]),
			);
			expect(places).toEqual({
				'CustomResourceDefinition/widgets.example.com': {file: 'charts/shop/crds/widget.yaml'},
				'CustomResourceDefinition/gadgets.example.com': {file: 'charts/shop/crds/widget.yaml'},
				'ConfigMap/sub': {file: 'charts/shop/charts/sub/templates/a.yaml'},
				'ConfigMap/shop-config': {file: 'charts/shop/templates/config.yaml'},
				'Job/migrate': {file: 'charts/shop/templates/hook.yaml'},
			});
		});

		test('tells the chart of its release and its cluster', async () => {
			expect(await dataOf(helm(), {apiVersions: ['example.com/v1/Widget'], kubernetesVersion: 'v1.30.2+k3s1'})).toEqual(
				{
					color: 'red',
					size: '1',
					list: '[]',
					version: expect.stringMatching(/^v1\.30\.2/),
					widget: 'true',
					widgets: 'true',
					found: '{}',
				},
			);
			const [manifest] = manifestsOf(await render({}, helm({releaseName: 'other'}))).filter(
				({object}) => object.metadata.name === 'other-config',
			);
			expect(manifest?.object.metadata.namespace).toBe('shop-prod');
		});

		test('value files, values and parameters, the later wins', async () => {
			const valueFiles = ['prod.yaml', '../../env/size.yaml'];
			expect(await dataOf(helm({valueFiles}))).toMatchObject({color: 'green', size: '12'});
			expect(await dataOf(helm({valueFiles: [...valueFiles].reverse()}))).toMatchObject({color: 'blue'});
			const values = {color: 'black', list: ['a', 1]};
			expect(await dataOf(helm({valueFiles, values}))).toMatchObject({color: 'black', list: '["a",1]'});
			const parameters = [
				{name: 'color', value: 'a,b=c', forceString: false},
				{name: 'size', value: '007', forceString: true},
				{name: 'list', value: '{x,y}', forceString: false},
			];
			expect(await dataOf(helm({valueFiles, values, parameters}))).toMatchObject({
				color: 'a,b=c',
				size: '007',
				list: '["x","y"]',
			});
		});

		test('definitions and tests can be left out or in', async () => {
			expect(namesOf(await render({}, helm({skipCRDs: true}))).filter(entry => entry.startsWith('Custom'))).toEqual([]);
			expect(namesOf(await render({}, helm({skipTests: false})))).toContain('Pod/test');
		});

		test('a chart at the root of the repository', async () => {
			const tree = memoryTree(
				Object.fromEntries(Object.entries(files).map(([file, entry]) => [file.replace('charts/shop/', ''), entry])),
			);
			expect(namesOf(await renderer().render(request(tree, '')))).toContain(config);
		});

		test('a link to another folder of the repository is followed', async () => {
			const changes = {
				'charts/shop/charts/lib': {link: '../../../lib'},
				'lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\n',
				'lib/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lib}\n',
			};
			expect(namesOf(await render(changes))).toContain('ConfigMap/lib');
		});

		test('keys that stand twice are taken as Kubernetes takes them, and told', async () => {
			const result = await render({
				'charts/shop/templates/twice.yaml':
					'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice}\ndata:\n  a: one\n  a: two\n',
			});
			const twice = manifestsOf(result).find(({object}) => object.metadata.name === 'twice');
			expect(twice?.object.data).toEqual({a: 'two'});
			expect(result.ok && result.notices).toMatchObject([
				{code: 'YamlDuplicateKey', file: 'charts/shop/templates/twice.yaml'},
			]);
		});

		test.each<[string, Record<string, Entry>, ReturnType<typeof helm>, object]>([
			[
				'a value that is not there',
				{'charts/shop/templates/bad.yaml': 'a: 1\nb: {{ .Values.x.y }}\n'},
				helm(),
				{code: 'HelmFailed', file: 'charts/shop/templates/bad.yaml', line: 2},
			],
			[
				'a template that is none',
				{'charts/shop/templates/bad.yaml': 'a: 1\nb: {{ nope }}\n'},
				helm(),
				{code: 'HelmFailed', file: 'charts/shop/templates/bad.yaml', line: 2},
			],
			[
				'rendered text that is not YAML',
				{'charts/shop/templates/bad.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n   y: 1\n'},
				helm(),
				{code: 'HelmFailed', file: 'charts/shop/templates/bad.yaml', message: expect.stringContaining('line 5')},
			],
			[
				'an object without a name',
				{'charts/shop/templates/bad.yaml': 'apiVersion: v1\nkind: Pod\n'},
				helm(),
				{code: 'ManifestInvalid', file: 'charts/shop/templates/bad.yaml', object: 'Pod'},
			],
			[
				'a broken value file',
				{'env/size.yaml': 'a: 1\nb: [\n'},
				helm({valueFiles: ['../../env/size.yaml']}),
				{code: 'HelmFailed', file: 'env/size.yaml'},
			],
			[
				'values that do not fit the schema',
				{'charts/shop/values.schema.json': '{"properties": {"size": {"type": "string"}}}'},
				helm(),
				{code: 'ValuesInvalid', file: 'charts/shop/values.schema.json', message: expect.stringContaining('size')},
			],
			[
				'a cluster that does not fit',
				{'charts/shop/Chart.yaml': 'apiVersion: v2\nname: mychart\nversion: 0.1.0\nkubeVersion: ">=1.99"\n'},
				helm(),
				{code: 'KubernetesVersionUnfit', file: 'charts/shop/Chart.yaml'},
			],
		])('says where it failed: %s', async (_title, changes, parameters, expected) => {
			const problems = problemsOf(await render(changes, parameters));
			expect(problems).toMatchObject([expected]);
			expect(JSON.stringify(problems)).not.toContain('holdfast-render');
		});

		test('a value that does not match its schema is not shown', async () => {
			const schema = '{"properties": {"color": {"pattern": "^#"}, "size": {"format": "email", "type": "string"}}}';
			const values = {color: "can'ary", size: 'canary'};
			const problems = problemsOf(await render({'charts/shop/values.schema.json': schema}, helm({values})));
			expect(problems).toMatchObject([
				{code: 'ValuesInvalid', message: expect.stringContaining('(redacted) does not match')},
			]);
			expect(JSON.stringify(problems)).not.toContain('ary');
		});

		test('what templates may not do, they cannot', async () => {
			const secrets = '{{ env "HOME" }}';
			expect(problemsOf(await render({'charts/shop/templates/bad.yaml': secrets}))[0]?.message).toContain('"env"');
			const outside =
				'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: out}\ndata: {a: {{ .Files.Get "../../env/size.yaml" | quote }}}\n';
			const manifests = manifestsOf(await render({'charts/shop/templates/out.yaml': outside}));
			expect(manifests.find(({object}) => object.metadata.name === 'out')?.object.data).toEqual({a: ''});
		});

		test('a template without end is stopped', async () => {
			const endless = '{{ range $i := until 100000000 }}{{ range $j := until 1000000 }}{{ end }}{{ end }}';
			const tree = memoryTree({...files, 'charts/shop/templates/bad.yaml': endless});
			const limited = createRenderer({helm: program!, temporaryDirectory, limits: {timeoutMilliseconds: 1_500}});
			expect(problemsOf(await limited.render(request(tree, path)))).toMatchObject([{code: 'RenderTimeout'}]);
		});

		test('output without end is stopped', async () => {
			const limited = createRenderer({helm: program!, temporaryDirectory, limits: {outputBytes: 1_000}});
			const big = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {a: {{ repeat 5000 "x" | quote }}}\n`;
			const tree = memoryTree({...files, 'charts/shop/templates/big.yaml': big});
			expect(problemsOf(await limited.render(request(tree, path)))).toMatchObject([{code: 'RenderTooLarge'}]);
		});

		test('what costs a render', async () => {
			const one = renderer();
			const ask = (changes: Record<string, Entry> = {}, requested: Partial<RenderRequest> = {}) =>
				one.render(
					request(memoryTree({...files, ...changes}), path, helm({valueFiles: ['../../env/size.yaml']}), requested),
				);
			await ask();
			expect(one.counters).toEqual({renders: 1, cacheHits: 0});
			await ask({'other/a.yaml': 'a: 1', 'env/other.yaml': 'a: 1'});
			expect(one.counters).toEqual({renders: 1, cacheHits: 1});
			const changes: [Record<string, Entry>, Partial<RenderRequest>][] = [
				[{'charts/shop/templates/config.yaml': `${template}# changed\n`}, {}],
				[{'env/size.yaml': 'size: 3\n'}, {}],
				[{}, {namespace: 'elsewhere'}],
				[{}, {application: 'other'}],
				[{}, {kubernetesVersion: 'v1.35.0'}],
				[{}, {apiVersions: ['example.com/v1/Widget']}],
			];
			for (const [index, [change, requested]] of changes.entries()) {
				await ask(change, requested);
				expect(one.counters).toEqual({renders: index + 2, cacheHits: 1});
			}
		});
	});

	describe('is not even run', () => {
		test('when a dependency is not vendored', async () => {
			const dependencies = [
				'dependencies:',
				'- {name: sub, version: 1.x, repository: "https://example.com"}',
				'- {name: wordpress, version: 9.0.3, repository: "https://user:secret@charts.example.com/stable"}',
				'- {name: packed, version: ~2, repository: "file://../packed", condition: packed.enabled}',
				'- {name: local, version: 1.0.0, repository: "file://../local"}',
			].join('\n');
			const result = await render({
				'charts/shop/Chart.yaml': `apiVersion: v2\nname: mychart\nversion: 0.1.0\n${dependencies}\n`,
				'charts/shop/charts/packed-2.0.1.tgz': 'archive',
			});
			expect(problemsOf(result)).toEqual([
				{
					code: 'ChartDependencyMissing',
					message:
						'the chart needs wordpress 9.0.3 from https://charts.example.com/stable, which is not in its charts/ folder',
					file: 'charts/shop/Chart.yaml',
					hint: expect.stringContaining('helm dependency build'),
				},
				expect.objectContaining({message: expect.stringContaining('local 1.0.0 from file://../local')}),
			]);
		});

		test('when requirements.yaml of an old chart names what is missing', async () => {
			const result = await render({
				'charts/shop/Chart.yaml': 'apiVersion: v1\nname: mychart\nversion: 0.1.0\n',
				'charts/shop/requirements.yaml': 'dependencies:\n- name: redis\n  version: 1.0.0\n  repository: "@stable"\n',
			});
			expect(problemsOf(result)).toMatchObject([
				{
					code: 'ChartDependencyMissing',
					file: 'charts/shop/requirements.yaml',
					message: expect.stringContaining('redis'),
				},
			]);
		});

		test.each<[string, string, string, string]>([
			['an absolute path', '/etc/passwd', 'ValueFileRefused', 'absolute'],
			['a way out of the repository', '../../../../etc/passwd', 'ValueFileRefused', 'leaves'],
			['a URL', 'https://example.com/values.yaml', 'ValueFileRefused', 'URL'],
			['a file URL', 'file:///etc/passwd', 'ValueFileRefused', 'URL'],
			['a plugin’s scheme', 'secrets://values.yaml', 'ValueFileRefused', 'URL'],
			['a link', 'linked.yaml', 'ValueFileRefused', 'link'],
			['a link out of the repository', 'passwd.yaml', 'ValueFileRefused', 'link'],
			['a file behind a link', 'folder/size.yaml', 'ValueFileRefused', 'link'],
			['another source', '$values/a.yaml', 'ValueFileNotSupported', 'another source'],
			['a missing file', 'nope.yaml', 'ValueFileMissing', 'does not exist'],
			['a folder', 'templates', 'ValueFileMissing', 'not a file'],
		])('for a value file that is %s', async (_title, file, code, word) => {
			const changes: Record<string, Entry> = {
				'elsewhere/linked.yaml': 'color: gold\n',
				'charts/shop/linked.yaml': {link: '../../elsewhere/linked.yaml'},
				'charts/shop/passwd.yaml': {link: '/etc/passwd'},
				'charts/shop/folder': {link: '../../env'},
			};
			const problems = problemsOf(await render(changes, helm({valueFiles: [file]})));
			expect(problems).toMatchObject([{code, message: expect.stringContaining(word)}]);
		});

		test('for a release name that helm refuses', async () => {
			const long = 'a'.repeat(60);
			expect(problemsOf(await render({}, helm(), {application: long}))).toMatchObject([
				{code: 'ReleaseNameInvalid', hint: expect.stringContaining('releaseName')},
			]);
			expect(problemsOf(await render({}, helm({releaseName: '--debug'})))).toMatchObject([
				{code: 'ReleaseNameInvalid'},
			]);
		});

		test.skipIf(!program)('for a chart with a link out of the repository', async () => {
			const result = await render({'charts/shop/Chart.lock': {link: '/etc/passwd'}});
			expect(problemsOf(result)).toMatchObject([{code: 'PathOutsideRepository', file: 'charts/shop/Chart.lock'}]);
		});

		test('for a folder without chart, or with a broken one', async () => {
			const tree = memoryTree({'app/values.yaml': 'a: 1'});
			expect(problemsOf(await renderer().render(request(tree, 'app', helm())))).toMatchObject([{code: 'ChartMissing'}]);
			expect(problemsOf(await render({'charts/shop/Chart.yaml': 'name: [\n'}))).toMatchObject([
				{code: 'YamlInvalid', file: 'charts/shop/Chart.yaml', line: 1},
			]);
		});
	});

	test.skipIf(!program)('missing value files may be ignored', async () => {
		expect(await dataOf(helm({valueFiles: ['nope.yaml', 'prod.yaml'], ignoreMissingValueFiles: true}))).toMatchObject({
			color: 'blue',
		});
	});

	test('nothing is left on disk', () => {
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});
});
