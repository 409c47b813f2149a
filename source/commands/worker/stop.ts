import {setTimeout as sleep} from 'node:timers/promises';
import {isAlive} from '../../system/process.ts';
import {exitCodes} from '../exit-codes.ts';
import {connectRunning} from '../session/connect.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';

const lookMilliseconds = 50;

/** Asks the running worker to end and waits until it has; that none runs is what was wanted, and is said. */
export async function stopWorker(socket: string, terminal: Terminal): Promise<number> {
	const client = await connectRunning(socket);
	if (!client) {
		terminal.print('no worker is running for this configuration and context');
		return exitCodes.ok;
	}
	const {pid} = client.initial.worker;
	const progress = startProgress(terminal, `worker ${pid} finishes what it is applying`);
	const left = new Promise<void>(resolve => {
		client.onClose(resolve);
	});
	try {
		await client.shutdown();
		await left;
		// It hangs up first and then finishes; only without its process is nothing written any more.
		while (isAlive(pid)) await sleep(lookMilliseconds);
	} finally {
		progress.end();
		client.close();
	}
	terminal.print(`worker ${pid} ended`);
	return exitCodes.ok;
}
