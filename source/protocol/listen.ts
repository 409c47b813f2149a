import {randomUUID} from 'node:crypto';
import {chmodSync, lstatSync, renameSync, rmSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {dirname} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {HoldfastError} from '../model/errors.ts';
import {connect} from './client.ts';
import type {ProtocolLog} from './handlers.ts';
import {maximumSocketPathBytes} from './locations.ts';
import {ensureSocketDirectory} from './private-directory.ts';
import {probeSocket} from './probe-socket.ts';

const attempts = 5;
/** Between bind and listen a socket refuses connections; two looks this far apart tell it from a stale one. */
const secondLookMilliseconds = 50;
const watchMilliseconds = 1_000;
const askMilliseconds = 2_000;
const maximumConnections = 256;

export interface Listener {
	/** Stops listening and removes the socket; connections that are open stay. */
	close(): void;
}

export interface ListenOptions {
	readonly socket: string;
	readonly onConnection: (connection: Socket) => void;
	readonly log: ProtocolLog;
}

interface Listening {
	readonly server: Server;
	readonly identity: string | undefined;
}

/**
 * Listens on a Unix socket of mode 0600. A socket that a dead process left is removed; a live one is left alone. When the
 * socket's file disappears (a runtime directory goes with the last login session) it is made again as soon as possible.
 *
 * @throws HoldfastError WorkerAlreadyRunning, SocketPathTaken, SocketPathTooLong, SocketUnavailable, UnsafeDirectory
 */
export async function listenOnSocket(options: ListenOptions): Promise<Listener> {
	const {socket, log} = options;
	let listening = await listen(options);
	let state: 'watching' | 'replaced' | 'renewing' | 'closed' = 'watching';
	const isClosed = () => state === 'closed';

	async function renew(): Promise<void> {
		state = 'renewing';
		// First, because closing removes the file of that name.
		listening.server.close();
		try {
			const renewed = await listen(options);
			if (isClosed()) renewed.server.close();
			else log.info({socket}, 'the socket was gone and was made again');
			listening = renewed;
		} catch (error) {
			log.debug({socket, reason: (error as Error).message}, 'the socket is gone and cannot be made yet');
		}
		if (!isClosed()) state = 'watching';
	}

	const timer = setInterval(() => {
		const identity = identify(socket);
		if (state === 'renewing' || identity === listening.identity) return;
		if (identity === undefined) void renew();
		else if (state === 'watching') {
			state = 'replaced';
			log.warn({socket}, 'another worker listens where this one did; this one keeps the clients it has');
		}
	}, watchMilliseconds).unref();

	return {
		close() {
			state = 'closed';
			clearInterval(timer);
			listening.server.close();
		},
	};
}

async function listen(options: ListenOptions): Promise<Listening> {
	const {socket} = options;
	if (Buffer.byteLength(socket) > maximumSocketPathBytes) {
		throw new HoldfastError({
			code: 'SocketPathTooLong',
			message: `The socket path ${socket} is longer than ${maximumSocketPathBytes} bytes`,
			hint: 'Set XDG_RUNTIME_DIR to a directory with a shorter name',
		});
	}
	ensureSocketDirectory(dirname(socket));
	for (let attempt = 1; attempt <= attempts; attempt++) {
		const server = await tryToListen(options);
		if (server) return {server, identity: identify(socket)};
		await makeRoom(socket);
	}
	throw unavailable(socket, new Error('other processes keep taking it'));
}

/** undefined: something stands at the path. */
async function tryToListen({socket, onConnection, log}: ListenOptions): Promise<Server | undefined> {
	const server = createServer(onConnection);
	server.maxConnections = maximumConnections;
	const {promise, resolve, reject} = Promise.withResolvers<Server | undefined>();
	server.once('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EADDRINUSE') resolve(undefined);
		else reject(unavailable(socket, error));
	});
	server.listen(socket, () => resolve(server));
	const opened = await promise;
	if (opened) {
		chmodSync(socket, 0o600);
		opened.on('error', error => log.warn({socket, reason: error.message}, 'accepting a client failed'));
	}
	return opened;
}

/** Removes what a dead process left at the path; throws when it is something else. */
async function makeRoom(socket: string): Promise<void> {
	const identity = identify(socket);
	switch (await probeSocket(socket)) {
		case 'missing':
			return;
		case 'foreign':
			throw new HoldfastError({
				code: 'SocketPathTaken',
				message: `${socket} exists and is no socket`,
				hint: 'Choose another path, or remove the file',
			});
		case 'live':
			throw await alreadyRunning(socket);
		case 'stale':
			await sleep(secondLookMilliseconds);
			if (identify(socket) === identity && (await probeSocket(socket)) === 'stale') removeStale(socket, identity);
	}
}

/** Another process that starts now may have been faster: then what was moved away is its live socket, and goes back. */
function removeStale(socket: string, identity: string | undefined): void {
	const aside = `${socket}.${randomUUID()}`;
	try {
		renameSync(socket, aside);
	} catch {
		return;
	}
	if (identify(aside) === identity) rmSync(aside, {force: true});
	else renameSync(aside, socket);
}

async function alreadyRunning(socket: string): Promise<HoldfastError> {
	let pid: number | undefined;
	try {
		const client = await connect({
			socket,
			client: 'another worker',
			subscribe: false,
			timeoutMilliseconds: askMilliseconds,
		});
		({pid} = client.initial.worker);
		client.close();
	} catch {
		// It listens, which is all that counts; it may be of another version, or too busy to say more.
	}
	return new HoldfastError({
		code: 'WorkerAlreadyRunning',
		message: `A worker${pid === undefined ? '' : ` (pid ${pid})`} already runs for this configuration and context; it listens on ${socket}`,
		hint: 'Use that one, or stop it first',
	});
}

function unavailable(socket: string, cause: Error): HoldfastError {
	return new HoldfastError(
		{
			code: 'SocketUnavailable',
			message: `The socket ${socket} cannot be made: ${cause.message}`,
			hint: 'Check the permissions of its directory',
		},
		{cause},
	);
}

/** Tells one socket from another of the same name; the number of a removed one is soon used again, hence its time. */
function identify(socket: string): string | undefined {
	const stat = lstatSync(socket, {bigint: true, throwIfNoEntry: false});
	return stat && `${stat.dev}:${stat.ino}:${stat.mtimeNs}`;
}
