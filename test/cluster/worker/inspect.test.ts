import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {TreeNode} from '../../../source/protocol/messages/inspect.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {configMap, deployment, secret, service} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

describe.skipIf(!plane)('looking at an application on a real cluster', () => {
	const name = uniqueName('inspect');
	let bench: WorkerBench;
	const tree = () => bench.client.tree({application: name});
	const named = (nodes: readonly TreeNode[], kind: string) => nodes.filter(({ref}) => ref.kind === kind);

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: [
				{
					name,
					namespace: name,
					syncPolicy: {automated: {prune: true, selfHeal: false}},
				},
			],
		});
		bench.remote.push('first', {
			[`${name}/all.yaml`]: [
				deployment({image: 'nginx:1.27', replicas: 2}),
				service(),
				configMap('settings', {mode: 'calm'}),
				secret('token', {password: 'hunter2'}),
			].join('---\n'),
		});
		await bench.start();
		await eventually(async () => expect((await bench.status(name)).syncStatus).toBe('Synced'));
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', name, '--wait=false', '--ignore-not-found');
	});

	test('the tree hangs what controllers made below what Git names', async () => {
		const nodes = await eventually(async () => {
			const found = await tree();
			expect(named(found, 'Pod')).toHaveLength(2);
			return found;
		});
		const [web] = named(nodes, 'Deployment');
		const [set] = named(nodes, 'ReplicaSet');
		expect(set?.parent).toBe(web?.key);
		expect(named(nodes, 'Pod').map(({parent}) => parent)).toEqual([set?.key, set?.key]);
		expect(named(nodes, 'Pod')[0]?.createdAt).toBeGreaterThan(Date.now() - 600_000);
		expect(web?.detail).toMatch(/^\d\/2 ready/);
		expect(web).toMatchObject({parent: null, syncStatus: 'Synced', isHook: false});
		const order = nodes.map(({key}) => key);
		for (const {key, parent} of nodes) {
			if (parent !== null) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(key));
		}
	});

	test('an old ReplicaSet without pods is not shown', async () => {
		bench.remote.push('another image', {
			[`${name}/all.yaml`]: [
				deployment({image: 'nginx:1.28', replicas: 2}),
				service(),
				configMap('settings', {mode: 'calm'}),
				secret('token', {password: 'hunter2'}),
			].join('---\n'),
		});
		await bench.refresh();
		await eventually(async () => {
			const sets = await kubectl('get', 'replicaset', '-n', name, '-o', 'jsonpath={.items[*].spec.replicas}');
			expect(sets.split(' ').sort()).toEqual(['0', '2']);
			expect(named(await tree(), 'ReplicaSet')).toHaveLength(1);
		}, 60_000);
	});

	test('a drift stands with its object', async () => {
		await kubectl('patch', 'configmap/settings', '-n', name, '-p', '{"data":{"mode":"wild"}}');
		await eventually(async () => {
			const node = (await tree()).find(({ref}) => ref.name === 'settings');
			expect(node?.drift?.fields.map(({path}) => path)).toEqual(['data.mode']);
		});
	});

	test('an object says who owns which field, as it is and as Git wants it', async () => {
		const details = await bench.client.object({application: name, object: {kind: 'ConfigMap', name: 'settings'}});
		expect(details.live).toContain('mode: wild');
		expect(details.desired).toContain('mode: calm');
		expect(details.live).not.toContain('managedFields');
		const owner = details.managers.find(({paths}) => paths.includes('data.mode'));
		expect(owner).toMatchObject({manager: 'kubectl-patch', operation: 'Update'});
		expect(owner?.time).toBeGreaterThan(Date.now() - 600_000);
	});

	test('a Secret shows its keys and never a value', async () => {
		const details = await bench.client.object({application: name, object: {kind: 'Secret', name: 'token'}});
		const shown = JSON.stringify(details);
		expect(details.live).toContain('password');
		expect(shown).not.toContain('hunter2');
		expect(shown).not.toContain(Buffer.from('hunter2').toString('base64'));
	});

	test('a pod below an object of the application can be looked at; what is elsewhere cannot', async () => {
		await eventually(async () => {
			const [pod] = named(await tree(), 'Pod');
			const details = await bench.client.object({application: name, object: {kind: 'Pod', name: pod!.ref.name}});
			expect(details).toMatchObject({live: expect.stringContaining('nginx:1.28'), desired: null});
		});
		await expect(
			bench.client.object({application: name, object: {kind: 'ConfigMap', name: 'kube-root-ca.crt'}}),
		).rejects.toMatchObject({code: 'ObjectNotFound'});
	});

	test("Kubernetes' own Events of objects and their children, newest first, and nobody else's", async () => {
		await kubectl('create', 'deployment', 'stranger', '--image=nginx', '-n', name);
		const events = await eventually(async () => {
			const found = await bench.client.events({application: name});
			expect(found.map(({reason}) => reason)).toContain('ScalingReplicaSet');
			expect(found.map(({reason}) => reason)).toContain('SuccessfulCreate');
			return found;
		});
		expect(events.filter(({object}) => object.includes('stranger'))).toEqual([]);
		expect(events.map(({lastSeen}) => lastSeen)).toEqual(events.map(({lastSeen}) => lastSeen).sort((a, b) => b - a));
	});

	test("the worker's log about this application", async () => {
		await bench.client.sync({application: name, initiatedBy: 'ana@bastion', dryRun: true});
		const lines = await bench.client.workerLog({application: name, limit: 50});
		expect(lines.length).toBeGreaterThan(0);
		for (const line of lines) expect(JSON.parse(line).application).toBe(name);
	});
});
