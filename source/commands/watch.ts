import {HoldfastError} from '../model/errors.ts';
import {connect, type ProtocolClient} from '../protocol/client.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {connectRunning, initiator, withWorker, workerOptions} from './session/connect.ts';
import {settle} from './session/settle.ts';
import {workerEntry} from './session/worker-bundle.ts';
import type {Terminal} from './terminal/terminal.ts';
import {followInLines} from './watch/lines.ts';

/** How long a worker that the monitor started lives on after the last screen: a dropped SSH session harms nothing. */
const lingerMilliseconds = 15 * 60_000;
const connectMilliseconds = 5_000;

/** `holdfast`, `holdfast watch`: the full-screen monitor; plain lines where there is no terminal. */
export const run: CommandRunner = async (line, terminal) => {
	if (line.flags.snapshot) return printSnapshot(line, terminal);
	const options = {...workerOptions(line, terminal), lingerMilliseconds};
	const attach = createAttach(options, line.flags.attach === true);
	if (!isInteractive(terminal)) return followInLines(await attach(), terminal);
	// Whatever is wrong with the configuration is said on the terminal, not on a screen that closes over it.
	const first = await attach();
	const {startMonitor} = await import('../tui/start.tsx');
	terminal.releaseSignals();
	let ready: ProtocolClient | null = first;
	return startMonitor({
		environment: terminal.environment,
		session: {
			connect: async () => {
				const client = ready ?? (await attach());
				ready = null;
				return client;
			},
			stateDirectory: options.stateDirectory,
			socket: options.socket,
			isReadOnly: line.flags.readOnly === true,
			initiator: initiator(),
		},
	});
};

/** A screen needs somebody who looks at it and somebody who types. */
function isInteractive({ask, output, environment}: Terminal): boolean {
	return ask !== undefined && output.isTerminal && environment.TERM !== 'dumb';
}

/** Attaches to the running worker; where there is none, starts one in the background, unless only attaching was asked for. */
function createAttach(options: WorkerOptions, isAttachOnly: boolean): () => Promise<ProtocolClient> {
	return async () => {
		const running = await connectRunning(options.socket);
		if (running) return running;
		if (isAttachOnly) {
			throw new HoldfastError({
				code: 'WorkerNotRunning',
				message: 'no worker holds this configuration and context',
				hint: 'Leave out --attach, and one is started; or start one: holdfast worker',
			});
		}
		await startOrFind(options);
		return connect({
			socket: options.socket,
			client: initiator(),
			subscribe: true,
			timeoutMilliseconds: connectMilliseconds,
		});
	};
}

/** Starts a worker, unless somebody else does in the same moment: then that one serves both. */
async function startOrFind(options: WorkerOptions): Promise<void> {
	const {startWorker} = await import('../protocol/start-worker.ts');
	try {
		await startWorker({...options, entry: workerEntry, isDetached: true});
	} catch (error) {
		if (!(error instanceof HoldfastError && error.code === 'WorkerAlreadyRunning')) throw error;
	}
}

/** One frame as text: for a chat, a runbook, a bug report. Looks once where no worker runs, as `status` does. */
function printSnapshot(line: Line, terminal: Terminal): Promise<number> {
	return withWorker(line, terminal, async session => {
		await settle(session, [], terminal);
		const {printFrame} = await import('../tui/start.tsx');
		const {client, tracker} = session;
		const applications = tracker.applications([]);
		const journal = await client.history({limit: 200});
		const frame = await printFrame({
			worker: tracker.worker(),
			applications,
			journal,
			client,
			columns: Number.isFinite(terminal.output.columns) ? terminal.output.columns : 120,
			isUnicode: terminal.output.isUnicode,
			now: terminal.now(),
		});
		terminal.print(frame.join('\n'));
		return exitCodes.ok;
	});
}
