import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ApplicationStatus} from '../../../source/model/status.ts';
import {ourWrites} from '../audit-log.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {job} from './ordered-objects.ts';
import {configMap} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);
const long = 600_000;

const hookConfigMap = (name: string, policy: string, data: string): string => {
	const annotations = {'holdfast.dev/hook': 'PreSync', 'holdfast.dev/hook-delete-policy': policy};
	return configMap(name, {a: data}).replace(`{name: ${name}}`, JSON.stringify({name, annotations}));
};

const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	ended: {'work.yaml': job('work', {hook: 'PreSync', runs: long}), 'a.yaml': configMap('a', {a: '1'})},
	late: {
		'work.yaml': job('work', {hook: 'PreSync', policy: 'HookFailed', runs: long, activeDeadlineSeconds: 1}),
		'a.yaml': configMap('a', {a: '1'}),
	},
	lost: {'work.yaml': job('work', {hook: 'PreSync', runs: long}), 'a.yaml': configMap('a', {a: '1'})},
	own: {
		'fresh.yaml': hookConfigMap('fresh', 'BeforeHookCreation', '1'),
		'over.yaml': hookConfigMap('over', 'HookFailed', '1'),
		'gone.yaml': hookConfigMap('gone', 'HookSucceeded', '1'),
		'a.yaml': configMap('a', {a: '1'}),
	},
	broken: {
		'work.yaml': job('work', {hook: 'PreSync'})
			.replace('kind: Job', 'kind: Migration')
			.replace('batch/v1', 'example.com/v1'),
		'a.yaml': configMap('a', {a: '1'}),
	},
	onlyHooks: {'work.yaml': job('work', {hook: 'Sync'})},
	former: {'work.yaml': job('work'), 'a.yaml': configMap('a', {a: '1'})},
};

