import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type MirroredRepository, openRepository} from '../../source/git/repository.ts';
import {createRenderer} from '../../source/render/renderer.ts';
import {realProgram} from './tools/programs.ts';
import {configMap, namesOf, problemsOf, request} from './tools/requests.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
const work = join(folder, 'work');
const helm = realProgram('helm');
const kustomize = realProgram('kustomize');

function git(...words: string[]): void {
	const environment = {...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'};
	const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com'];
	execFileSync('git', ['-C', work, ...identity, ...words], {env: environment, stdio: ['ignore', 'ignore', 'pipe']});
}

function write(path: string, content: string): void {
	mkdirSync(dirname(join(work, path)), {recursive: true});
	writeFileSync(join(work, path), content);
}

/** The fake tree of the other tests stands for this: a mirror that git made. */
describe('over a real repository', () => {
	let repository: MirroredRepository;
	const renderer = createRenderer({
		...(helm && {helm}),
		...(kustomize && {kustomize}),
		temporaryDirectory: join(folder, 'tmp'),
	});
	const render = async (path: string) => {
		const {commit} = await repository.pull({type: 'branch', value: 'main'}, {isFresh: true});
		return renderer.render(request(await repository.tree(commit), path));
	};

	beforeAll(async () => {
		mkdirSync(work);
		git('init', '-q', '-b', 'main');
		write('plain/a.yaml', configMap('a'));
		write('plain/b.yaml', configMap('b'));
		write('base/kustomization.yaml', 'resources: [c.yaml]\n');
		write('base/c.yaml', configMap('c'));
		write('overlay/kustomization.yaml', 'namePrefix: prod-\nresources: [../base]\n');
		write('chart/Chart.yaml', 'apiVersion: v2\nname: other\nversion: 0.1.0\n');
		write('chart/templates/d.yaml', configMap('{{ .Release.Name }}'));
		git('add', '-A');
		git('commit', '-q', '-m', 'first');
		repository = await openRepository({url: work, cacheDirectory: join(folder, 'cache')});
	});
	afterAll(async () => {
		await repository?.close();
		rmSync(folder, {recursive: true, force: true});
	});

	test('plain files, and only the changed one after a commit', async () => {
		expect(namesOf(await render('plain'))).toEqual(['ConfigMap/a', 'ConfigMap/b']);
		write('plain/b.yaml', configMap('changed'));
		git('commit', '-q', '-a', '-m', 'second');
		expect(namesOf(await render('plain'))).toEqual(['ConfigMap/a', 'ConfigMap/changed']);
		write('elsewhere.txt', 'x');
		git('add', '-A');
		git('commit', '-q', '-m', 'third');
		expect(await render('plain')).toMatchObject({ok: true, isCached: true});
	});

	test.skipIf(!kustomize)('a kustomization with its base', async () => {
		expect(namesOf(await render('overlay'))).toEqual(['ConfigMap/prod-c']);
	});

	test.skipIf(!helm)('a chart', async () => {
		expect(namesOf(await render('chart'))).toEqual(['ConfigMap/shop']);
	});

	test.skipIf(!kustomize)('a link out of the repository stops the checkout', async () => {
		symlinkSync('/etc/passwd', join(work, 'base/passwd'));
		git('add', '-A');
		git('commit', '-q', '-m', 'link');
		expect(await render('overlay')).toMatchObject({ok: true, isCached: true});
		write('base/c.yaml', configMap('changed'));
		git('commit', '-q', '-a', '-m', 'change');
		expect(problemsOf(await render('overlay'))).toMatchObject([{code: 'LinkLeavesTree', file: 'base/passwd'}]);
	});
});
