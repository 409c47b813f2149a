import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {plane} from '../shared-control-plane.ts';
import {configMap, secret} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

/** What must never happen, each with the story in which it once could. */
describe.skipIf(!plane)('safety on a real cluster', () => {
	const name = uniqueName('safety');
	const keeper = uniqueName('keeper');
	let bench: WorkerBench;

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [
				{name, path: 'one', namespace: name},
				{name: keeper, path: 'two', namespace: keeper, syncPolicy: {automated: {prune: true, selfHeal: false}}},
			],
		});
		bench.remote.push('first', {
			'one/a.yaml': configMap('a', {key: 'one'}),
			'one/b.yaml': configMap('b', {key: 'one'}),
			'one/once.yaml': secret('once', {password: 'first'}).replace(
				'metadata: {name: once}',
				'metadata: {name: once, annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}}',
			),
			'two/c.yaml': configMap('c', {key: 'one'}),
		});
		await bench.start();
		await bench.synced();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', name, keeper, '--wait=false', '--ignore-not-found');
	});

	test('editing the configuration loses nothing of the inventory', async () => {
		const file = path.join(bench.directory, 'holdfast.yaml');
		const text = readFileSync(file, 'utf8');
		writeFileSync(
			file,
			`# a comment moves every line\n${text.replaceAll(/^( *)selfHeal: true$/gm, '$1selfHeal: true\n$1allowEmpty: true')}`,
		);
		await sleep(3_500);
		expect((await bench.client.snapshot({applications: []})).worker.problems).toEqual([]);
		bench.remote.push('b goes', {'one/b.yaml': null});
		await bench.refresh();
		await eventually(async () =>
			expect(await kubectl('get', 'configmap', '-n', name, '-o', 'name')).not.toContain('configmap/b\n'),
		);
		await bench.synced();
		const inventory = await kubectl('get', 'configmap', `holdfast-${name}`, '-n', name, '-o', 'json');
		expect(JSON.parse(inventory).data.inventory).toMatch(/"a /);
	});

	test('an unreadable configuration changes nothing', async () => {
		const file = path.join(bench.directory, 'holdfast.yaml');
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, 'applications: [');
		await sleep(3_000);
		const {applications, worker} = await bench.client.snapshot({applications: []});
		expect(applications.map(status => status.name).sort()).toEqual([keeper, name].sort());
		expect(worker.problems.length).toBeGreaterThan(0);
		writeFileSync(file, text);
		await sleep(3_000);
		await bench.synced();
	});

	test('an object that is made only once is never put back, not by a full comparison either', async () => {
		await kubectl('patch', 'secret/once', '-n', name, '-p', '{"stringData":{"password":"rotated"}}');
		await bench.client.refresh({applications: [name], hard: true});
		const password = await kubectl('get', 'secret/once', '-n', name, '-o', 'jsonpath={.data.password}');
		expect(Buffer.from(password, 'base64').toString()).toBe('rotated');
	});

	test('what somebody else made in place of a deleted object is theirs', async () => {
		await kubectl('delete', 'configmap/c', '-n', keeper);
		await eventually(() => expect(bench.drifts(keeper).map(event => event.type)).toEqual(['deleted']));
		await plane!.kubectl(
			['apply', '-f', '-'],
			JSON.stringify({
				apiVersion: 'v1',
				kind: 'ConfigMap',
				metadata: {
					name: 'c',
					namespace: keeper,
					labels: {'app.kubernetes.io/managed-by': 'Helm'},
					annotations: {'meta.helm.sh/release-name': 'theirs', 'meta.helm.sh/release-namespace': keeper},
				},
				data: {key: 'theirs'},
			}),
		);
		bench.remote.push('c changes', {'two/c.yaml': configMap('c', {key: 'two'})});
		await bench.refresh();
		expect(await kubectl('get', 'configmap/c', '-n', keeper, '-o', 'jsonpath={.data.key}')).toBe('theirs');
		const {conditions} = await bench.status(keeper);
		expect(conditions.map(condition => condition.problem.message).join()).toMatch(/[Hh]elm/);
		await kubectl('delete', 'configmap/c', '-n', keeper);
		await bench.client.sync({application: keeper, initiatedBy: 'ana@bastion', dryRun: false});
		await bench.synced(keeper);
	});

	test('where nobody may heal, drift found without a journal is reported, not undone by the next automatic sync', async () => {
		await bench.stop();
		await kubectl('patch', 'configmap/c', '-n', keeper, '-p', '{"data":{"key":"hand"}}');
		const {rmSync} = await import('node:fs');
		rmSync(path.join(bench.directory, 'state'), {recursive: true});
		await bench.start();
		await bench.refresh();
		expect(await kubectl('get', 'configmap/c', '-n', keeper, '-o', 'jsonpath={.data.key}')).toBe('hand');
		const status = await bench.status(keeper);
		expect(status.syncStatus).toBe('OutOfSync');
		expect(status.drift.flatMap(drift => drift.fields.map(field => [field.path, field.manager]))).toEqual([
			['data.key', 'kubectl-patch'],
		]);
		await bench.client.sync({application: keeper, initiatedBy: 'ana@bastion', dryRun: false});
		await bench.synced(keeper);
	});

	test('a deleted namespace comes back with everything in it', async () => {
		await kubectl('delete', 'namespace', name, '--wait=true');
		await bench.synced(name);
		expect(await kubectl('get', 'configmap/a', '-n', name, '-o', 'jsonpath={.data.key}')).toBe('one');
	});
});
