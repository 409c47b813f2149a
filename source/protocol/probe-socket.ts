import {lstatSync} from 'node:fs';
import {createConnection} from 'node:net';

/**
 * What stands at the path of a socket. `live`: a process listens there, even if it is too busy to accept; `stale`: a
 * process that is gone left it; `foreign`: it is no socket at all.
 */
export type SocketState = 'missing' | 'stale' | 'live' | 'foreign';

const stateByError: Readonly<Record<string, SocketState>> = {
	ENOENT: 'missing',
	ECONNREFUSED: 'stale',
	// The queue of connections is full, or the socket is somebody else's: in both cases it is in use.
	EAGAIN: 'live',
	EACCES: 'live',
	EPERM: 'live',
};

const answerMilliseconds = 1_000;

/** Connects to find out, and hangs up at once. */
export async function probeSocket(path: string): Promise<SocketState> {
	const stat = lstatSync(path, {throwIfNoEntry: false});
	if (!stat) return 'missing';
	if (!stat.isSocket()) return 'foreign';
	const {promise, resolve} = Promise.withResolvers<SocketState>();
	const socket = createConnection(path);
	socket.setTimeout(answerMilliseconds, () => resolve('live'));
	socket.once('connect', () => resolve('live'));
	socket.once('error', (error: NodeJS.ErrnoException) => resolve(stateByError[error.code ?? ''] ?? 'live'));
	const state = await promise;
	socket.destroy();
	return state;
}
