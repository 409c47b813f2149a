/**
 * `npm run benchmark [NAME…]`: everything that is claimed about speed and size, measured on this machine in one run
 * against a real control plane, and printed with the aims, met or missed.
 */
import {cpus, totalmem} from 'node:os';
import {startControlPlane} from '../cluster/control-plane.ts';
import {print} from './bench.ts';
import {benchmarkDriftLatency} from './drift-latency.ts';
import {benchmarkMonitor} from './monitor.ts';
import {benchmarkManyApplications, benchmarkMemory} from './scale.ts';
import {benchmarkSyncSpeed} from './sync-speed.ts';

const benchmarks = {
	sync: benchmarkSyncSpeed,
	drift: benchmarkDriftLatency,
	applications: benchmarkManyApplications,
	memory: benchmarkMemory,
};

const wanted = process.argv.slice(2);
print(`# Benchmark: ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`);
// The screen needs no control plane: a scripted worker is behind it.
if (wanted.length === 0 || wanted.includes('monitor')) await benchmarkMonitor();
if (wanted.length === 1 && wanted[0] === 'monitor') process.exit();
if (!process.env.KUBEBUILDER_ASSETS) {
	process.stderr.write(
		'KUBEBUILDER_ASSETS must name a folder with etcd, kube-apiserver, kube-controller-manager and kubectl.\n',
	);
	process.exit(2);
}
for (const [name, benchmark] of Object.entries(benchmarks)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	const plane = await startControlPlane({hasControllers: true});
	try {
		await benchmark(plane);
	} catch (error) {
		print();
		print(`${name} FAILED: ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	} finally {
		await plane.stop();
	}
}