describe.skipIf(!plane)('hooks on a real cluster', () => {
	const run = uniqueName('hooks');
	const folders = Object.keys(files);
	const nameOf = (folder: string): string => folder.toLowerCase();
	const namespaceOf = (folder: string): string => `${run}-${nameOf(folder)}`;
	let bench: WorkerBench;
	const until = (folder: string, check: (status: ApplicationStatus) => void): Promise<void> =>
		eventually(async () => check(await bench.status(nameOf(folder))), 60_000);
	const uidOf = (folder: string, object: string): Promise<string> =>
		kubectl('get', object, '-n', namespaceOf(folder), '--ignore-not-found', '-o', 'jsonpath={.metadata.uid}');
	const written = async (folder: string): Promise<string[]> =>
		(await ourWrites(plane!.auditLog, namespaceOf(folder))).map(({text}) => text);
	const refresh = (folder: string): Promise<ApplicationStatus[]> => bench.refresh(nameOf(folder));

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: folders.map(folder => ({
				name: nameOf(folder),
				path: folder,
				namespace: namespaceOf(folder),
				syncPolicy: {retry: {limit: 0}},
			})),
		});
		const all = folders.flatMap(folder =>
			Object.entries(files[folder] ?? {}).map(([file, text]) => [`${folder}/${file}`, text]),
		);
		bench.remote.push('first', Object.fromEntries(all));
		// Two of the first passes last as long as their hooks: nobody waits for these here.
		void bench.start().catch(() => {});
		await eventually(async () => {
			for (const folder of ['ended', 'lost']) expect(await uidOf(folder, 'job/work')).not.toBe('');
		}, 60_000);
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', '--wait=false', '--ignore-not-found', ...folders.map(namespaceOf));
	});

	test('a sync that is ended while a hook runs leaves the hook alone, and says so', async () => {
		await until('ended', ({operation}) => expect(operation).toMatchObject({phase: 'Running', syncPhase: 'PreSync'}));
		const uid = await uidOf('ended', 'job/work');
		const ended = await bench.client.endSync({application: 'ended', initiatedBy: 'ana@bench'});
		expect(ended).toMatchObject({
			phase: 'Failed',
			failureCodes: ['SyncEnded'],
			results: [
				{object: 'Job/work', action: 'hook', result: 'Skipped', message: expect.stringContaining('may still run')},
			],
		});
		expect(await uidOf('ended', 'job/work')).toBe(uid);
		expect(await written('ended')).toEqual(['apply jobs/work']);
	});

	test("a Job's own deadline is its limit, and HookFailed deletes what failed", async () => {
		await until('late', ({operation}) => expect(operation?.phase).toBe('Failed'));
		expect((await bench.status('late')).operation?.message).toMatch(/Job\/work failed: .*DeadlineExceeded/);
		expect(await written('late')).toEqual(['apply jobs/work', 'delete jobs/work']);
	});

	test('a worker that stops does not wait for a hook; the next one runs it again', async () => {
		const former = await uidOf('lost', 'job/work');
		// What is not done before the stop is done again: of these hooks a later test counts how often they ran.
		await until('onlyHooks', ({operation}) => expect(operation).toMatchObject({phase: 'Succeeded'}));
		await bench.stop();
		bench.remote.push('shorter', {
			'lost/work.yaml': job('work', {hook: 'PreSync'}),
			'ended/work.yaml': job('work', {hook: 'PreSync'}),
		});
		await bench.start();
		await bench.synced('lost', 'ended');
		expect(await uidOf('lost', 'job/work')).not.toBe(former);
		expect(await written('lost')).toEqual([
			'apply jobs/work',
			'delete jobs/work',
			'apply jobs/work',
			'apply configmaps/a',
		]);
	});

	test('what has no health is done at once; its policy says what becomes of it', async () => {
		await bench.synced('own');
		const before = await Promise.all(['fresh', 'over', 'gone'].map(name => uidOf('own', `configmap/${name}`)));
		expect(before.map(uid => uid !== '')).toEqual([true, true, false]);
		bench.remote.push('other hooks', {
			'own/fresh.yaml': hookConfigMap('fresh', 'BeforeHookCreation', '2'),
			'own/over.yaml': hookConfigMap('over', 'HookFailed', '2'),
		});
		await refresh('own');
		await until('own', ({operation}) => expect(operation).toMatchObject({phase: 'Succeeded', message: '3 hooks run'}));
		expect(await uidOf('own', 'configmap/fresh')).not.toBe(before[0]);
		expect(await uidOf('own', 'configmap/over')).toBe(before[1]);
		expect(await kubectl('get', 'configmap/over', '-n', namespaceOf('own'), '-o', 'jsonpath={.data.a}')).toBe('2');
	});

	test('nothing is synced without a hook that cannot run', async () => {
		await until('broken', ({operation}) => expect(operation).toMatchObject({failureCodes: ['HookBlocked']}));
		expect((await bench.status('broken')).operation?.message).toMatch(
			/Migration\/work cannot run: .*does not serve Migration/,
		);
		expect(await written('broken')).toEqual([]);
	});

	test('hooks alone are a sync too, once for each time they change', async () => {
		await until('onlyHooks', ({operation}) => expect(operation).toBeNull());
		expect(await written('onlyHooks')).toEqual(['apply jobs/work']);
		bench.remote.push('a longer one', {'onlyHooks/work.yaml': job('work', {hook: 'Sync', runs: 60})});
		await refresh('onlyHooks');
		await refresh('onlyHooks');
		expect(await written('onlyHooks')).toEqual(['apply jobs/work', 'delete jobs/work', 'apply jobs/work']);
	});

	test('an object that becomes a hook leaves the inventory, and is no longer held', async () => {
		await bench.synced('former');
		const uid = await uidOf('former', 'job/work');
		bench.remote.push('now a hook', {'former/work.yaml': job('work', {hook: 'PostSync'})});
		await refresh('former');
		await bench.synced('former');
		expect(await uidOf('former', 'job/work')).not.toBe(uid);
		expect((await bench.status('former')).counts).toMatchObject({objects: 1, toPrune: 0});
		const inventory = await kubectl(
			'get',
			'configmap/holdfast-former',
			'-n',
			namespaceOf('former'),
			'-o',
			'jsonpath={.data.inventory}',
		);
		expect(inventory).not.toContain('Job');
	});
});
