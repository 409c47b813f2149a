import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {createRenderer} from '../../source/render/renderer.ts';
import {type Entry, memoryTree} from './tools/memory-tree.ts';
import {configMap, directory, helm, kustomize, manifestsOf, namesOf, problemsOf, request} from './tools/requests.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A program of our own in the place of kustomize: what is tested is how it is run. */
function fakeProgram(name: string, script: string): string {
	const path = join(folder, name);
	writeFileSync(
		path,
		`#!/bin/sh\n[ "$1" = version ] && { echo v5.0.0; exit 0; }\nGIVEN_PATH=$PATH PATH=/usr/bin:/bin; export PATH GIVEN_PATH\n${script}\n`,
	);
	chmodSync(path, 0o755);
	return path;
}

const files: Record<string, Entry> = {
	'app/kustomization.yaml': 'resources: [a.yaml]\n',
	'app/a.yaml': configMap('a'),
	'plain/a.yaml': configMap('a'),
	'plain/b.yaml': configMap('b'),
};

describe('how a folder is rendered by itself', () => {
	const missing = {helm: join(folder, 'no-helm'), kustomize: join(folder, 'no-kustomize')};
	test.each<[string, Record<string, Entry>, string]>([
		['Chart.yaml makes a chart', {'app/Chart.yaml': 'name: x'}, 'helm'],
		['kustomization.yaml makes a kustomization', {'app/kustomization.yaml': 'namePrefix: x-'}, 'kustomize'],
		['kustomization.yml too', {'app/kustomization.yml': 'namePrefix: x-'}, 'kustomize'],
		['Kustomization too', {'app/Kustomization': 'namePrefix: x-'}, 'kustomize'],
		[
			'both are a kustomization',
			{'app/Chart.yaml': 'name: x', 'app/kustomization.yaml': 'namePrefix: x-'},
			'kustomize',
		],
	])('%s', async (_title, entries, program) => {
		const problems = problemsOf(await createRenderer(missing).render(request(memoryTree(entries), 'app')));
		expect(problems).toMatchObject([{code: 'ProgramMissing', message: expect.stringContaining(`program ${program} `)}]);
		expect(problems[0]?.hint).toContain('Install');
	});

	test('everything else is a directory', async () => {
		expect(namesOf(await createRenderer(missing).render(request(memoryTree(files), 'plain')))).toHaveLength(2);
	});

	test('a program that is not on the PATH is missing, too', async () => {
		const result = await createRenderer({kustomize: 'holdfast-has-no-such-program'}).render(
			request(memoryTree(files), 'app'),
		);
		expect(problemsOf(result)).toMatchObject([{code: 'ProgramMissing'}]);
	});
});

test('parameters in the manner of Argo CD are not ignored in silence', async () => {
	const entries = {...files, 'plain/.argocd-source-shop.yaml': 'kustomize: {}', 'plain/.argocd-source-x.yaml': '{}'};
	const result = await createRenderer().render(request(memoryTree(entries), 'plain'));
	expect(namesOf(result)).toHaveLength(2);
	expect(result.ok && result.notices).toMatchObject([
		{code: 'ArgoSourceIgnored', file: 'plain/.argocd-source-shop.yaml'},
	]);
});

describe('paths', () => {
	const tree = memoryTree({
		'apps/shop/production/a.yaml': configMap('a'),
		'apps/shop/staging/a.yaml': configMap('a'),
		'apps/shop/file.yaml': configMap('a'),
		'apps/module': {submodule: true},
		'apps/link': {link: 'shop'},
	});
	const render = (path: string) => createRenderer().render(request(tree, path));

	test.each([
		['apps/shop/prodution', 'PathNotFound', 'apps/shop exists and has the folders production, staging'],
		['apps/nope/deeper/still', 'PathNotFound', 'apps exists and has the folders shop'],
		['nope', 'PathNotFound', 'The root of the repository exists and has the folders apps'],
		['apps/shop/production/x', 'PathNotFound', 'apps/shop/production exists and has no folders'],
		['apps/shop/file.yaml', 'PathNotFound', 'It is a file'],
		['apps/shop/file.yaml/x', 'PathNotFound', 'apps/shop exists'],
		['apps/module', 'PathNotFound', 'It is a submodule'],
		['apps/link', 'PathNotFound', 'It is a link'],
		['../apps', 'PathOutsideRepository', 'relative to the root'],
		['/apps', 'PathOutsideRepository', 'relative to the root'],
		['apps/../../apps', 'PathOutsideRepository', 'relative to the root'],
	])('%s', async (path, code, hint) => {
		expect(problemsOf(await render(path))).toMatchObject([{code, hint: expect.stringContaining(hint)}]);
	});

	test.each(['apps/shop/staging/', './apps/shop/staging', 'apps//shop/./staging', 'apps/shop/production/../staging'])(
		'%s is understood',
		async path => {
			expect(namesOf(await render(path))).toEqual(['ConfigMap/a']);
		},
	);
});

