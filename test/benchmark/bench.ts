/** What every benchmark shares: a control plane, a shipped worker in a process of its own, and ways to print figures. */
import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {stringify} from 'yaml';
import {connect, type ProtocolClient} from '../../source/protocol/client.ts';
import {workerNodeArguments} from '../../source/protocol/start-worker.ts';
import type {WorkerOptions} from '../../source/protocol/worker-options.ts';
import type {ControlPlane} from '../cluster/control-plane.ts';
import {createRemote, type GitRemote} from '../cluster/worker/git-remote.ts';

const bundle = path.resolve(import.meta.dirname, '../../dist/worker.js');

export interface BenchWorker {
	readonly client: ProtocolClient;
	readonly process: ChildProcess;
	stop(): Promise<void>;
}

export interface Bench {
	readonly directory: string;
	readonly remote: GitRemote;
	/** Writes the configuration: applications by name, each of the folder of its name. */
	configure(applications: readonly {name: string; namespace: string; isAutomated: boolean}[]): void;
	/** The shipped bundle, as a person's machine runs it. */
	startWorker(): Promise<BenchWorker>;
	close(): Promise<void>;
}

export function createBench(plane: ControlPlane): Bench {
	const directory = mkdtempSync(path.join(tmpdir(), 'holdfast-benchmark-'));
	const remote = createRemote(directory);
	const configuration = path.join(directory, 'holdfast.yaml');
	const workers: BenchWorker[] = [];
	const options: WorkerOptions = {
		socket: path.join(directory, 'worker.sock'),
		configuration: {type: 'files', paths: [configuration]},
		kubeconfig: plane.kubeconfig,
		mode: 'reconcile',
		lingerMilliseconds: null,
		intervalMilliseconds: 3_600_000,
		stateDirectory: path.join(directory, 'state'),
		cacheDirectory: path.join(directory, 'cache'),
		logFile: path.join(directory, 'worker.log'),
		logLevel: 'warn',
	};
	return {
		directory,
		remote,
		configure(applications) {
			const text = stringify({
				apiVersion: 'holdfast.dev/v1alpha1',
				kind: 'Configuration',
				applications: applications.map(({name, namespace, isAutomated}) => ({
					name,
					source: {repoURL: remote.url, targetRevision: 'main', path: name},
					destination: {namespace},
					syncPolicy: {
						...(isAutomated ? {automated: {prune: true, selfHeal: true}} : {}),
						syncOptions: ['CreateNamespace=true'],
					},
				})),
			});
			writeFileSync(configuration, text);
		},
		async startWorker() {
			const child = spawn(process.execPath, [...workerNodeArguments, bundle, JSON.stringify(options)], {
				stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			});
			const ready = await new Promise<{type: string}>((resolve, reject) => {
				child.once('message', resolve);
				child.once('exit', code => reject(new Error(`the worker ended with ${code}`)));
			});
			if (ready.type !== 'ready') throw new Error(`the worker failed: ${JSON.stringify(ready)}`);
			const client = await connect({
				socket: options.socket,
				client: 'benchmark',
				subscribe: true,
				timeoutMilliseconds: 10_000,
			});
			const worker: BenchWorker = {
				client,
				process: child,
				async stop() {
					client.close();
					if (child.exitCode !== null) return;
					const ended = new Promise(resolve => child.once('exit', resolve));
					child.kill('SIGTERM');
					await ended;
				},
			};
			workers.push(worker);
			return worker;
		},
		async close() {
			for (const worker of workers) await worker.stop();
			rmSync(directory, {recursive: true, force: true});
		},
	};
}

export function configMap(name: string, value: string): string {
	const padding = 'x'.repeat(120);
	return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  labels: {app: bench, part: config}\ndata:\n  key: "${value}"\n  other: ${padding}\n`;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMilliseconds: number): Promise<void> {
	const end = Date.now() + timeoutMilliseconds;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error('timed out');
		await sleep(20);
	}
}

export function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}

export interface Row {
	readonly what: string;
	readonly measured: string;
	readonly aim?: string;
	readonly isMet?: boolean;
}

export function printTable(title: string, rows: readonly Row[]): void {
	print();
	print(`## ${title}`);
	print();
	print('| what | measured | aim | |');
	print('|---|---|---|---|');
	for (const row of rows) {
		const verdict = row.isMet === undefined ? '' : row.isMet ? 'met' : 'MISSED';
		print(`| ${row.what} | ${row.measured} | ${row.aim ?? ''} | ${verdict} |`);
	}
}

export const milliseconds = (value: number): string => `${Math.round(value)} ms`;
export const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`;
