import {existsSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasHelm, hasKustomize} from '../renderers.ts';
import {planeWithControllers} from '../shared-control-plane.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

/**
 * Published manifests, as their authors wrote them. HOLDFAST_REPOSITORIES names a folder that holds the two public
 * repositories argocd-example-apps and podinfo; without it these tests skip and say so.
 */
const repositories = process.env.HOLDFAST_REPOSITORIES ?? path.resolve(import.meta.dirname, '../../../../shared/repos');
const hasManifests = existsSync(path.join(repositories, 'podinfo'));
const isThere = hasManifests && hasHelm && hasKustomize;
if (!hasManifests) {
	process.stderr.write('!!! no published manifests at HOLDFAST_REPOSITORIES: THOSE TESTS ARE SKIPPED\n');
}

const run = uniqueName('r');
const namespace = (name: string): string => `${run}-${name}`;

/** Applications that must become Synced and Healthy. */
const whole = [
	{name: 'guestbook', path: 'argocd-example-apps/guestbook'},
	{name: 'kustomize-guestbook', path: 'argocd-example-apps/kustomize-guestbook'},
	{name: 'helm-guestbook', path: 'argocd-example-apps/helm-guestbook'},
	{name: 'sync-waves', path: 'argocd-example-apps/sync-waves'},
	{name: 'pre-post-sync', path: 'argocd-example-apps/pre-post-sync'},
	{name: 'helm-hooks', path: 'argocd-example-apps/helm-hooks'},
	{name: 'podinfo-chart', path: 'podinfo/charts/podinfo'},
];
/**
 * Synced, but never Healthy on a bare control plane: Ingresses wait for a controller's address, autoscalers for metrics,
 * volumes for a provisioner. Some bring namespaces of their own.
 */
const waiting: {name: string; path: string; namespace?: string; source?: object}[] = [
	{name: 'sock-shop', path: 'argocd-example-apps/sock-shop'},
	{name: 'podinfo-kustomize', path: 'podinfo/kustomize'},
	{name: 'webapp', path: 'podinfo/deploy/webapp', namespace: 'webapp', source: {directory: {recurse: true}}},
	...['dev', 'staging', 'production'].map(name => ({
		name: `overlay-${name}`,
		path: `podinfo/deploy/overlays/${name}`,
		namespace: name,
	})),
];
/** Those that miss something, and what they must say. */
const lacking: {name: string; path: string; says: RegExp; others?: string[]; namespace?: string; source?: object}[] = [
	{
		name: 'blue-green',
		path: 'argocd-example-apps/blue-green',
		says: /Rollout/,
		others: ['Service/blue-green-helm-guestbook'],
	},
	{name: 'helm-dependency', path: 'argocd-example-apps/helm-dependency', says: /wordpress.*9\.0\.3|9\.0\.3.*wordpress/},
	{name: 'jsonnet', path: 'argocd-example-apps/jsonnet-guestbook', says: /[Jj]sonnet/},
	{
		name: 'secure',
		path: 'podinfo/deploy/secure',
		namespace: 'secure',
		source: {directory: {recurse: true}},
		says: /Certificate/,
	},
];

describe.skipIf(!planeWithControllers || !isThere)('published repositories', () => {
	let bench: WorkerBench;

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: planeWithControllers!.kubeconfig,
			applications: [
				...[...whole, ...waiting],
				...lacking.map(({says: _says, others: _others, ...application}) => application),
			].map(application => ({namespace: namespace(application.name), ...application, syncPolicy: {retry: {limit: 1}}})),
		});
		bench.remote.copy(repositories, '.');
		bench.remote.push('published manifests', {});
		await bench.start();
	});
	afterAll(async () => {
		await bench?.close();
		await planeWithControllers!.kubectl([
			...[
				'delete',
				'namespace',
				'--wait=false',
				'--ignore-not-found',
				'dev',
				'staging',
				'production',
				'webapp',
				'secure',
			],
			...[...whole, ...waiting, ...lacking].map(({name}) => namespace(name)),
		]);
	});

	test.each(whole.map(({name}) => name))('%s becomes Synced and Healthy', async name => {
		await bench.synced(name);
		expect((await bench.status(name)).counts.objects).toBeGreaterThan(0);
	});

	test.each(waiting.map(({name}) => name))('%s becomes Synced', async name => {
		await eventually(async () => {
			const status = await bench.status(name);
			expect(status.syncStatus, JSON.stringify(status.conditions)).toBe('Synced');
		}, 60_000);
	});

	test.each(lacking)('$name says what is missing', async ({name, says, others}) => {
		await eventually(async () => {
			const status = await bench.status(name);
			expect(status.conditions.map(condition => condition.problem.message).join('\n')).toMatch(says);
		});
		for (const object of others ?? []) {
			const resources = await bench.client.resources({application: name});
			expect(resources.filter(item => `${item.kind}/${item.name}` === object)).toMatchObject([{syncStatus: 'Synced'}]);
		}
	});

	test('a second pass makes no write and no dry run', async () => {
		const names = [...whole, ...waiting].map(({name}) => name);
		const before = await bench.counters();
		await bench.refresh(...names);
		const after = await bench.counters();
		expect(after.writes).toBe(before.writes);
		expect(after.dryRuns).toBe(before.dryRuns);
	});

	test('a restart with the journal at hand makes no write and no dry run', async () => {
		await bench.stop();
		await bench.start();
		const names = [...whole, ...waiting].map(({name}) => name);
		const {applications} = await bench.client.snapshot({applications: names});
		for (const status of applications) expect(status.syncStatus, JSON.stringify(status)).toBe('Synced');
		const {writes, dryRuns} = await bench.counters();
		expect({writes, dryRuns}).toEqual({writes: 0, dryRuns: 0});
	});

	test('controllers at work are no drift', async () => {
		const {setTimeout: sleep} = await import('node:timers/promises');
		await sleep(Number(process.env.HOLDFAST_REST_SECONDS ?? 10) * 1000);
		const ours = new Set([...whole, ...waiting].map(({name}) => name));
		expect(bench.drifts().filter(event => ours.has(event.application))).toEqual([]);
	});
});