describe('the cache', () => {
	test('answers the same question once', async () => {
		const renderer = createRenderer();
		const first = await renderer.render(request(memoryTree(files), 'plain'));
		const second = await renderer.render(
			request(memoryTree({...files, 'other/x.yaml': 'changed'}, 'f00d'.repeat(10)), 'plain'),
		);
		expect(renderer.counters).toEqual({renders: 1, cacheHits: 1});
		expect(second).toMatchObject({ok: true, isCached: true, key: first.ok && first.key});
		expect(manifestsOf(second)).toEqual(manifestsOf(first));
	});

	test('what one reader changes, no other sees', async () => {
		const renderer = createRenderer();
		const [one, other] = await Promise.all([1, 2].map(() => renderer.render(request(memoryTree(files), 'plain'))));
		for (const result of [one!, other!]) manifestsOf(result)[0]!.object.metadata.name = 'changed';
		const third = await renderer.render(request(memoryTree(files), 'plain'));
		manifestsOf(third)[1]!.object.metadata.name = 'changed';
		const fourth = await renderer.render(request(memoryTree(files), 'plain'));
		expect(namesOf(fourth)).toEqual(['ConfigMap/a', 'ConfigMap/b']);
		expect(namesOf(other!)).toEqual(['ConfigMap/changed', 'ConfigMap/b']);
	});

	test('64-bit integers survive it', async () => {
		const renderer = createRenderer();
		const tree = memoryTree({'app/a.yaml': configMap('a', 'big: 9223372036854775807')});
		await renderer.render(request(tree, 'app'));
		const result = await renderer.render(request(tree, 'app'));
		expect(result).toMatchObject({isCached: true});
		expect(manifestsOf(result)[0]?.object.data).toEqual({big: 9223372036854775807n});
	});

	test('a commit that changes one file parses one file', async () => {
		const renderer = createRenderer();
		const many = Object.fromEntries(
			Array.from({length: 50}, (_, index) => [`app/${index}.yaml`, configMap(`c${index}`)]),
		);
		await renderer.render(request(memoryTree(many), 'app'));
		const tree = memoryTree({...many, 'app/7.yaml': configMap('changed')});
		const result = await renderer.render(request(tree, 'app'));
		expect(namesOf(result)).toContain('ConfigMap/changed');
		expect(manifestsOf(result)).toHaveLength(50);
		expect(tree.reads).toEqual(['app/7.yaml']);
		expect(renderer.counters).toEqual({renders: 2, cacheHits: 0});
	});

	test('a renamed file is another answer, but not read again', async () => {
		const renderer = createRenderer();
		await renderer.render(request(memoryTree({'app/a.yaml': configMap('a')}), 'app'));
		const tree = memoryTree({'app/b.yaml': configMap('a')});
		expect(manifestsOf(await renderer.render(request(tree, 'app')))[0]?.origin.file).toBe('app/b.yaml');
		expect(tree.reads).toEqual([]);
	});

	test('broken input is not tried again either', async () => {
		const renderer = createRenderer();
		const broken = {'app/a.yaml': 'a: [\n'};
		const first = problemsOf(await renderer.render(request(memoryTree(broken), 'app')));
		expect(problemsOf(await renderer.render(request(memoryTree(broken), 'app')))).toEqual(first);
		expect(renderer.counters).toEqual({renders: 1, cacheHits: 1});
	});

	test('keeps as many results as it is told', async () => {
		const renderer = createRenderer({cacheEntries: 2});
		const ask = (name: string) => renderer.render(request(memoryTree({'app/a.yaml': configMap(name)}), 'app'));
		for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(name);
		expect(renderer.counters).toEqual({renders: 4, cacheHits: 2});
	});

	test('plain directories know nothing of the cluster', async () => {
		const renderer = createRenderer();
		const requested = [
			{},
			{namespace: 'x'},
			{kubernetesVersion: 'v1.0.0'},
			{apiVersions: ['v1/Pod']},
			{application: 'x'},
		];
		for (const changes of requested) await renderer.render(request(memoryTree(files), 'plain', directory(), changes));
		expect(renderer.counters).toEqual({renders: 1, cacheHits: 4});
	});
});

