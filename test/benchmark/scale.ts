import type {ControlPlane} from '../cluster/control-plane.ts';
import {configMap, createBench, printTable, type Row, seconds, timed, until} from './bench.ts';

const megabyte = 1024 * 1024;

/** Resident memory of the worker with 1,000, 5,000 and 20,000 objects under watch, in applications of 1,000. */
export async function benchmarkMemory(plane: ControlPlane): Promise<void> {
	const rows: Row[] = [];
	const measured: {objects: number; bytes: number}[] = [];
	for (const objects of [1_000, 5_000, 20_000]) {
		const bench = createBench(plane);
		try {
			const applications = Array.from({length: objects / 1_000}, (_, index) => ({
				name: `memory-${objects}-${index}`,
				namespace: `memory-${objects}-${index}`,
				isAutomated: true,
			}));
			const files: Record<string, string> = {};
			for (const {name} of applications) {
				files[`${name}/all.yaml`] = Array.from({length: 1_000}, (_, index) => configMap(`m-${index}`, '1')).join(
					'---\n',
				);
			}
			bench.remote.push(`${objects} objects`, files);
			bench.configure(applications);
			const first = await bench.startWorker();
			const syncTime = await timed(() => allSynced(first, objects, 300_000));
			const afterSync = await resident(first);
			await first.stop();
			// What stays for weeks: a worker that found everything as it should be.
			const second = await bench.startWorker();
			const startTime = await timed(() => allSynced(second, objects, 120_000));
			await new Promise(resolve => setTimeout(resolve, 15_000));
			const atRest = await resident(second);
			measured.push({objects, bytes: atRest});
			const {counters} = (await second.client.snapshot({applications: []})).worker;
			rows.push({
				what: `${objects} objects`,
				measured: `${(atRest / megabyte).toFixed(0)} MB at rest, ${(afterSync / megabyte).toFixed(0)} MB after first sync (${seconds(syncTime)}); restart to verdict ${seconds(startTime)}, ${counters.dryRuns} dry runs`,
				...(objects === 20_000 ? {aim: '≤ 200 MB', isMet: atRest <= 200 * megabyte} : {}),
			});
			await second.stop();
		} finally {
			await bench.close();
		}
		await deleteNamespaces(plane, `memory-${objects}-`);
	}
	const [small] = measured;
	const large = measured.at(-1);
	if (small && large) {
		const growth = (large.bytes - small.bytes) / (large.objects - small.objects);
		rows.push({
			what: 'growth an object',
			measured: `${(growth / 1024).toFixed(2)} KB`,
			aim: '≤ 2 KB',
			isMet: growth <= 2048,
		});
	}
	printTable('Resident memory of the worker', rows);
}

/** A thousand applications of ten objects, from nothing to all Synced. */
export async function benchmarkManyApplications(plane: ControlPlane): Promise<void> {
	const bench = createBench(plane);
	try {
		const applications = Array.from({length: 1_000}, (_, index) => ({
			name: `many-${index}`,
			namespace: `many-${index % 20}`,
			isAutomated: true,
		}));
		const files: Record<string, string> = {};
		for (const {name} of applications) {
			files[`${name}/all.yaml`] = Array.from({length: 10}, (_, index) => configMap(`${name}-${index}`, '1')).join(
				'---\n',
			);
		}
		bench.remote.push('1,000 applications', files);
		bench.configure(applications);
		const start = performance.now();
		const worker = await bench.startWorker();
		await allSynced(worker, 10_000, 300_000);
		const time = performance.now() - start;
		printTable('1,000 applications of 10 objects', [
			{what: 'worker start to all Synced', measured: seconds(time), aim: '≤ 30 s', isMet: time <= 30_000},
			{what: 'resident memory', measured: `${((await resident(worker)) / megabyte).toFixed(0)} MB`},
		]);
	} finally {
		await bench.close();
	}
}

type Worker = Awaited<ReturnType<ReturnType<typeof createBench>['startWorker']>>;

async function allSynced(worker: Worker, objects: number, timeoutMilliseconds: number): Promise<void> {
	await until(async () => {
		const {applications} = await worker.client.snapshot({applications: []});
		await new Promise(resolve => setTimeout(resolve, 200));
		return (
			applications.every(status => status.syncStatus === 'Synced') &&
			applications.reduce((sum, status) => sum + status.counts.synced, 0) === objects
		);
	}, timeoutMilliseconds);
}

async function resident(worker: Worker): Promise<number> {
	return (await worker.client.snapshot({applications: []})).worker.counters.residentBytes;
}

async function deleteNamespaces(plane: ControlPlane, prefix: string): Promise<void> {
	const names = (await plane.kubectl(['get', 'namespaces', '-o', 'name']))
		.split('\n')
		.map(line => line.replace('namespace/', ''))
		.filter(name => name.startsWith(prefix));
	if (names.length > 0) await plane.kubectl(['delete', 'namespace', ...names, '--wait=true']);
}
