import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {DriftEvent} from '../../../source/model/drift.ts';
import {planeWithControllers} from '../shared-control-plane.ts';
import {configMap, deployment, secret, service} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => planeWithControllers!.kubectl(parameters);

/** What somebody does, and the one event it must be. `now` undefined: not compared. */
interface Case {
	readonly title: string;
	readonly act: (namespace: string) => Promise<unknown>;
	readonly object: string;
	readonly type: DriftEvent['type'];
	readonly path: string;
	readonly was?: string | null;
	readonly now?: string | null;
	readonly manager: string;
	/** Proof on the live object that the heal brought Git's state back. */
	readonly healed: (namespace: string) => Promise<boolean>;
}

const cases: Case[] = [
	{
		title: 'kubectl scale',
		act: namespace => kubectl('scale', 'deployment/web', '--replicas=5', '-n', namespace),
		object: 'Deployment/web',
		type: 'modified',
		path: 'spec.replicas',
		was: '2',
		now: '5',
		manager: 'kubectl',
		healed: async namespace => (await live(namespace, 'deployment/web', '.spec.replicas')) === '2',
	},
	{
		title: 'kubectl set image',
		act: namespace => kubectl('set', 'image', 'deployment/web', 'web=nginx:1.99', '-n', namespace),
		object: 'Deployment/web',
		type: 'modified',
		path: 'spec.template.spec.containers[name="web"].image',
		was: 'nginx:1.27',
		now: 'nginx:1.99',
		manager: 'kubectl-set',
		healed: async namespace =>
			(await live(namespace, 'deployment/web', '.spec.template.spec.containers[0].image')) === 'nginx:1.27',
	},
	{
		title: 'an edit of a nested field',
		act: namespace =>
			kubectl(
				...['patch', 'service/web', '-n', namespace, '--type=json', '--field-manager=kubectl-edit'],
				...['-p', '[{"op":"replace","path":"/spec/selector/app","value":"other"}]'],
			),
		object: 'Service/web',
		type: 'modified',
		path: 'spec.selector',
		manager: 'kubectl-edit',
		healed: async namespace => (await live(namespace, 'service/web', '.spec.selector.app')) === 'web',
	},
	{
		title: 'kubectl delete',
		act: namespace => kubectl('delete', 'service/web', '-n', namespace),
		object: 'Service/web',
		type: 'deleted',
		path: '',
		manager: 'unknown',
		healed: async namespace => (await live(namespace, 'service/web', '.spec.selector.app')) === 'web',
	},
	{
		title: 'a label removed',
		act: namespace => kubectl('label', 'deployment/web', 'tier-', '-n', namespace),
		object: 'Deployment/web',
		type: 'removed',
		path: 'metadata.labels.tier',
		was: 'front',
		now: null,
		manager: 'unknown',
		healed: async namespace => (await live(namespace, 'deployment/web', '.metadata.labels.tier')) === 'front',
	},
	{
		title: 'a ConfigMap key changed',
		act: namespace => kubectl('patch', 'configmap/settings', '-n', namespace, '-p', '{"data":{"LOG_LEVEL":"debug"}}'),
		object: 'ConfigMap/settings',
		type: 'modified',
		path: 'data.LOG_LEVEL',
		was: 'info',
		now: 'debug',
		manager: 'kubectl-patch',
		healed: async namespace => (await live(namespace, 'configmap/settings', '.data.LOG_LEVEL')) === 'info',
	},
	{
		title: 'an environment variable added by hand',
		act: namespace => kubectl('set', 'env', 'deployment/web', 'DEBUG=1', '-n', namespace),
		object: 'Deployment/web',
		type: 'foreign-addition',
		path: 'spec.template.spec.containers[name="web"].env[name="DEBUG"]',
		manager: 'kubectl-set',
		healed: async namespace =>
			(await live(namespace, 'deployment/web', '.spec.template.spec.containers[0].env[*].name')) === 'MODE',
	},
	{
		title: 'a Secret value changed',
		act: namespace =>
			kubectl('patch', 'secret/credentials', '-n', namespace, '-p', '{"stringData":{"password":"canary-changed"}}'),
		object: 'Secret/credentials',
		type: 'modified',
		path: 'data.password',
		was: '(redacted)',
		now: '(redacted)',
		manager: 'kubectl-patch',
		healed: async namespace =>
			Buffer.from(await live(namespace, 'secret/credentials', '.data.password'), 'base64').toString() === 'canary-git',
	},
];

async function live(namespace: string, object: string, path: string): Promise<string> {
	return kubectl('get', object, '-n', namespace, '-o', `jsonpath={${path}}`);
}