describe('runs of a program', () => {
	const output = 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: made}\\n';
	const count = (name: string) => readdirSync(folder).filter(entry => entry.startsWith(`${name}-run`)).length;
	const temporaryDirectory = join(folder, 'tmp');

	test('the same question at the same time is one run', async () => {
		const program = fakeProgram(
			'shared',
			`mktemp ${folder}/shared-run-XXXXXX >/dev/null; sleep 0.2; printf '${output}'`,
		);
		const renderer = createRenderer({kustomize: program, temporaryDirectory});
		const results = await Promise.all(
			Array.from({length: 5}, () => renderer.render(request(memoryTree(files), 'app'))),
		);
		expect(results.map(namesOf)).toEqual(Array.from({length: 5}, () => ['ConfigMap/made']));
		expect(results.filter(result => result.ok && result.isCached)).toHaveLength(4);
		expect(renderer.counters).toEqual({renders: 1, cacheHits: 4});
		expect(count('shared')).toBe(1);
	});

	test('who gives up does not stop the others', async () => {
		const program = fakeProgram('patient', `sleep 0.3; printf '${output}'`);
		const renderer = createRenderer({kustomize: program, temporaryDirectory});
		const controller = new AbortController();
		const impatient = renderer.render(request(memoryTree(files), 'app', kustomize(), {signal: controller.signal}));
		const patient = renderer.render(request(memoryTree(files), 'app', kustomize()));
		setTimeout(() => controller.abort(), 100);
		expect(problemsOf(await impatient)).toEqual([{code: 'RenderCancelled', message: 'rendering was cancelled'}]);
		expect(namesOf(await patient)).toEqual(['ConfigMap/made']);
	});

	test('when all give up the program is stopped, and asked again later', async () => {
		const program = fakeProgram(
			'stopped',
			`sleep 0.3; printf '${output}'; mktemp ${folder}/stopped-run-XXXXXX >/dev/null`,
		);
		const renderer = createRenderer({kustomize: program, temporaryDirectory});
		const controller = new AbortController();
		const given = renderer.render(request(memoryTree(files), 'app', kustomize(), {signal: controller.signal}));
		setTimeout(() => controller.abort(), 100);
		expect(problemsOf(await given)).toMatchObject([{code: 'RenderCancelled'}]);
		expect(namesOf(await renderer.render(request(memoryTree(files), 'app', kustomize())))).toEqual(['ConfigMap/made']);
		expect(count('stopped')).toBe(1);
	});

	test('a signal that was aborted before starts nothing', async () => {
		const result = await createRenderer({temporaryDirectory}).render(
			request(memoryTree(files), 'plain', directory(), {signal: AbortSignal.abort()}),
		);
		expect(problemsOf(result)).toMatchObject([{code: 'RenderCancelled'}]);
	});

	test('at most two run at a time', async () => {
		const running = join(folder, 'running');
		mkdirSync(running);
		const program = fakeProgram(
			'queued',
			`me=$(mktemp ${running}/XXXXXX); ls ${running} | wc -l > ${folder}/queued-run-$$; sleep 0.15; rm $me; printf '${output}'`,
		);
		const renderer = createRenderer({kustomize: program, temporaryDirectory});
		const entries = Object.fromEntries(
			Array.from({length: 5}, (_, index) => [
				`app${index}/kustomization.yaml`,
				`resources: []\nnamePrefix: p${index}-\n`,
			]),
		);
		await Promise.all(
			Array.from({length: 5}, (_, index) => renderer.render(request(memoryTree(entries), `app${index}`))),
		);
		const seen = readdirSync(folder)
			.filter(name => name.startsWith('queued-run'))
			.map(name => Number(readFileSync(join(folder, name), 'utf8')));
		expect(seen).toHaveLength(5);
		expect(Math.max(...seen)).toBe(2);
	});

	test('a program sees nothing of us but its own folder', async () => {
		const program = fakeProgram(
			'curious',
			`printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: made}\\ndata:\\n'; env | sed "s/'/''/g; s/^\\([A-Za-z_]*\\)=\\(.*\\)/  \\1: '\\2'/"; printf "  MODE: '%s'\\n" $(stat -c %a "$TMPDIR/..")`,
		);
		process.env.HOLDFAST_TEST_CANARY = 'canary';
		try {
			const renderer = createRenderer({kustomize: program, temporaryDirectory});
			const data = manifestsOf(await renderer.render(request(memoryTree(files), 'app')))[0]?.object.data as Record<
				string,
				string
			>;
			expect(Object.values(data)).not.toContain('canary');
			expect(data.HOME).toMatch(/holdfast-render-\d+-\w+\/home$/);
			expect(data.KUBECONFIG?.startsWith(data.HOME!)).toBe(true);
			expect(data.GIVEN_PATH?.startsWith(data.HOME!)).toBe(true);
			expect(data.HTTPS_PROXY).toBe('http://127.0.0.1:9');
			expect(data.MODE).toBe('700');
		} finally {
			delete process.env.HOLDFAST_TEST_CANARY;
		}
	});

	test.each<[string, string, object, object]>([
		[
			'takes too long',
			'sleep 3',
			{timeoutMilliseconds: 300},
			{code: 'RenderTimeout', message: expect.stringContaining('0.3 s')},
		],
		['writes too much', 'while :; do echo xxxxxxxxxxxxxxxx; done', {outputBytes: 10_000}, {code: 'RenderTooLarge'}],
		['dies without a word', 'exit 3', {}, {code: 'ProgramFailed', message: expect.stringContaining('code 3')}],
		['is killed', 'kill -9 $$', {}, {code: 'ProgramFailed', message: expect.stringContaining('SIGKILL')}],
		[
			'speaks in escape sequences',
			"printf 'Error: \\033[31mred\\r\\033]0;x\\007' >&2; exit 1",
			{},
			{code: 'KustomizeFailed', message: expect.stringContaining('\\x1b[31mred')},
		],
		[
			'prints a token',
			"echo 'Error: token aGVsbG8gV29ybGQxMjM0NTY3ODkw is bad' >&2; exit 1",
			{},
			{code: 'KustomizeFailed', message: 'token (redacted) is bad'},
		],
		[
			'prints a Secret',
			`echo 'Error: cannot apply to {"kind":"Secret","data":{"x":"short"}}' >&2; exit 1`,
			{},
			{code: 'KustomizeFailed', message: 'cannot apply to {(redacted)'},
		],
		['writes what is not YAML', "echo 'a: ['", {}, {code: 'YamlInvalid'}],
		['writes what is not text', "printf '\\200\\201'", {}, {code: 'EncodingInvalid'}],
	])('a program that %s', async (title, script, limits, expected) => {
		const program = fakeProgram(`bad-${title.replaceAll(' ', '-')}`, script);
		const renderer = createRenderer({kustomize: program, temporaryDirectory, limits});
		const problems = problemsOf(await renderer.render(request(memoryTree(files), 'app')));
		expect(problems).toMatchObject([expected]);
		expect(JSON.stringify(problems)).not.toMatch(/\\u001b|\u001b/);
	});

	test('an upgrade is noticed', async () => {
		const program = fakeProgram('upgraded', `printf '${output}'`);
		const renderer = createRenderer({kustomize: program, temporaryDirectory});
		await renderer.render(request(memoryTree(files), 'app'));
		writeFileSync(program, `#!/bin/sh\n[ "$1" = version ] && { echo v6.0.0; exit 0; }\nprintf '${output}'\n`);
		await renderer.render(request(memoryTree(files), 'app'));
		expect(renderer.counters).toEqual({renders: 2, cacheHits: 0});
	});

	test('nothing is left on disk, also of runs that failed', () => {
		expect(readdirSync(temporaryDirectory)).toEqual([]);
	});

	test('what a killed process left behind is removed, what lives is not', async () => {
		const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
		const place = join(folder, 'stale');
		const names = [
			'holdfast-render-99999999-abc',
			'holdfast-render-99999998-new',
			`holdfast-render-${process.pid}-abc`,
			'other',
		];
		for (const name of names) {
			mkdirSync(join(place, name, 'values'), {recursive: true});
			if (!name.endsWith('new')) utimesSync(join(place, name), old, old);
		}
		await createRenderer({temporaryDirectory: place}).render(request(memoryTree(files), 'plain'));
		expect(readdirSync(place).sort()).toEqual(names.slice(1).sort());
	});

	test('a temporary folder that cannot be had is said to be it', async () => {
		const program = fakeProgram('homeless', `printf '${output}'`);
		writeFileSync(join(folder, 'file'), '');
		const renderer = createRenderer({kustomize: program, temporaryDirectory: join(folder, 'file')});
		expect(problemsOf(await renderer.render(request(memoryTree(files), 'app')))).toMatchObject([
			{code: 'TemporaryDirectoryFailed'},
		]);
	});
});

test('a tree that fails is a problem, not a crash', async () => {
	const tree = memoryTree(files);
	tree.read = async () => {
		throw new Error('git is gone');
	};
	expect(problemsOf(await createRenderer().render(request(tree, 'plain')))).toEqual([
		{code: 'RenderFailed', message: 'git is gone'},
	]);
	for (const parameters of [helm(), kustomize()]) {
		expect((await createRenderer().render(request(tree, 'app', parameters))).ok).toBe(false);
	}
});
