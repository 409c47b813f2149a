import {HoldfastError} from '../../model/errors.ts';
import type {Line} from '../definition.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {connectRunning, workerOptions} from './connect.ts';

/**
 * `--once` starts a worker of its own even where one runs. That is fine for looking; for writing it would make two
 * writers of one application, so a verb that writes refuses it while another worker reconciles the same.
 */
export async function refuseSecondWriter(line: Line, terminal: Terminal): Promise<void> {
	if (!line.flags.once) return;
	const running = await connectRunning(workerOptions(line, terminal).socket);
	if (!running) return;
	const {worker} = running.initial;
	running.close();
	if (worker.mode !== 'reconcile') return;
	throw new HoldfastError({
		code: 'WorkerRunning',
		message: `worker ${worker.pid} holds these applications; a second writer would fight it`,
		hint: 'Leave out --once, and it does the work; or end it first with holdfast worker stop.',
	});
}
