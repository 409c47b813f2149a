import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {runCommandLine} from '../../source/commands/run.ts';
import {HoldfastError} from '../../source/model/errors.ts';
import type {JournalEntry} from '../../source/model/journal.ts';
import type {ApplicationStatus, WorkerStatus} from '../../source/model/status.ts';
import {socketFor} from '../../source/protocol/locations.ts';
import {type Changes, protocolVersion, type Snapshot} from '../../source/protocol/messages/state.ts';
import {type Handlers, type ProtocolServer, serve} from '../../source/protocol/server.ts';
import {createFakeTerminal, type FakeTerminal, type FakeTerminalOptions} from './fake-terminal.ts';
import {makeWorker} from './fixtures.ts';

/** Requests in the order they came, by name with what was asked. */
export type Asked = [name: string, parameters: unknown];

export interface FakeWorker {
	readonly asked: readonly Asked[];
	/** How many clients have attached so far. */
	readonly attached: () => number;
	/** Where a process finds it. */
	readonly environment: Readonly<Record<string, string>>;
	readonly folder: string;
	/** Runs a command line as a person in the folder with the configuration would; a text is split at its spaces. */
	run(text: string | readonly string[], options?: FakeTerminalOptions): Promise<{code: number; terminal: FakeTerminal}>;
	/** The same, but hands the terminal out before the command has ended. */
	start(
		text: string | readonly string[],
		options?: FakeTerminalOptions,
	): {ended: Promise<number>; terminal: FakeTerminal};
	send(changes: Partial<Changes>): void;
	record(entry: JournalEntry): void;
	/** Ends the worker as a crash would. */
	stop(): Promise<void>;
	/** Serves again where it did before. */
	restart(): Promise<void>;
	/** Stops and removes everything. */
	close(): Promise<void>;
}

export interface FakeWorkerOptions {
	readonly applications?: readonly ApplicationStatus[];
	readonly worker?: Partial<WorkerStatus>;
	readonly handlers?: Partial<Handlers>;
}

const silent = {debug() {}, info() {}, warn() {}, error() {}};

/** Serves the real protocol on the socket where the command line looks for it; behind it are values instead of a cluster. */
export async function startFakeWorker(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const folder = mkdtempSync(path.join(tmpdir(), 'hf-'));
	const environment = {HOME: folder, XDG_RUNTIME_DIR: path.join(folder, 'run')};
	mkdirSync(environment.XDG_RUNTIME_DIR, {mode: 0o700});
	const configuration = path.join(folder, 'holdfast.yaml');
	writeFileSync(configuration, '');
	const applications = new Map((options.applications ?? []).map(application => [application.name, application]));
	const snapshot = (names: readonly string[] = []): Snapshot => ({
		protocolVersion,
		worker: makeWorker(options.worker),
		applications: [...applications.values()].filter(({name}) => names.length === 0 || names.includes(name)),
	});
	const notServed = (name: string) => () => {
		throw new HoldfastError({code: 'NotServed', message: `this test serves no ${name}`});
	};
	const asked: Asked[] = [];
	let attached = 0;
	const handlers: Handlers = {
		attach: () => snapshot(),
		snapshot: ({applications: names}) => snapshot(names),
		settled: ({applications: names}) => snapshot(names),
		refresh: ({applications: names}) => snapshot(names),
		resources: () => [],
		history: () => [],
		sync: notServed('sync'),
		diff: notServed('diff'),
		endSync: notServed('endSync'),
		hold: notServed('hold'),
		resume: notServed('resume'),
		revert: notServed('revert'),
		adopt: notServed('adopt'),
		log: notServed('log'),
		commit: notServed('commit'),
		tree: notServed('tree'),
		object: notServed('object'),
		workerLog: notServed('workerLog'),
		events: () => [],
		shutdown: () => null,
		...options.handlers,
	};
	const recorded = Object.fromEntries(
		Object.entries(handlers).map(([name, handler]) => [
			name,
			(parameters: never, context: never) => {
				if (name === 'attach') attached++;
				else asked.push([name, parameters]);
				return handler(parameters, context);
			},
		]),
	) as unknown as Handlers;
	const key = {
		kubeconfig: undefined,
		context: undefined,
		configuration: {type: 'files', paths: [configuration]},
	} as const;
	const open = (): Promise<ProtocolServer> =>
		serve({socket: socketFor(key, environment), handlers: recorded, onClients() {}, log: silent});
	let server = await open();
	const start: FakeWorker['start'] = (text, terminalOptions = {}) => {
		const terminal = createFakeTerminal({
			workingDirectory: folder,
			...terminalOptions,
			environment: {...environment, ...terminalOptions.environment},
		});
		const argv = typeof text === 'string' ? text.split(' ').filter(Boolean) : text;
		return {ended: runCommandLine(argv, terminal), terminal};
	};
	return {
		asked,
		attached: () => attached,
		environment,
		folder,
		start,
		async run(text, terminalOptions) {
			const {ended, terminal} = start(text, terminalOptions);
			return {code: await ended, terminal};
		},
		send(changes) {
			for (const application of changes.applications ?? []) applications.set(application.name, application);
			server.broadcastChanges({applications: [], removed: [], ...changes});
		},
		record: entry => server.broadcastJournal(entry),
		stop: () => server.close(),
		async restart() {
			server = await open();
		},
		async close() {
			await server.close();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
