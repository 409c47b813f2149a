import {existsSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {auditedRequests, ourWrites} from '../audit-log.ts';
import {hasKustomize} from '../renderers.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {configMap} from './shop.ts';
import {createWorkerBench, uniqueName, type WorkerBench} from './worker-bench.ts';

/** See repositories.test.ts: published manifests, as their authors wrote them. */
const repositories = process.env.HOLDFAST_REPOSITORIES ?? path.resolve(import.meta.dirname, '../../../../shared/repos');
const examples = path.join(repositories, 'argocd-example-apps');
const isThere = existsSync(examples) && hasKustomize;
if (!isThere) process.stderr.write('!!! no published manifests, or no kustomize: THEIR ORDER IS NOT TESTED\n');

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);
/** When the API server was told that a Job is done: the last write to its status. */
async function doneAt(namespace: string, job: string): Promise<string> {
	const requests = await auditedRequests(plane!.auditLog, namespace);
	const last = requests.findLast(
		({resource, subresource, name}) => resource === 'jobs' && subresource === 'status' && name === job,
	);
	expect(last, `status of ${job}`).toBeDefined();
	return last?.answered ?? '';
}

describe.skipIf(!plane || !isThere)('published examples converge in the right order, as the audit log has it', () => {
	const run = uniqueName('order');
	const names = ['sync-waves', 'pre-post-sync', 'helm-hooks'];
	const namespaceOf = (name: string): string => `${run}-${name}`;
	let bench: WorkerBench;

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: names.map(name => ({name, path: name, namespace: namespaceOf(name)})),
		});
		bench.remote.copy(examples, '.');
		bench.remote.push('published manifests', {});
		await bench.start();
		await bench.synced(...names);
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', '--wait=false', ...names.map(namespaceOf));
	});

	test('sync-waves: PreSync, then wave by wave with its Sync hooks, each after what came before was done', async () => {
		const namespace = namespaceOf('sync-waves');
		const writes = await ourWrites(plane!.auditLog, namespace);
		const steps = writes.map(({text}) => text.replace(/(upgrade-sql-schema)[0-9a-f]{7}-presync-\d+$/, '$1*'));
		expect(steps[0]).toBe('apply jobs/upgrade-sql-schema*');
		expect(steps.slice(1, 3).sort()).toEqual(['apply replicasets/backend', 'apply services/backend']);
		expect(steps[3]).toBe('apply jobs/maint-page-up');
		expect(steps.slice(4, 6).sort()).toEqual(['apply replicasets/frontend', 'apply services/frontend']);
		expect(steps[6]).toBe('apply jobs/maint-page-down');
		expect(steps).toHaveLength(7);
		for (const [hook, next] of [
			[0, 1],
			[3, 4],
		] as const) {
			const done = await doneAt(namespace, writes[hook]?.name ?? '');
			expect(done < (writes[next]?.received ?? ''), `${writes[hook]?.name} before ${writes[next]?.name}`).toBe(true);
		}
	});

	test('pre-post-sync: the objects between the hooks, which are deleted at the end', async () => {
		const namespace = namespaceOf('pre-post-sync');
		const writes = await ourWrites(plane!.auditLog, namespace);
		const steps = writes.map(({text}) => text.replace('pre-post-sync-', ''));
		expect(steps[0]).toBe('apply jobs/before');
		expect(steps.slice(1, 3)).toEqual([
			'apply services/kustomize-guestbook-ui',
			'apply deployments/kustomize-guestbook-ui',
		]);
		expect(steps[3]).toBe('apply jobs/after');
		expect(steps.slice(4).sort()).toEqual(['delete jobs/after', 'delete jobs/before']);
		expect((await doneAt(namespace, writes[0]?.name ?? '')) < (writes[1]?.received ?? '')).toBe(true);
		// PostSync waits until what was written is healthy.
		const requests = await auditedRequests(plane!.auditLog, namespace);
		const ready = requests.findLast(
			({resource, subresource}) => resource === 'deployments' && subresource === 'status',
		);
		expect((ready?.answered ?? 'z') < (writes[3]?.received ?? '')).toBe(true);
		expect(await kubectl('get', 'jobs', '-n', namespace, '-o', 'name')).toBe('');
	});

	test('helm-hooks: by their weights, and after all else what comes after an install', async () => {
		const namespace = namespaceOf('helm-hooks');
		const writes = await ourWrites(plane!.auditLog, namespace);
		const steps = writes.map(({text}) => text.replace(/(upgrade-sql-schema)[0-9a-f]{7}-presync-\d+$/, '$1*'));
		expect(steps.slice(0, 2)).toEqual(['apply jobs/upgrade-sql-schema*', 'apply jobs/maint-page-up']);
		expect(steps.slice(2, 4).sort()).toEqual(['apply replicasets/frontend', 'apply services/frontend']);
		expect(steps.slice(4)).toEqual(['apply jobs/maint-page-down']);
		expect((await doneAt(namespace, writes[0]?.name ?? '')) < (writes[1]?.received ?? '')).toBe(true);
		expect((await doneAt(namespace, 'maint-page-up')) < (writes[2]?.received ?? '')).toBe(true);
	});

	test('hooks are in no inventory, and neither a second pass nor a restart runs them again', async () => {
		const inventory = await kubectl(
			'get',
			'configmap/holdfast-sync-waves',
			'-n',
			namespaceOf('sync-waves'),
			'-o',
			'yaml',
		);
		expect(inventory).not.toContain('maint-page-up');
		const before = await Promise.all(
			names.map(async name => (await ourWrites(plane!.auditLog, namespaceOf(name))).length),
		);
		await bench.refresh();
		await bench.stop();
		await bench.start();
		await bench.synced(...names);
		const after = await Promise.all(
			names.map(async name => (await ourWrites(plane!.auditLog, namespaceOf(name))).length),
		);
		expect(after).toEqual(before);
		const {operation} = await bench.status('sync-waves');
		expect(operation).toBeNull();
	});

	test('a new commit runs them again: the former Job is deleted and another one made', async () => {
		const namespace = namespaceOf('sync-waves');
		const uidOf = (): Promise<string> =>
			kubectl('get', 'job/maint-page-up', '-n', namespace, '-o', 'jsonpath={.metadata.uid}');
		const former = await uidOf();
		bench.remote.push('add settings', {'sync-waves/settings.yaml': configMap('settings', {a: '1'})});
		await bench.refresh('sync-waves');
		await bench.synced('sync-waves');
		expect(await uidOf()).not.toBe(former);
		const jobs = await kubectl('get', 'jobs', '-n', namespace, '-o', 'name');
		expect(jobs.match(/upgrade-sql-schema/g)).toHaveLength(1);
		expect((await bench.status('sync-waves')).operation).toMatchObject({
			phase: 'Succeeded',
			syncPhase: 'Sync',
			message: '1 created, 3 hooks run',
			results: expect.arrayContaining([{object: 'Job/maint-page-up', action: 'hook', result: 'Succeeded'}]),
		});
	});
});
