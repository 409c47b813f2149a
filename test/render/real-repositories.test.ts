import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {createRenderer} from '../../source/render/renderer.ts';
import {treeOfFolder} from './tools/memory-tree.ts';
import {realProgram} from './tools/programs.ts';
import {directory, helm, kustomize, manifestsOf, namesOf, problemsOf, request} from './tools/requests.ts';

/** Two published repositories, beside this one; see their README. */
const repositories = fileURLToPath(new URL('../../../shared/repos/', import.meta.url));
const isThere = existsSync(repositories);
const programs = {helm: realProgram('helm'), helm3: realProgram('helm3'), kustomize: realProgram('kustomize')};
const canRun = isThere && Object.values(programs).every(Boolean);
if (!isThere)
	process.stderr.write('!!!! ../shared/repos is missing: rendering published repositories is SKIPPED !!!!\n');

const trees = new Map<string, ReturnType<typeof treeOfFolder>>();
function treeOf(repository: string) {
	const tree = trees.get(repository) ?? treeOfFolder(`${repositories}${repository}`);
	trees.set(repository, tree);
	return tree;
}

const renderer = createRenderer({...(canRun && {helm: programs.helm!, kustomize: programs.kustomize!})});
const examples = 'argocd-example-apps';

/** Top-level `kind:` lines: as many as objects, in output that has no lists. */
function countObjects(output: string): number {
	return output.match(/^kind: (?!List$)/gm)?.length ?? 0;
}

describe.skipIf(!canRun)('published repositories', () => {
	test.each<[string, string, number]>([
		[examples, 'guestbook', 2],
		[examples, 'helm-hooks', 5],
		[examples, 'sync-waves', 7],
		['podinfo', 'deploy/secure/common', 6],
		['podinfo', 'deploy/webapp/common', 5],
		['podinfo', 'deploy/webapp/frontend', 3],
	])('%s/%s: plain, %d objects', async (repository, path, count) => {
		const manifests = manifestsOf(await renderer.render(request(treeOf(repository), path)));
		expect(manifests).toHaveLength(count);
		expect(manifests.every(({origin}) => origin.file.startsWith(`${path}/`) && origin.line! > 0)).toBe(true);
	});

	test.each([
		[examples, 'kustomize-guestbook'],
		[examples, 'pre-post-sync'],
		[examples, 'sock-shop'],
		['podinfo', 'kustomize'],
		['podinfo', 'deploy/bases/backend'],
		['podinfo', 'deploy/bases/cache'],
		['podinfo', 'deploy/bases/database'],
		['podinfo', 'deploy/bases/frontend'],
		['podinfo', 'deploy/overlays/dev'],
		['podinfo', 'deploy/overlays/staging'],
		['podinfo', 'deploy/overlays/production'],
	])('%s/%s: as kustomize builds it', async (repository, path) => {
		const tree = treeOf(repository);
		const manifests = manifestsOf(await renderer.render(request(tree, path)));
		const folder = `${repositories}${repository}/${path}`;
		const output = execFileSync(programs.kustomize!, ['build', folder], {stdio: ['ignore', 'pipe', 'ignore']});
		expect(manifests.length).toBeGreaterThan(0);
		expect(manifests).toHaveLength(countObjects(output.toString('utf8')));
		expect(manifests.every(({origin}) => tree.file(origin.file) !== null)).toBe(true);
		expect(JSON.stringify(manifests)).not.toContain('config.kubernetes.io/origin');
	});

	test.each(
		(['helm', 'helm3'] as const).flatMap(name =>
			[
				[examples, 'apps'],
				[examples, 'blue-green'],
				[examples, 'helm-guestbook'],
				['podinfo', 'charts/podinfo'],
			].map(([repository, path]) => [name, repository!, path!] as const),
		),
	)('%s: %s/%s as helm templates it', async (name, repository, path) => {
		const tree = treeOf(repository);
		const versioned = createRenderer({helm: programs[name]!});
		const manifests = manifestsOf(await versioned.render(request(tree, path)));
		const chart = `${repositories}${repository}/${path}`;
		const given = ['template', 'shop', chart, '--skip-tests', '--include-crds', '--kube-version', 'v1.36.3'];
		const output = execFileSync(programs[name]!, given, {stdio: ['ignore', 'pipe', 'ignore']}).toString('utf8');
		expect(manifests.length).toBeGreaterThan(0);
		expect(manifests).toHaveLength(countObjects(output));
		expect(manifests.every(({origin}) => tree.file(origin.file) !== null)).toBe(true);
	});

	test('a chart with the values of another environment', async () => {
		const podinfo = treeOf('podinfo');
		const [plain, production] = await Promise.all(
			[helm(), helm({valueFiles: ['values-prod.yaml']})].map(parameters =>
				renderer.render(request(podinfo, 'charts/podinfo', parameters)),
			),
		);
		expect(namesOf(production!).length).toBeGreaterThan(namesOf(plain!).length);
	});

	test('what cannot be rendered says what is missing', async () => {
		const tree = treeOf(examples);
		expect(problemsOf(await renderer.render(request(tree, 'helm-dependency')))).toMatchObject([
			{
				code: 'ChartDependencyMissing',
				message: expect.stringMatching(/wordpress 9\.0\.3 from https:\/\/charts\.helm\.sh\/stable/),
			},
		]);
		for (const path of ['jsonnet-guestbook', 'jsonnet-guestbook-tla']) {
			expect(problemsOf(await renderer.render(request(tree, path)))).toMatchObject([
				{code: 'JsonnetNotSupported', message: expect.stringContaining('guestbook-ui.jsonnet')},
			]);
		}
	});

	test('a folder of folders, read through', async () => {
		const tree = treeOf('podinfo');
		const recursed = namesOf(await renderer.render(request(tree, 'deploy/webapp', directory({recurse: true}))));
		const generated = namesOf(
			await renderer.render(request(tree, 'deploy/webapp', kustomize({generateWhenMissing: true}))),
		);
		expect(recursed).toHaveLength(11);
		expect(generated.toSorted()).toEqual(recursed.toSorted());
	});
});
