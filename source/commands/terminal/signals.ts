import {exitCodes} from '../exit-codes.ts';
import type {Terminal} from './terminal.ts';

/** Turns ctrl-c and SIGTERM into an abort that carries the exit code. */
export function listenForSignals(): Pick<Terminal, 'signal' | 'releaseSignals'> {
	const controller = new AbortController();
	const interrupt = () => controller.abort(exitCodes.interrupted);
	const terminate = () => controller.abort(exitCodes.terminated);
	process.on('SIGINT', interrupt);
	process.on('SIGTERM', terminate);
	return {
		signal: controller.signal,
		releaseSignals() {
			process.off('SIGINT', interrupt);
			process.off('SIGTERM', terminate);
		},
	};
}

/**
 * Who starts us with a channel (the launcher on an old Node, the demo) takes us along when it ends, however it ends: a
 * program that goes on without them would draw over a shell that somebody else types in.
 */
export function followParent(): void {
	if (!process.channel) return;
	process.channel.unref();
	process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

/**
 * `| head` closes the pipe while we write. That is how pipelines end, not an error: leave quietly, with the code of a
 * program that SIGPIPE ended. Nothing is cut off in the cluster by it: the worker is another process.
 */
export function leaveQuietlyWithoutReader(): void {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(exitCodes.brokenPipe);
		throw error;
	});
	process.stderr.on('error', () => {});
}

/** Resolves when everything written so far has left the process: `process.exit` does not wait for a slow pipe. */
export function flushOutput(): Promise<void> {
	return new Promise(resolve => {
		process.stdout.write('', () => process.stderr.write('', () => resolve()));
	});
}
