/** A worker on a workbench: real repository, real API server, real socket; everything in one temporary folder. */
import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {stringify} from 'yaml';
import type {DriftEvent} from '../../../source/model/drift.ts';
import type {JournalEntry} from '../../../source/model/journal.ts';
import type {ApplicationStatus, WorkerMode} from '../../../source/model/status.ts';
import {connect, type ProtocolClient} from '../../../source/protocol/client.ts';
import type {WorkerOptions} from '../../../source/protocol/worker-options.ts';
import {type RunningWorker, startWorkerHere} from '../../../source/worker/run-worker.ts';
import {createRemote, type GitRemote} from './git-remote.ts';

// helm and kustomize come from the same folder as the control plane, where it has them.
const assets = process.env.KUBEBUILDER_ASSETS;
if (assets) process.env.PATH = `${assets}${path.delimiter}${process.env.PATH ?? ''}`;

export interface BenchApplication {
	readonly name: string;
	readonly path?: string;
	readonly namespace: string;
	readonly [key: string]: unknown;
}

export interface WorkerBench {
	readonly directory: string;
	readonly remote: GitRemote;
	readonly client: ProtocolClient;
	/** Every journal entry that the client was told, newest version of each. */
	readonly entries: Map<string, JournalEntry>;
	status(name: string): Promise<ApplicationStatus>;
	drifts(name?: string): DriftEvent[];
	/** Pulls and compares now. */
	refresh(...names: string[]): Promise<ApplicationStatus[]>;
	/** Waits until all are Synced (and Healthy unless told otherwise). */
	synced(...names: string[]): Promise<void>;
	counters(): Promise<{reads: number; writes: number; dryRuns: number}>;
	/** Stops the worker; `start` begins another on the same state. */
	stop(): Promise<void>;
	start(mode?: WorkerMode, kubeconfig?: string): Promise<void>;
	options(mode?: WorkerMode): WorkerOptions;
	close(): Promise<void>;
}

/** A name nobody else uses: tests share one cluster. */
export function uniqueName(prefix: string): string {
	return `${prefix}-${randomBytes(3).toString('hex')}`;
}

/** Prepares repository and configuration; the worker is started by `start()`. */
export function createWorkerBench(options: {
	kubeconfig: string;
	applications: readonly BenchApplication[];
}): WorkerBench {
	const directory = mkdtempSync(path.join(tmpdir(), 'holdfast-bench-'));
	const remote = createRemote(directory);
	const configuration = path.join(directory, 'holdfast.yaml');
	writeFileSync(configuration, configurationText(remote.url, options.applications));
	let running: RunningWorker | undefined;
	let client: ProtocolClient | undefined;
	const entries = new Map<string, JournalEntry>();
	const theClient = (): ProtocolClient => {
		if (!client) throw new Error('the worker was not started');
		return client;
	};
	const bench: WorkerBench = {
		directory,
		remote,
		entries,
		get client() {
			return theClient();
		},
		options: (mode = 'reconcile') => ({
			socket: path.join(directory, 'worker.sock'),
			configuration: {type: 'files', paths: [configuration]},
			kubeconfig: options.kubeconfig,
			mode,
			lingerMilliseconds: null,
			intervalMilliseconds: 3_600_000,
			stateDirectory: path.join(directory, 'state'),
			cacheDirectory: path.join(directory, 'cache'),
			logFile: path.join(directory, 'worker.log'),
			logLevel: 'debug',
		}),
		async start(mode, kubeconfig) {
			running = await startWorkerHere({...bench.options(mode), ...(kubeconfig ? {kubeconfig} : {})});
			client = await connect({
				socket: bench.options().socket,
				client: 'test@bench',
				subscribe: true,
				timeoutMilliseconds: 10_000,
			});
			client.onJournal(entry => entries.set(entry.id, entry));
			await client.settled({applications: []});
		},
		async stop() {
			client?.close();
			await running?.stop();
			running = undefined;
			client = undefined;
		},
		async status(name) {
			const {applications} = await theClient().snapshot({applications: [name]});
			const [status] = applications;
			if (!status) throw new Error(`no status of ${name}`);
			return status;
		},
		drifts: name =>
			[...entries.values()]
				.flatMap(entry => (entry.type === 'drift' ? [entry.event] : []))
				.filter(event => name === undefined || event.application === name)
				.sort((a, b) => (a.id < b.id ? -1 : 1)),
		async refresh(...names) {
			return [...(await theClient().refresh({applications: names, hard: false})).applications];
		},
		async synced(...names) {
			await eventually(async () => {
				const {applications} = await theClient().snapshot({applications: names});
				for (const status of applications) {
					if (status.syncStatus !== 'Synced' || status.health.status !== 'Healthy') throw new Error(describe(status));
				}
			}, 90_000);
		},
		async counters() {
			return (await theClient().snapshot({applications: []})).worker.counters;
		},
		async close() {
			await bench.stop();
			rmSync(directory, {recursive: true, force: true});
		},
	};
	return bench;
}

function describe(status: ApplicationStatus): string {
	return `${status.name} is ${status.syncStatus} ${status.health.status} ${JSON.stringify({
		counts: status.counts,
		health: status.health,
		operation: status.operation?.message,
		conditions: status.conditions.map(condition => condition.problem),
		drift: status.drift,
	})}`;
}

function configurationText(repoURL: string, applications: readonly BenchApplication[]): string {
	return stringify({
		apiVersion: 'holdfast.dev/v1alpha1',
		kind: 'Configuration',
		applications: applications.map(({name, path: folder, namespace, ...rest}) => ({
			name,
			source: {repoURL, targetRevision: 'main', path: folder ?? name, ...(rest.source as object | undefined)},
			destination: {namespace},
			syncPolicy: {
				automated: {prune: true, selfHeal: true},
				syncOptions: ['CreateNamespace=true'],
				...(rest.syncPolicy as object | undefined),
			},
			...Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'source' && key !== 'syncPolicy')),
		})),
	});
}

/** Tries until it does not throw; then its value. Fails with the last error after the time is up. */
export async function eventually<Value>(
	attempt: () => Value | Promise<Value>,
	timeoutMilliseconds = 30_000,
): Promise<Value> {
	const end = Date.now() + timeoutMilliseconds;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > end) throw error;
			await sleep(25);
		}
	}
}
