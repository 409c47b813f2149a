import type {ControlPlane} from '../cluster/control-plane.ts';
import {createBareClient} from './bare-loop.ts';
import {configMap, createBench, milliseconds, printTable, quantile, until} from './bench.ts';

const count = 60;
const pauseMilliseconds = 250;
const name = 'latency';

/** From sending somebody's write to the event at a client, and to the answer that healed it. Each object drifts once. */
export async function benchmarkDriftLatency(plane: ControlPlane): Promise<void> {
	const bench = createBench(plane);
	try {
		const files: Record<string, string> = {};
		for (let index = 0; index < count; index++) {
			files[`${name}/c-${index}.yaml`] = configMap(`c-${index}`, '1');
			files[`${name}/d-${index}.yaml`] = deployment(`d-${index}`);
		}
		bench.remote.push('objects to drift', files);
		bench.configure([{name, namespace: name, isAutomated: true}]);
		const {client} = await bench.startWorker();
		await until(async () => {
			const {applications} = await client.snapshot({applications: [name]});
			return applications[0]?.syncStatus === 'Synced' && applications[0].operation?.phase === 'Succeeded';
		}, 60_000);
		await new Promise(resolve => setTimeout(resolve, 2_000));
		const bare = createBareClient(plane.kubeconfig);
		const seen = new Map<string, {event?: number; healed?: number}>();
		client.onJournal(entry => {
			if (entry.type !== 'drift') return;
			const times = seen.get(entry.event.object) ?? {};
			times.event ??= performance.now();
			if (entry.event.action === 'healed') times.healed ??= performance.now();
			seen.set(entry.event.object, times);
		});
		for (const kind of ['ConfigMap', 'Deployment'] as const) {
			const events: number[] = [];
			const heals: number[] = [];
			for (let index = 0; index < count; index++) {
				const object = kind === 'ConfigMap' ? `c-${index}` : `d-${index}`;
				const start = performance.now();
				if (kind === 'ConfigMap') {
					await bare.mergePatch(
						`/api/v1/namespaces/${name}/configmaps/${object}`,
						{data: {key: 'hand'}},
						'kubectl-edit',
					);
				} else {
					await bare.mergePatch(
						`/apis/apps/v1/namespaces/${name}/deployments/${object}/scale`,
						{spec: {replicas: 3}},
						'kubectl',
					);
				}
				await until(() => seen.get(`${kind}/${object}`)?.healed !== undefined, 10_000);
				const times = seen.get(`${kind}/${object}`)!;
				events.push(times.event! - start);
				heals.push(times.healed! - start);
				// The controllers' own work for the last drift is not what is measured.
				await new Promise(resolve => setTimeout(resolve, pauseMilliseconds));
			}
			const row = (what: string, values: number[], aim: number) => ({
				what,
				measured: `median ${milliseconds(quantile(values, 0.5))}, p95 ${milliseconds(quantile(values, 0.95))}`,
				aim: `p95 ≤ ${aim} ms`,
				isMet: quantile(values, 0.95) <= aim,
			});
			printTable(`Drift of a ${kind}, ${count} times, from sending the write`, [
				row('to the event at a client', events, 50),
				row('to the heal known at a client', heals, 100),
			]);
		}
		await bare.close();
	} finally {
		await bench.close();
	}
}

function deployment(of: string): string {
	return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${of}}\nspec:\n  replicas: 0\n  selector: {matchLabels: {app: ${of}}}\n  template:\n    metadata: {labels: {app: ${of}}}\n    spec: {containers: [{name: main, image: nginx}]}\n`;
}
