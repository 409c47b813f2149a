import {spawn} from 'node:child_process';
import {existsSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ControlPlane, startControlPlane} from '../control-plane.ts';
import {planeThatCollects as sharedPlane} from '../shared-control-plane.ts';
import {configMap, service} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const bundle = path.resolve(import.meta.dirname, '../../../dist/worker.js');

describe.skipIf(!sharedPlane)('recovery', () => {
	let plane: ControlPlane;
	const open: WorkerBench[] = [];
	const benchOf = (name: string): WorkerBench => {
		const bench = createWorkerBench({
			kubeconfig: plane.kubeconfig,
			applications: [{name, path: 'app', namespace: name}],
		});
		open.push(bench);
		return bench;
	};
	const manyFiles = (count: number, value: string): Record<string, string> =>
		Object.fromEntries(
			Array.from({length: count}, (_, index) => [`app/m-${index}.yaml`, configMap(`m-${index}`, {key: value})]),
		);

	beforeAll(async () => {
		plane = await startControlPlane({hasControllers: true, isFsyncOff: true});
	});
	afterAll(async () => {
		for (const bench of open) await bench.close();
		await plane?.stop();
	});

	test('kill -9 in the middle of a sync of 300 objects: the next start converges, nothing orphaned, nothing lost', async () => {
		expect(existsSync(bundle), 'npm run build comes first').toBe(true);
		const name = uniqueName('killed');
		const bench = benchOf(name);
		bench.remote.push('300 objects', manyFiles(300, '1'));
		const count = async (): Promise<number> => {
			const listed = await plane.kubectl(['get', 'configmap', '-n', name, '-o', 'name']).catch(() => '');
			return listed.match(/\/m-/g)?.length ?? 0;
		};
		const kill = async (shouldKill: () => Promise<boolean>): Promise<void> => {
			const child = spawn(process.execPath, [bundle, JSON.stringify(bench.options())], {stdio: 'ignore'});
			const ended = new Promise(resolve => child.once('exit', resolve));
			await eventually(async () => expect(await shouldKill()).toBe(true), 30_000);
			child.kill('SIGKILL');
			await ended;
		};
		await kill(async () => (await count()) > 0);
		const atKill = await count();
		expect(atKill).toBeGreaterThan(0);
		// What was written is in the inventory already: names go in before the first write.
		const inventory = await plane.kubectl(['get', 'configmap', `holdfast-${name}`, '-n', name, '-o', 'json']);
		expect(inventory.match(/m-\d+/g)?.length).toBeGreaterThanOrEqual(atKill);
		// The next commit drops twenty; ten of the budget's 20 % of 300 are far from enough to ask.
		bench.remote.push('twenty fewer', Object.fromEntries(Object.keys(manyFiles(20, '1')).map(file => [file, null])));
		await bench.start();
		await bench.synced();
		expect(await count()).toBe(280);
		expect((await bench.status(name)).counts).toMatchObject({objects: 280, synced: 280, toPrune: 0});
		const {writes} = await bench.counters();
		await bench.refresh();
		expect((await bench.counters()).writes).toBe(writes);
	});

	test('an API server that goes away is said, and drift made meanwhile is healed when it is back', async () => {
		const name = uniqueName('away');
		const bench = benchOf(name);
		bench.remote.push('app', {'app/a.yaml': configMap('a', {key: '1'}), 'app/service.yaml': service()});
		await bench.start();
		await bench.synced();
		await plane.stopApiServer({isSudden: true});
		await eventually(async () => {
			const {conditions} = await bench.status(name);
			expect(conditions.map(condition => condition.type)).toContain('ClusterUnreachable');
		});
		expect((await bench.status(name)).counts.objects).toBe(2);
		bench.remote.push('while away', {'app/b.yaml': configMap('b', {key: '1'})});
		await bench.refresh();
		await plane.startApiServer();
		await eventually(async () => {
			expect(await plane.kubectl(['get', 'configmap/b', '-n', name, '-o', 'name'])).toBe('configmap/b\n');
		}, 60_000);
		await bench.synced();
		await plane.kubectl(['patch', 'configmap/a', '-n', name, '-p', '{"data":{"key":"hand"}}']);
		await eventually(() => expect(bench.drifts(name).map(event => event.action)).toEqual(['healed']));
	});

	test('a cluster that was rebuilt behind the same address is another one: it is filled from Git, not called Synced', async () => {
		const name = uniqueName('rebuilt');
		const bench = benchOf(name);
		bench.remote.push('app', {'app/a.yaml': configMap('a', {key: '1'}), 'app/b.yaml': configMap('b', {key: '1'})});
		await bench.start();
		await bench.synced();
		await plane.rebuild();
		await eventually(async () => {
			expect(await plane.kubectl(['get', 'configmap/a', 'configmap/b', '-n', name, '-o', 'name'])).toContain('b');
		}, 90_000);
		await bench.synced();
		await plane.kubectl(['patch', 'configmap/a', '-n', name, '-p', '{"data":{"key":"hand"}}']);
		await eventually(() => expect(bench.drifts(name).at(-1)).toMatchObject({action: 'healed'}));
	});

	test('drift while no worker runs is seen, attributed and healed at the next start', async () => {
		const name = uniqueName('asleep');
		const bench = benchOf(name);
		bench.remote.push('app', {
			'app/a.yaml': configMap('a', {key: '1'}),
			'app/b.yaml': configMap('b', {key: '1'}),
			'app/c.yaml': configMap('c', {key: '1'}),
		});
		await bench.start();
		await bench.synced();
		await bench.stop();
		await plane.kubectl(['patch', 'configmap/a', '-n', name, '-p', '{"data":{"key":"hand"}}']);
		await plane.kubectl(['delete', 'configmap/b', '-n', name]);
		await plane.kubectl(['label', 'configmap/c', '-n', name, 'applyset.kubernetes.io/part-of-']);
		await bench.start();
		await bench.synced();
		await eventually(() =>
			expect(
				bench
					.drifts(name)
					.map(event => [event.object, event.type, event.action])
					.sort(),
			).toEqual([
				['ConfigMap/a', 'modified', 'healed'],
				['ConfigMap/b', 'deleted', 'healed'],
				['ConfigMap/c', 'removed', 'healed'],
			]),
		);
		const modified = bench.drifts(name).find(event => event.object === 'ConfigMap/a');
		expect(modified?.fields).toMatchObject([{path: 'data.key', was: '"1"', now: 'hand', manager: 'kubectl-patch'}]);
	});

	test('an empty cluster and the same repository: one command brings everything back', async () => {
		const name = uniqueName('disaster');
		const bench = benchOf(name);
		bench.remote.push('app', {...manyFiles(20, '1'), 'app/service.yaml': service()});
		await bench.start();
		await bench.synced();
		await bench.stop();
		const second = await startControlPlane({hasControllers: false, isFsyncOff: true});
		try {
			const child = spawn(process.execPath, [
				path.resolve(import.meta.dirname, '../../../source/launcher.cjs'),
				...['sync', '--all', '--yes', '--wait=60s', '--config', path.join(bench.directory, 'holdfast.yaml')],
				...['--kubeconfig', second.kubeconfig],
			]);
			let output = '';
			child.stdout.on('data', chunk => {
				output += chunk;
			});
			child.stderr.on('data', chunk => {
				output += chunk;
			});
			const code = await new Promise(resolve => child.once('exit', resolve));
			expect(code, output).toBe(0);
			const listed = await second.kubectl(['get', 'configmap,service', '-n', name, '-o', 'name']);
			expect(listed.match(/configmap\/m-/g)).toHaveLength(20);
			expect(listed).toContain('service/web');
		} finally {
			await second.stop();
		}
	});

	test('two monitors that start in the same moment share one worker', async () => {
		const name = uniqueName('twice');
		const bench = benchOf(name);
		bench.remote.push('app', {'app/a.yaml': configMap('a', {key: '1'})});
		await bench.start();
		await bench.stop();
		const program = path.resolve(import.meta.dirname, '../../../source/launcher.cjs');
		const where = ['--config', path.join(bench.directory, 'holdfast.yaml'), '--kubeconfig', plane.kubeconfig];
		const runtime = path.join(bench.directory, 'run');
		mkdirSync(runtime, {mode: 0o700});
		const env = {...process.env, XDG_RUNTIME_DIR: runtime, XDG_STATE_HOME: runtime, XDG_CACHE_HOME: runtime};
		const monitors = [1, 2].map(() => {
			const child = spawn(process.execPath, [program, ...where], {env, stdio: ['ignore', 'pipe', 'pipe']});
			const monitor = {child, output: ''};
			for (const stream of [child.stdout, child.stderr]) {
				stream.on('data', chunk => {
					monitor.output += chunk;
				});
			}
			return monitor;
		});
		try {
			for (const monitor of monitors) await eventually(() => expect(monitor.output).toMatch(/state .* Synced Healthy/));
		} finally {
			for (const {child} of monitors) child.kill('SIGTERM');
			const stopping = spawn(process.execPath, [program, 'worker', 'stop', ...where], {env, stdio: 'ignore'});
			await new Promise(resolve => stopping.once('exit', resolve));
		}
	});

	test('watches survive a forgotten history, without a false drift', async () => {
		const name = uniqueName('gone');
		const bench = benchOf(name);
		bench.remote.push('app', {'app/a.yaml': configMap('a', {key: '1'}), 'app/service.yaml': service()});
		await bench.start();
		await bench.synced();
		await plane.forgetHistory();
		await bench.synced();
		await plane.kubectl(['patch', 'configmap/a', '-n', name, '-p', '{"data":{"key":"hand"}}']);
		await eventually(
			() => expect(bench.drifts(name).map(event => [event.object, event.action])).toEqual([['ConfigMap/a', 'healed']]),
			60_000,
		);
	});
});
