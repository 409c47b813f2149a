import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {inventoryName} from '../../../source/engine/inventory/record.ts';
import type {ChildRecord} from '../../../source/engine/inventory/types.ts';
import {ourWrites} from '../audit-log.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {job} from './ordered-objects.ts';
import {configMap} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

/** How an application that others declare leaves with everything it made, and who may not make it leave. */
describe.skipIf(!plane)('leaving on a real cluster', () => {
	const root = uniqueName('root');
	const child = uniqueName('child');
	let bench: WorkerBench;

	const application = (name: string, spec: object = {}): string =>
		stringify({
			apiVersion: 'argoproj.io/v1alpha1',
			kind: 'Application',
			metadata: {name, namespace: 'argocd', finalizers: ['resources-finalizer.argocd.argoproj.io']},
			spec: {
				project: 'default',
				source: {repoURL: bench.remote.url, targetRevision: 'main', path: name},
				destination: {server: 'https://kubernetes.default.svc', namespace: name},
				syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: ['CreateNamespace=true']},
				...spec,
			},
		});
	const declare = async (name: string, files: Record<string, string> = {}, spec: object = {}): Promise<void> => {
		const inFolder = Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]);
		const settings = {[`${name}/settings.yaml`]: configMap('settings', {key: 'one'})};
		bench.remote.push(`${name} comes`, {
			[`root/${name}.yaml`]: application(name, spec),
			...settings,
			...Object.fromEntries(inFolder),
		});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).toContain(name));
		await bench.synced(name);
	};
	const names = async (): Promise<string[]> =>
		(await bench.client.snapshot({applications: []})).applications.map(({name}) => name).sort();
	const problems = async (name: string): Promise<string[]> =>
		(await bench.status(name)).conditions.map(({problem}) => problem.code);
	const configMaps = (namespace: string): Promise<string> => kubectl('get', 'configmap', '-n', namespace, '-o', 'name');

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [{name: root, path: 'root', namespace: root}],
		});
		bench.remote.push('settings', {'root/settings.yaml': configMap('settings', {key: 'one'})});
		await bench.start();
		await declare(child);
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', root, child, '--wait=false', '--ignore-not-found');
	});

	describe('who may write the inventory of a parent', () => {
		const victim = uniqueName('victim');
		const inventory = ['configmap', inventoryName(root), '-n', root];
		let theirs: WorkerBench;
		const read = async (): Promise<ChildRecord[]> =>
			JSON.parse(await kubectl('get', ...inventory, '-o', 'jsonpath={.data.children}')) as ChildRecord[];
		const write = (records: readonly ChildRecord[]): Promise<string> => {
			const patch = JSON.stringify({data: {children: JSON.stringify(records)}});
			return kubectl('patch', ...inventory, '--type=merge', '-p', patch);
		};

		beforeAll(async () => {
			theirs = createWorkerBench({
				kubeconfig: plane!.kubeconfig,
				applications: [{name: victim, path: 'victim', namespace: victim}],
			});
			theirs.remote.push('theirs', {'victim/precious.yaml': configMap('precious', {key: 'one'})});
			await theirs.start();
			await theirs.synced();
			await theirs.stop();
		});
		afterAll(async () => {
			await theirs.close();
			await kubectl('delete', 'namespace', victim, '--wait=false', '--ignore-not-found');
		});

		test('cannot have deleted what another application made, nor a child that Git still declares', async () => {
			await bench.stop();
			const records = await read();
			const record = records.find(({application: {name}}) => name === child)!;
			const {destination} = record.application;
			const forged = {...record.application, name: victim, destination: {...destination, namespace: victim}};
			await write([
				...records,
				{...record, ref: {...record.ref, name: victim}, application: forged},
				{...record, ref: {...record.ref, name: 'elsewhere'}},
			]);
			await bench.start();
			await eventually(async () =>
				expect((await bench.status(root)).operation).toMatchObject({
					phase: 'Failed',
					failureCodes: ['ParentNotRecorded'],
					message: expect.stringContaining(`data.children of ConfigMap ${root}/${inventoryName(root)}`),
				}),
			);
			expect(await problems(victim)).toContain('ParentNotRecorded');
			expect(await configMaps(victim)).toContain('precious');
			expect(await configMaps(victim)).toContain(inventoryName(victim));
			expect(await configMaps(child)).toContain('settings');
			await bench.stop();
			await write(records);
			await bench.start();
			await bench.synced(root, child);
			expect(await names()).toEqual([child, root].sort());
		});
	});

	test('one whose inventory is older than that rule stays, and goes once Git declared it again', async () => {
		const old = uniqueName('old');
		await declare(old);
		await bench.stop();
		const withoutParent = '[{"op": "remove", "path": "/data/parent"}]';
		await kubectl('patch', 'configmap', inventoryName(old), '-n', old, '--type=json', '-p', withoutParent);
		bench.remote.push('it goes', {[`root/${old}.yaml`]: null});
		await bench.start();
		await eventually(async () => expect(await problems(old)).toContain('ParentNotRecorded'));
		expect(await configMaps(old)).toContain('settings');
		bench.remote.push('it is back', {[`root/${old}.yaml`]: application(old)});
		await bench.refresh(root);
		await bench.synced(root, old);
		expect(await problems(old)).not.toContain('ParentNotRecorded');
		bench.remote.push('it goes again', {[`root/${old}.yaml`]: null});
		await bench.refresh(root);
		await eventually(async () => expect(await names()).not.toContain(old), 60_000);
		expect(await configMaps(old)).not.toContain('settings');
		await kubectl('delete', 'namespace', old, '--wait=false');
	});

	describe('a worker that starts while an application is leaving', () => {
		const waiting = `apiVersion: v1
kind: ConfigMap
metadata: {name: waiting, finalizers: [example.com/wait]}
`;
		const go = (name: string): Promise<string> =>
			kubectl('patch', 'configmap/waiting', '-n', name, '--type=merge', '-p', '{"metadata": {"finalizers": null}}');
		const withdraw = async (name: string): Promise<void> => {
			bench.remote.push(`${name} goes`, {[`root/${name}.yaml`]: null});
			await bench.refresh(root);
		};
		const restart = async (): Promise<void> => {
			await bench.stop();
			await bench.start();
		};

		test('goes on where it was: nothing is written again, and no hook runs twice', async () => {
			const half = uniqueName('half');
			const broken = {'root/broken.yaml': 'kind: ]['};
			await declare(half, {
				'waiting.yaml': waiting,
				'before.yaml': job('before', {hook: 'PreDelete'}),
				'after.yaml': job('after', {hook: 'PostDelete'}),
			});
			await withdraw(half);
			await eventually(async () => expect(await configMaps(half)).not.toContain('settings'));
			await bench.stop();
			// A parent that cannot be rendered does not say that it is to go.
			bench.remote.push('broken', broken);
			await bench.start();
			await eventually(async () =>
				expect((await bench.status(half)).conditions).toContainEqual(
					expect.objectContaining({
						type: 'Leaving',
						problem: expect.objectContaining({message: expect.stringContaining('goes on when')}),
					}),
				),
			);
			bench.remote.push('mended', {'root/broken.yaml': null});
			await bench.refresh(root);
			await restart();
			await eventually(async () => {
				const {conditions} = await bench.status(half);
				expect(conditions.map(({problem}) => problem.code)).toContain('StillTerminating');
			});
			await go(half);
			await eventually(async () => expect(await names()).not.toContain(half), 60_000);
			const writes = (await ourWrites(plane!.auditLog, half)).map(({text}) => text);
			expect(writes[2]).toBe('apply jobs/before');
			expect(writes.slice(3, 5).sort()).toEqual(['delete configmaps/settings', 'delete configmaps/waiting']);
			expect(writes.slice(5)).toEqual(['apply jobs/after']);
			await kubectl('delete', 'namespace', half, '--wait=false');
		});

		test('deletes nothing before the hook that it did not wait for went well', async () => {
			const early = uniqueName('early');
			await declare(early, {'before.yaml': job('before', {hook: 'PreDelete', runs: 4_000})});
			bench.remote.push('it goes', {[`root/${early}.yaml`]: null});
			const refreshed = bench.refresh(root).catch(() => {});
			await eventually(async () => expect(await kubectl('get', 'job', '-n', early, '-o', 'name')).toContain('before'));
			await bench.stop();
			await refreshed;
			expect(await configMaps(early)).toContain('settings');
			await bench.start();
			await eventually(async () => expect(await names()).not.toContain(early), 60_000);
			expect(await configMaps(early)).not.toContain('settings');
			await kubectl('delete', 'namespace', early, '--wait=false');
		});

		test('holds it to Git again when its declaration is back', async () => {
			const back = uniqueName('back');
			await declare(back, {'waiting.yaml': waiting});
			await withdraw(back);
			await eventually(async () => expect(await configMaps(back)).not.toContain('settings'));
			await bench.stop();
			bench.remote.push('it is back', {[`root/${back}.yaml`]: application(back)});
			await bench.start();
			await go(back);
			await bench.synced(root, back);
			expect(await configMaps(back)).toContain('settings');
			const kept = await kubectl('get', 'configmap', inventoryName(back), '-n', back, '-o', 'jsonpath={.data.leaving}');
			expect(kept).toBe('');
			await restart();
			await bench.synced(root, back);
			await withdraw(back);
			await eventually(async () => expect(await configMaps(back)).not.toContain('settings'));
			await go(back);
			await eventually(async () => expect(await names()).not.toContain(back), 60_000);
			await kubectl('delete', 'namespace', back, '--wait=false');
		});
	});

	describe('an application that could not be set up', () => {
		const unusable = 'git://127.0.0.1/none.git';
		const withRepository = (name: string, repoURL: string): string =>
			application(name, {source: {repoURL, targetRevision: 'main', path: name}});

		test('leaves at once when it never made anything', async () => {
			const never = uniqueName('never');
			bench.remote.push('it comes', {[`root/${never}.yaml`]: withRepository(never, unusable)});
			await bench.refresh(root);
			await eventually(async () => expect(await problems(never)).toContain('InvalidRepositoryURL'));
			bench.remote.push('it goes', {[`root/${never}.yaml`]: null});
			await bench.refresh(root);
			await eventually(async () => expect(await names()).not.toContain(never));
			await bench.synced(root);
		});

		test('stays with what it made while its repository cannot be opened, until a person says to go without hooks', async () => {
			const lost = uniqueName('lost');
			await declare(lost);
			bench.remote.push('another repository', {[`root/${lost}.yaml`]: withRepository(lost, unusable)});
			await bench.refresh(root);
			await eventually(async () => expect(await problems(lost)).toContain('InvalidRepositoryURL'));
			bench.remote.push('it goes', {[`root/${lost}.yaml`]: null});
			await bench.refresh(root);
			await eventually(async () => expect(await problems(lost)).toContain('HooksUnknown'));
			expect(await configMaps(lost)).toContain('settings');
			expect((await bench.status(root)).operation).toMatchObject({
				phase: 'Failed',
				message: expect.stringContaining(`holdfast sync ${lost}, then it goes without hooks`),
			});
			const asked = {application: lost, initiatedBy: 'ana@bastion-1', dryRun: false};
			// It was made from another repository: that needs a word too.
			const {operation} = await bench.client.sync(asked);
			const {token} = operation!.confirmation!;
			expect(await configMaps(lost)).toContain('settings');
			await bench.client.sync({...asked, confirmDeletions: token});
			await eventually(async () => expect(await names()).not.toContain(lost), 60_000);
			expect(await configMaps(lost)).not.toMatch(/settings|holdfast-/);
			await bench.synced(root);
			await kubectl('delete', 'namespace', lost, '--wait=false');
		});

		test('stays while its cluster cannot be reached, says what to do, and goes when it can', async () => {
			const far = uniqueName('far');
			const kubeconfig = path.join(bench.directory, 'kubeconfig');
			const text = readFileSync(plane!.kubeconfig, 'utf8');
			const whole = parse(text) as {contexts: {name: string}[]};
			const withFar = stringify({...whole, contexts: [...whole.contexts, {...whole.contexts[0], name: 'far-away'}]});
			writeFileSync(kubeconfig, withFar);
			await bench.stop();
			await bench.start('reconcile', kubeconfig);
			await declare(far, {}, {destination: {name: 'far-away', namespace: far}});
			await bench.stop();
			writeFileSync(kubeconfig, text);
			bench.remote.push('it goes', {[`root/${far}.yaml`]: null});
			await bench.start('reconcile', kubeconfig);
			await eventually(async () =>
				expect((await bench.status(far)).conditions).toMatchObject([
					{problem: {message: expect.stringContaining('cannot leave with what it made')}},
				]),
			);
			expect((await bench.status(root)).operation).toMatchObject({phase: 'Failed'});
			expect(await configMaps(far)).toContain('settings');
			writeFileSync(kubeconfig, withFar);
			await bench.client.sync({application: root, initiatedBy: 'ana@bastion-1', dryRun: false});
			await eventually(async () => expect(await names()).not.toContain(far), 60_000);
			expect(await configMaps(far)).not.toMatch(/settings|holdfast-/);
			await bench.synced(root);
			await kubectl('delete', 'namespace', far, '--wait=false');
		});
	});
});