describe.skipIf(!planeWithControllers)('drift on a real cluster', () => {
	const healing = uniqueName('healing');
	const observing = uniqueName('observing');
	let bench: WorkerBench;

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: planeWithControllers!.kubeconfig,
			applications: [
				{name: healing, path: 'shop', namespace: healing, drift: {mode: 'heal', foreignAdditions: 'heal'}},
				{name: observing, path: 'shop', namespace: observing, drift: {mode: 'observe', foreignAdditions: 'observe'}},
			],
		});
		bench.remote.push('the shop', {
			'shop/deployment.yaml': deployment(),
			'shop/service.yaml': service(),
			'shop/settings.yaml': configMap('settings', {LOG_LEVEL: 'info', COLOR: 'blue'}),
			'shop/credentials.yaml': secret('credentials', {password: 'canary-git', user: 'shop'}),
		});
		await bench.start();
		await bench.synced();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', healing, observing, '--wait=false');
	});

	for (const one of cases) {
		test(`${one.title} is one event, with field and manager, and is healed where the mode says so`, async () => {
			const before = bench.drifts(healing).length;
			await one.act(healing);
			const event = await eventually(() => {
				const found = bench.drifts(healing).slice(before);
				expect(found.map(item => item.action)).toEqual(['healed']);
				return found[0]!;
			});
			expect(event).toMatchObject({object: one.object, type: one.type, namespace: healing});
			const field = event.fields.find(item => item.path === one.path);
			expect(field, JSON.stringify(event.fields)).toMatchObject({class: one.type, manager: one.manager});
			if (one.was !== undefined) expect(field?.was).toBe(one.was);
			if (one.now !== undefined) expect(field?.now).toBe(one.now);
			expect(event.duration).toBeGreaterThanOrEqual(0);
			await eventually(async () => expect(await one.healed(healing)).toBe(true));
			await bench.synced(healing);
			expect((await bench.status(healing)).drift).toEqual([]);
		});
	}

	test('where the mode is observe the same acts are reported, stand, and nothing is written', async () => {
		// The other application's last heal made an object anew: its uid goes into the inventory a moment later.
		await sleep(2_000);
		const writes = (await bench.counters()).writes;
		for (const one of cases.filter(item => item.title !== 'kubectl delete')) {
			const before = bench.drifts(observing).length;
			await one.act(observing);
			await eventually(() => {
				const found = bench.drifts(observing).slice(before);
				expect(found.map(item => [item.object, item.action])).toEqual([[one.object, 'reported']]);
				expect(found[0]!.fields.map(item => item.path)).toContain(one.path);
			});
		}
		expect((await bench.counters()).writes).toBe(writes);
		const status = await bench.status(observing);
		expect(status.syncStatus).toBe('OutOfSync');
		expect(status.counts.drifted).toBe(4);
	});

	test("a person's sync puts everything back", async () => {
		const answer = await bench.client.sync({application: observing, initiatedBy: 'ana@bastion', dryRun: false});
		expect(answer.operation).toMatchObject({phase: 'Succeeded', initiatedBy: 'ana@bastion'});
		expect(await live(observing, 'deployment/web', '.spec.replicas')).toBe('2');
		expect((await bench.status(observing)).syncStatus).toBe('Synced');
	});

	test('a pod that dies is no drift', async () => {
		const before = bench.drifts().length;
		const pod = (await kubectl('get', 'pods', '-n', healing, '-l', 'app=web', '-o', 'name')).split('\n')[0]!;
		await kubectl('delete', pod, '-n', healing);
		await bench.synced(healing);
		expect(bench.drifts().slice(before)).toEqual([]);
	});

	test('no Secret value is in the log, the journal or any message', async () => {
		await bench.client.refresh({applications: [], hard: true});
		const everything = JSON.stringify([...bench.entries.values()]);
		expect(everything).not.toContain('canary');
		const {execFileSync} = await import('node:child_process');
		for (const canary of ['canary-changed', 'canary-git', Buffer.from('canary-git').toString('base64')]) {
			const found = execFileSync('sh', ['-c', `grep -rlaF '${canary}' worker.log state || true`], {
				cwd: bench.directory,
				encoding: 'utf8',
			});
			expect(found).toBe('');
		}
	});

	test('at rest with controllers running there is neither drift nor dry run nor write', async () => {
		await bench.synced(healing);
		const before = {drifts: bench.drifts().length, ...(await bench.counters())};
		await sleep(Number(process.env.HOLDFAST_REST_SECONDS ?? 10) * 1000);
		const after = await bench.counters();
		expect(bench.drifts().length).toBe(before.drifts);
		expect(after.writes).toBe(before.writes);
		expect(after.dryRuns).toBe(before.dryRuns);
	});
});
