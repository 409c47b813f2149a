import {HoldfastError} from '../model/errors.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import type {CommandRunner, Line} from './definition.ts';
import {usageError} from './line/usage-error.ts';
import {eventLines} from './print/event-text.ts';
import {connectRunning, withPrivateWorker, workerOptions} from './session/connect.ts';
import {refuseSecondWriter} from './session/second-writer.ts';
import {loadWorkerProgram} from './session/worker-bundle.ts';
import type {Terminal} from './terminal/terminal.ts';
import {runPass} from './worker/pass.ts';
import {stopWorker} from './worker/stop.ts';

/** `holdfast worker [stop] [--once] [--mode] [--linger] [--verbose]`. */
export const run: CommandRunner = async (line, terminal) => {
	const {flags, words} = line;
	if (words[0] === 'stop') {
		for (const name of ['once', 'mode', 'linger', 'verbose'] as const) {
			if (flags[name] !== undefined) throw usageError(`worker stop takes no --${name}`);
		}
		return stopWorker(workerOptions(line, terminal).socket, terminal);
	}
	if (!flags.once) {
		const {linger: lingerMilliseconds = null} = flags;
		return runForeground({...workerOptions(line, terminal), lingerMilliseconds}, line, terminal);
	}
	if (flags.linger !== undefined) throw usageError('worker --once ends after one pass; --linger is for one that stays');
	if (flags.mode === 'observe') throw usageError('worker --once syncs; with --mode observe, holdfast status looks');
	await refuseSecondWriter(line, terminal);
	const options: WorkerOptions = {...workerOptions(line, terminal), mode: 'reconcile'};
	const about = {held: {type: 'one-shot', cause: 'pass'}, where: line.where} as const;
	return withPrivateWorker(options, about, terminal, session => runPass(session, terminal));
};

async function runForeground(options: WorkerOptions, {flags}: Line, terminal: Terminal): Promise<number> {
	await refuseRunning(options.socket);
	const {startWorkerHere} = await loadWorkerProgram();
	terminal.releaseSignals();
	const worker = await startWorkerHere(options);
	const client = await connectRunning(options.socket);
	const count = client?.initial.applications.length ?? 0;
	const doing = options.mode === 'reconcile' ? 'holding' : 'observing';
	terminal.print(
		`${doing} ${count} application${count === 1 ? '' : 's'}, socket ${options.socket}, log ${options.logFile}`,
	);
	if (flags.verbose && client) {
		client.onJournal(entry => {
			for (const text of eventLines(entry, {surface: terminal.output, isWide: false})) terminal.print(text);
		});
	} else {
		client?.close();
	}
	return worker.ended;
}

/** Two workers on one socket would be two writers. */
async function refuseRunning(socket: string): Promise<void> {
	const running = await connectRunning(socket);
	if (!running) return;
	const {worker} = running.initial;
	running.close();
	throw new HoldfastError({
		code: 'WorkerRunning',
		message: `worker ${worker.pid} runs for this configuration and context already`,
		hint: 'Ask it with holdfast status; end it with holdfast worker stop.',
	});
}
