import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {HoldParameters} from '../../../source/protocol/messages/hold.ts';
import {planeWithControllers} from '../shared-control-plane.ts';
import {configMap, deployment} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => planeWithControllers!.kubectl(parameters);

/** Holds on a real cluster: a person pauses healing, and nobody is lied to. */
describe.skipIf(!planeWithControllers)('holds on a real cluster', () => {
	const name = uniqueName('held');
	let bench: WorkerBench;
	const replicas = (): Promise<string> => live('deployment/web', '.spec.replicas');
	const image = (): Promise<string> => live('deployment/web', '.spec.template.spec.containers[0].image');
	const live = (object: string, path: string): Promise<string> =>
		kubectl('get', object, '-n', name, '-o', `jsonpath={${path}}`);
	const hold = async (changes: Partial<HoldParameters> = {}) => {
		const answer = await bench.client.hold({
			applications: [name],
			scope: {type: 'application'},
			owner: 'ana@bastion-1',
			reason: 'INC-2231',
			durationMilliseconds: 3_600_000,
			breakGlass: false,
			includesSync: false,
			...changes,
		});
		expect(answer.problems).toEqual([]);
		return answer.holds[0]!.hold;
	};
	const resume = () => bench.client.resume({applications: [name], holds: [], by: 'ana@bastion-1'});
	const lastDrift = () => bench.drifts(name).at(-1);

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: planeWithControllers!.kubeconfig,
			applications: [{name, path: 'shop', namespace: name}],
		});
		bench.remote.push('the shop', {
			'shop/deployment.yaml': deployment(),
			'shop/settings.yaml': configMap('settings', {LOG_LEVEL: 'info', COLOR: 'blue'}),
		});
		await bench.start();
		await bench.synced();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', name, '--wait=false', '--ignore-not-found');
	});

	test('a held application still sees drift, attributes it, and leaves it; resume heals it', async () => {
		await hold();
		await kubectl('scale', 'deployment/web', '--replicas=5', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held'}));
		expect(lastDrift()).toMatchObject({
			object: 'Deployment/web',
			reason: expect.stringContaining('held by ana@bastion-1'),
			fields: [{path: 'spec.replicas', was: '2', now: '5', manager: 'kubectl', subresource: 'scale'}],
		});
		await bench.refresh();
		expect(await replicas()).toBe('5');
		const status = await bench.status(name);
		expect(status).toMatchObject({syncStatus: 'OutOfSync', isHealing: true, drift: [{action: 'held'}]});
		expect(status.holds).toMatchObject([{owner: 'ana@bastion-1', reason: 'INC-2231', includesSync: false}]);
		const {holds} = await resume();
		expect(holds).toHaveLength(1);
		await eventually(async () => expect(await replicas()).toBe('2'));
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'healed'}));
		expect((await bench.status(name)).holds).toEqual([]);
	});

	test('what stands in several events is no news after a restart', async () => {
		await hold();
		await kubectl('scale', 'deployment/web', '--replicas=5', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held', fields: [{path: 'spec.replicas'}]}));
		await kubectl('set', 'image', 'deployment/web', '*=example/web:held', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({fields: [{path: expect.stringContaining('image')}]}));
		const before = await bench.client.history({application: name, types: ['drift']});
		const {syncSince} = await bench.status(name);
		await bench.stop();
		await bench.start();
		const history = await bench.client.history({application: name, types: ['drift']});
		expect(history.map(({id, time}) => [id, time])).toEqual(before.map(({id, time}) => [id, time]));
		expect(await bench.status(name)).toMatchObject({syncSince, drift: [{action: 'held', fields: [{}, {}]}]});
		await resume();
		await eventually(async () => expect(await replicas()).toBe('2'));
		await bench.synced(name);
	});

	test('a drift that stands already is held too when the hold comes, and what is not held goes on being healed', async () => {
		await hold({scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'}});
		await kubectl('scale', 'deployment/web', '--replicas=4', '-n', name);
		await kubectl('set', 'image', 'deployment/web', 'web=nginx:9', '-n', name);
		await eventually(async () => expect(await image()).toBe('nginx:1.27'));
		await sleep(1_000);
		expect(await replicas()).toBe('4');
		expect((await bench.status(name)).drift).toMatchObject([
			{object: 'Deployment/web', action: 'held', fields: [{path: 'spec.replicas'}]},
		]);
	});

	test('a held field survives a sync of the rest, also when Git changes it', async () => {
		bench.remote.push('more replicas, another image', {
			'shop/deployment.yaml': deployment({replicas: 3, image: 'nginx:1.28'}),
		});
		await bench.refresh(name);
		await eventually(async () => expect(await image()).toBe('nginx:1.28'));
		expect(await replicas()).toBe('4');
		const {plan} = await bench.client.sync({application: name, initiatedBy: 'ana@bastion-1', dryRun: true});
		expect(plan.counts).toMatchObject({create: 0, change: 0, delete: 0});
		expect(plan.held).toMatchObject([{ref: {name: 'web'}, paths: ['spec.replicas'], outcome: 'left'}]);
		expect((await bench.status(name)).syncStatus).toBe('OutOfSync');
		await resume();
		await eventually(async () => expect(await replicas()).toBe('3'));
		await bench.synced(name);
	});

	test('a held field that nobody touched keeps its value when Git changes it, until the hold is over', async () => {
		await hold({scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'}});
		bench.remote.push('fewer replicas, another image', {
			'shop/deployment.yaml': deployment({replicas: 1, image: 'nginx:1.29'}),
		});
		await bench.refresh(name);
		await eventually(async () => expect(await image()).toBe('nginx:1.29'));
		expect(await replicas()).toBe('3');
		expect((await bench.status(name)).syncStatus).toBe('OutOfSync');
		// A heal of another field of the object does not bring the held one along.
		await kubectl('set', 'image', 'deployment/web', 'web=nginx:9', '-n', name);
		await eventually(async () => expect(await image()).toBe('nginx:1.29'));
		expect(await replicas()).toBe('3');
		await resume();
		await eventually(async () => expect(await replicas()).toBe('1'));
		await bench.synced(name);
	});

	test('a manual sync of a held application says what it would overwrite and needs a word', async () => {
		await hold();
		await kubectl('scale', 'deployment/web', '--replicas=6', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held'}));
		const asked = {application: name, initiatedBy: 'dan@bastion-2', dryRun: false};
		const refused = await bench.client.sync(asked);
		expect(refused.operation).toBeUndefined();
		expect(refused.problem).toMatchObject({
			code: 'Held',
			message: expect.stringMatching(
				/held by ana@bastion-1 \(INC-2231\); a sync would overwrite Deployment\/web spec\.replicas/,
			),
		});
		expect(await replicas()).toBe('6');
		const done = await bench.client.sync({...asked, overrideHold: true});
		expect(done.plan.held).toMatchObject([{outcome: 'overwritten'}]);
		expect(done.operation).toMatchObject({phase: 'Succeeded'});
		expect(await replicas()).toBe('1');
		expect((await bench.status(name)).holds).toHaveLength(1);
		await resume();
	});

	test('with sync, a new commit waits for the end of the hold', async () => {
		await hold({includesSync: true});
		bench.remote.push('red', {'shop/settings.yaml': configMap('settings', {LOG_LEVEL: 'info', COLOR: 'red'})});
		await bench.refresh(name);
		expect(await live('configmap/settings', '.data.COLOR')).toBe('blue');
		await resume();
		await eventually(async () => expect(await live('configmap/settings', '.data.COLOR')).toBe('red'));
	});

	test('a second operator sees it, and may end it, without this worker being asked', async () => {
		const placed = await hold();
		const inventory = JSON.parse(await kubectl('get', 'configmap', `holdfast-${name}`, '-n', name, '-o', 'json'));
		expect(JSON.parse(inventory.data.holds)).toMatchObject([{id: placed.id, owner: 'ana@bastion-1'}]);
		await kubectl('scale', 'deployment/web', '--replicas=7', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held'}));
		await kubectl('patch', 'configmap', `holdfast-${name}`, '-n', name, '-p', '{"data":{"holds":"[]"}}');
		await eventually(async () => expect(await replicas()).toBe('1'));
		expect((await bench.status(name)).holds).toEqual([]);
		const events = await kubectl('get', 'events', '-n', name, '-o', 'jsonpath={.items[*].reason}');
		expect(events).toContain('Held');
		expect(events).toContain('Resumed');
	});

	test('a hold that expires while the worker is down is over on its return, and what it held is healed', async () => {
		await hold({durationMilliseconds: 1_500});
		await kubectl('scale', 'deployment/web', '--replicas=8', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held'}));
		await bench.stop();
		await sleep(1_600);
		expect(await replicas()).toBe('8');
		await bench.start();
		await eventually(async () => expect(await replicas()).toBe('1'));
		await eventually(async () => {
			const history = await bench.client.history({application: name, types: ['hold'], limit: 1});
			expect(history).toMatchObject([{action: 'ended', by: 'holdfast'}]);
		});
		const inventory = JSON.parse(await kubectl('get', 'configmap', `holdfast-${name}`, '-n', name, '-o', 'json'));
		expect(inventory.data.holds).toBeUndefined();
		await bench.synced(name);
	});

	test('a hold ends by itself while the worker runs', async () => {
		await hold({durationMilliseconds: 1_500});
		await kubectl('scale', 'deployment/web', '--replicas=9', '-n', name);
		await eventually(() => expect(lastDrift()).toMatchObject({action: 'held'}));
		await eventually(async () => expect(await replicas()).toBe('1'));
		await bench.synced(name);
	});

	test('five minutes before its end a hold warns, once, also in the cluster', async () => {
		const {id} = await hold({durationMilliseconds: 5 * 60_000 + 1_000});
		const warnings = async () => {
			const entries = await bench.client.history({application: name, types: ['hold']});
			return entries.filter(entry => entry.type === 'hold' && entry.action === 'ending' && entry.hold.id === id);
		};
		await eventually(async () => expect(await warnings()).toHaveLength(1));
		await eventually(async () => {
			const events = JSON.parse(await kubectl('get', 'events', '-n', name, '-o', 'json')) as {items: object[]};
			expect(events.items).toContainEqual(expect.objectContaining({reason: 'HoldEnding', type: 'Warning'}));
		});
		await bench.stop();
		await bench.start();
		expect(await warnings()).toHaveLength(1);
		await resume();
	});

	test('a held object is neither changed nor deleted by a sync', async () => {
		await hold({scope: {type: 'object', kind: 'ConfigMap', name: 'settings'}});
		bench.remote.push('settings go', {'shop/settings.yaml': null, 'shop/other.yaml': configMap('other', {key: 'one'})});
		await bench.refresh(name);
		await eventually(async () => expect(await live('configmap/other', '.data.key')).toBe('one'));
		expect(await live('configmap/settings', '.data.COLOR')).toBe('red');
		await resume();
		await eventually(async () =>
			expect(await kubectl('get', 'configmap', '-n', name, '-o', 'name')).not.toContain('configmap/settings'),
		);
	});

	describe('a hold that comes while a sync runs', () => {
		const inWave = (wave: number, text: string): string =>
			text.replace(/metadata: \{name: (\w+)\}/, `metadata: {name: $1, annotations: {holdfast.dev/wave: "${wave}"}}`);
		/** It gets ready when the test says so: what comes after it waits for that long. */
		const gate = (name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;
		const open = (gate: string): Promise<string> => {
			const status = JSON.stringify({status: {loadBalancer: {ingress: [{ip: '192.0.2.1'}]}}});
			return kubectl('patch', `service/${gate}`, '-n', name, '--subresource=status', '--type=merge', '-p', status);
		};
		const untilAt = (gate: string) =>
			eventually(async () => {
				expect((await bench.status(name)).operation?.phase).toBe('Running');
				expect(await kubectl('get', `service/${gate}`, '-n', name, '-o', 'name')).toContain(gate);
			});
		const finished = async () => {
			await eventually(async () => expect((await bench.status(name)).operation?.phase).toBe('Succeeded'));
			return (await bench.status(name)).operation!;
		};

		beforeAll(async () => {
			bench.remote.push('three more', {
				'shop/early.yaml': inWave(2, configMap('early', {key: 'one'})),
				'shop/late.yaml': inWave(2, configMap('late', {key: 'one', other: 'one'})),
				'shop/former.yaml': inWave(2, configMap('former', {key: 'one'})),
			});
			await bench.refresh(name);
			await bench.synced(name);
		});

		test('keeps what was planned from being written and deleted, and it is owed when the hold is over', async () => {
			bench.remote.push('all of it changes', {
				'shop/gate.yaml': gate('gate-one'),
				'shop/early.yaml': inWave(2, configMap('early', {key: 'two'})),
				'shop/late.yaml': inWave(2, configMap('late', {key: 'two', other: 'two'})),
				'shop/former.yaml': null,
			});
			const refreshed = bench.refresh(name);
			await untilAt('gate-one');
			await hold({scope: {type: 'object', kind: 'ConfigMap', name: 'early'}});
			await hold({scope: {type: 'object', kind: 'ConfigMap', name: 'former'}});
			await hold({scope: {type: 'field', kind: 'ConfigMap', name: 'late', path: 'data.key'}});
			await open('gate-one');
			const {results, message} = await finished();
			await refreshed;
			expect(results).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						object: 'ConfigMap/early',
						result: 'Skipped',
						message: expect.stringContaining('early is held by ana@bastion-1'),
					}),
					expect.objectContaining({object: 'ConfigMap/former', action: 'delete', result: 'Skipped'}),
					expect.objectContaining({
						object: 'ConfigMap/late',
						result: 'Succeeded',
						message: expect.stringContaining('but for data.key'),
					}),
				]),
			);
			expect(message).toContain('3 held');
			expect(await live('configmap/early', '.data.key')).toBe('one');
			expect(await live('configmap/former', '.data.key')).toBe('one');
			expect(await live('configmap/late', '.data.key')).toBe('one');
			expect(await live('configmap/late', '.data.other')).toBe('two');
			expect((await bench.status(name)).syncStatus).toBe('OutOfSync');
			await resume();
			await bench.synced(name);
			expect(await live('configmap/early', '.data.key')).toBe('two');
			expect(await live('configmap/late', '.data.key')).toBe('two');
			expect(await kubectl('get', 'configmap', '-n', name, '-o', 'name')).not.toContain('former');
		});

		test('does not stand in the way of a sync that was told to override holds', async () => {
			await hold({includesSync: true});
			bench.remote.push('once more', {
				'shop/gate.yaml': gate('gate-two'),
				'shop/early.yaml': inWave(2, configMap('early', {key: 'three'})),
			});
			const synced = bench.client.sync({
				application: name,
				initiatedBy: 'dan@bastion-2',
				dryRun: false,
				overrideHold: true,
			});
			await untilAt('gate-two');
			await hold({scope: {type: 'object', kind: 'ConfigMap', name: 'early'}});
			await open('gate-two');
			expect((await synced).operation).toMatchObject({phase: 'Succeeded'});
			expect(await live('configmap/early', '.data.key')).toBe('three');
			await resume();
			await bench.synced(name);
		});
	});
});
