import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {plane} from '../shared-control-plane.ts';
import {configMap, deployment, service} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

describe.skipIf(!plane)('commits on a real cluster', () => {
	const name = uniqueName('commits');
	const other = uniqueName('other');
	let bench: WorkerBench;

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [
				{name, path: 'one', namespace: name},
				{name: other, path: 'two', namespace: other},
			],
		});
		bench.remote.push('first', {
			'one/a.yaml': configMap('a', {key: '1'}),
			'one/b.yaml': configMap('b', {key: '1'}),
			'one/c.yaml': configMap('c', {key: '1'}),
			'one/service.yaml': service(),
			'two/d.yaml': configMap('d', {key: '1'}),
		});
		await bench.start();
		await bench.synced();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', name, other, '--wait=false');
	});

	test('a commit that changes, adds and removes is synced with the least writes', async () => {
		const before = await bench.counters();
		bench.remote.push('change b, add e, remove c', {
			'one/b.yaml': configMap('b', {key: '2'}),
			'one/e.yaml': configMap('e', {key: '1'}),
			'one/c.yaml': null,
		});
		await bench.refresh();
		await bench.synced();
		const after = await bench.counters();
		expect(await kubectl('get', 'configmap', '-n', name, '-o', 'name')).not.toContain('configmap/c\n');
		expect(await kubectl('get', 'configmap/b', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('2');
		// b, e and the deletion of c, with the inventory before and after.
		expect(after.writes - before.writes).toBe(5);
		expect(after.dryRuns - before.dryRuns).toBe(0);
	});

	test('a commit that touches one file costs at most five requests, one that touches none of ours costs none', async () => {
		bench.remote.push('touch a', {'one/a.yaml': configMap('a', {key: '3'})});
		const before = await bench.counters();
		await bench.refresh();
		await bench.synced();
		const after = await bench.counters();
		expect(after.writes + after.reads - before.writes - before.reads).toBeLessThanOrEqual(5);
		bench.remote.push('a readme', {'README.md': 'hello'});
		const commit = bench.remote.git('rev-parse', 'HEAD').trim();
		await bench.refresh();
		const idle = await bench.counters();
		expect({writes: idle.writes, reads: idle.reads}).toEqual({writes: after.writes, reads: after.reads});
		expect((await bench.status(name)).syncedRevision).toBe(commit);
	});

	test('a broken commit says file and line, leaves everything alone, and the next good one recovers', async () => {
		const before = await bench.counters();
		bench.remote.push('break it', {
			'one/a.yaml': `${configMap('a', {key: '4'})}  broken: [`,
			'two/d.yaml': configMap('d', {key: '2'}),
		});
		await bench.refresh();
		const status = await bench.status(name);
		expect(status.syncStatus).toBe('Unknown');
		expect(status.conditions).toMatchObject([
			{type: 'RenderError', problem: {file: 'one/a.yaml', line: expect.any(Number)}},
		]);
		await bench.synced(other);
		expect(await kubectl('get', 'configmap/a', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('3');
		// The other application's change and its inventory.
		expect((await bench.counters()).writes - before.writes).toBe(2);
		bench.remote.push('mend it', {'one/a.yaml': configMap('a', {key: '5'})});
		await bench.refresh();
		await bench.synced();
		expect(await kubectl('get', 'configmap/a', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('5');
		expect((await bench.status(name)).conditions).toEqual([]);
	});

	test('healing goes on while the newest commit is broken', async () => {
		bench.remote.push('break it again', {'one/a.yaml': '{'});
		await bench.refresh();
		await kubectl('patch', 'configmap/b', '-n', name, '-p', '{"data":{"key":"hand"}}');
		await eventually(async () =>
			expect(await kubectl('get', 'configmap/b', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('2'),
		);
		bench.remote.push('mend it again', {'one/a.yaml': configMap('a', {key: '6'})});
		await bench.refresh();
		await bench.synced();
	});

	test('one object that the server refuses does not stop the others', async () => {
		bench.remote.push('a service the server refuses', {
			'one/bad.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec:\n  ports: [{port: 99999}]\n',
			'one/f.yaml': configMap('f', {key: '1'}),
		});
		await bench.refresh();
		const status = await bench.status(name);
		expect(status.operation).toMatchObject({phase: 'Failed'});
		expect(status.operation?.message).toMatch(/Service\/bad.*99999|99999/);
		expect(await kubectl('get', 'configmap/f', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('1');
		bench.remote.push('without it', {'one/bad.yaml': null});
		await bench.refresh();
		await bench.synced();
	});

	test('a lost remote is said, changes nothing, and recovers', async () => {
		const {renameSync} = await import('node:fs');
		renameSync(bench.remote.url, `${bench.remote.url}.away`);
		await bench.refresh();
		const status = await bench.status(name);
		expect(status.conditions.map(condition => condition.type)).toEqual(['SourceError']);
		expect(status.syncStatus).toBe('Synced');
		renameSync(`${bench.remote.url}.away`, bench.remote.url);
		await bench.refresh();
		expect((await bench.status(name)).conditions).toEqual([]);
	});

	test('an empty folder never prunes', async () => {
		bench.remote.push('everything gone', {'two/d.yaml': null, 'two/keep.txt': 'nothing to apply'});
		await bench.refresh();
		const status = await bench.status(other);
		expect(status.syncStatus).not.toBe('Synced');
		expect(await kubectl('get', 'configmap/d', '-n', other, '-o', 'name')).toBe('configmap/d\n');
		bench.remote.push('back', {'two/d.yaml': configMap('d', {key: '2'})});
		await bench.refresh();
		await bench.synced();
	});

	test('more deletions than the budget wait for a person who confirms exactly this list', async () => {
		const many = Object.fromEntries(
			Array.from({length: 30}, (_, index) => [`one/many-${index}.yaml`, configMap(`many-${index}`, {key: '1'})]),
		);
		bench.remote.push('many', many);
		await bench.refresh();
		await bench.synced();
		bench.remote.push(
			'fewer',
			Object.fromEntries(
				Object.keys(many)
					.slice(0, 20)
					.map(file => [file, null]),
			),
		);
		await bench.refresh();
		const {operation, conditions} = await bench.status(name);
		expect(operation).toMatchObject({phase: 'AwaitingConfirmation'});
		expect(operation?.confirmation?.deletions).toHaveLength(20);
		expect(conditions.map(condition => condition.type)).toContain('DeletionBlocked');
		expect((await kubectl('get', 'configmap', '-n', name, '-o', 'name')).match(/many-/g)).toHaveLength(30);
		const wrong = await bench.client.sync({
			...{application: name, initiatedBy: 'ana@bastion', dryRun: false},
			...{prune: true, confirmDeletions: 'something-else'},
		});
		expect(wrong.operation?.phase).toBe('AwaitingConfirmation');
		const right = await bench.client.sync({
			...{application: name, initiatedBy: 'ana@bastion', dryRun: false},
			...{prune: true, confirmDeletions: operation!.confirmation!.token},
		});
		expect(right.operation?.phase).toBe('Succeeded');
		expect((await kubectl('get', 'configmap', '-n', name, '-o', 'name')).match(/many-/g)).toHaveLength(10);
		await bench.synced();
	});

	test('objects of others are refused, with their owner named', async () => {
		await plane!.kubectl(
			['apply', '-n', name, '-f', '-'],
			JSON.stringify({
				apiVersion: 'v1',
				kind: 'ConfigMap',
				metadata: {
					name: 'flux-made',
					labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'},
				},
				data: {key: 'flux'},
			}),
		);
		bench.remote.push('ours too', {'one/flux-made.yaml': configMap('flux-made', {key: 'ours'})});
		await bench.refresh();
		const {conditions} = await bench.status(name);
		expect(conditions.map(condition => condition.problem.message).join()).toMatch(/flux-made.*[Ff]lux/);
		expect(await kubectl('get', 'configmap/flux-made', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('flux');
		bench.remote.push('not ours', {'one/flux-made.yaml': null});
		await bench.refresh();
		await bench.synced();
		expect(await kubectl('get', 'configmap/flux-made', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('flux');
	});

	test('a custom resource and its definition come in one commit', async () => {
		const group = `${uniqueName('g')}.example.com`;
		const definition = {
			apiVersion: 'apiextensions.k8s.io/v1',
			kind: 'CustomResourceDefinition',
			metadata: {name: `lamps.${group}`},
			spec: {
				group,
				names: {kind: 'Lamp', plural: 'lamps'},
				scope: 'Namespaced',
				versions: [
					{
						name: 'v1',
						served: true,
						storage: true,
						schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
					},
				],
			},
		};
		bench.remote.push('lamps', {
			'one/lamp.yaml': `apiVersion: ${group}/v1\nkind: Lamp\nmetadata: {name: desk}\nspec: {watts: 9007199254740993}\n`,
			'one/definition.yaml': JSON.stringify(definition),
		});
		await bench.refresh();
		await eventually(async () => expect((await bench.status(name)).syncStatus).toBe('Synced'), 20_000);
		expect(await kubectl('get', `lamps.${group}/desk`, '-n', name, '-o', 'json')).toContain('9007199254740993');
	});

	test('a Deployment turns from RollingUpdate to Recreate', async () => {
		bench.remote.push('rolling', {'one/deployment.yaml': deployment({replicas: 0})});
		await bench.refresh();
		const recreate = deployment({replicas: 0}).replace('spec:\n', 'spec:\n  strategy: {type: Recreate}\n');
		bench.remote.push('recreate', {'one/deployment.yaml': recreate});
		await bench.refresh();
		expect((await bench.status(name)).operation).toMatchObject({phase: 'Succeeded'});
		expect(await kubectl('get', 'deployment/web', '-n', name, '-o', 'jsonpath={.spec.strategy.type}')).toBe('Recreate');
	});

	test('what kubectl applied before is taken over, and fields dropped from Git go', async () => {
		await plane!.kubectl(['apply', '-n', name, '-f', '-'], configMap('by-hand', {keep: '1', drop: '1'}));
		bench.remote.push('take it over', {'one/by-hand.yaml': configMap('by-hand', {keep: '2'})});
		await bench.refresh();
		// Not synced(): a lamp has no status, and for half a minute nobody knows whether it gets one.
		await eventually(async () => {
			const data = await kubectl('get', 'configmap/by-hand', '-n', name, '-o', 'jsonpath={.data}');
			expect(JSON.parse(data)).toEqual({keep: '2'});
		});
	});
});
