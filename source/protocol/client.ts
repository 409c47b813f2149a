import {createConnection, type Socket} from 'node:net';
import {CancellationTokenSource, createMessageConnection, type MessageConnection} from 'vscode-jsonrpc/node';
import {HoldfastError} from '../model/errors.ts';
import type {JournalEntry} from '../model/journal.ts';
import {fromResponseError} from './failure.ts';
import {JournalNotification} from './messages/history.ts';
import {type Changes, ChangesNotification, protocolVersion, type Snapshot} from './messages/state.ts';
import {type AnswerOf, type ParametersOf, type RequestName, requestNames, requestTypes} from './requests.ts';
import {createTransport, maximumAnswerBytes, maximumRequestBytes} from './transport.ts';

export interface ConnectOptions {
	readonly socket: string;
	/** Shown in logs and as the initiator of commands: `ana@bastion-1`. */
	readonly client: string;
	/** Whether to be told of changes and journal entries. */
	readonly subscribe: boolean;
	/** For connecting and attaching together. */
	readonly timeoutMilliseconds: number;
}

export interface RequestOptions {
	/** Takes the request back; it rejects with Cancelled. */
	readonly signal?: AbortSignal;
}

type Request<Name extends RequestName> = (
	parameters: ParametersOf<Name>,
	options?: RequestOptions,
) => Promise<AnswerOf<Name>>;

/** What is asked of a worker; attaching is part of connecting. */
type Requests = {readonly [Name in Exclude<RequestName, 'attach' | 'shutdown'>]: Request<Name>};

/**
 * A conversation with a worker. Requests reject with a HoldfastError: the worker's own Problem, WorkerGone when the
 * connection ended first, Cancelled. Listeners registered right after connecting miss nothing.
 */
export interface ProtocolClient extends Requests {
	/** What the worker said when this client attached. */
	readonly initial: Snapshot;
	shutdown(options?: RequestOptions): Promise<null>;
	/** Each returns what ends the listening. */
	onChanges(listener: (changes: Changes) => void): () => void;
	onJournal(listener: (entry: JournalEntry) => void): () => void;
	/** Called once, also when it was closed from here; at once when it is closed already. */
	onClose(listener: () => void): () => void;
	close(): void;
}

/**
 * Connects and attaches to the worker behind a socket.
 *
 * @throws HoldfastError WorkerNotRunning when nothing listens there, WorkerUnreachable when it does not answer,
 * ProtocolMismatch when it is of another version
 */
export async function connect(options: ConnectOptions): Promise<ProtocolClient> {
	const deadline = AbortSignal.timeout(options.timeoutMilliseconds);
	const socket = await openSocket(options.socket, deadline);
	const transport = createTransport(socket, {
		maximumReadBytes: maximumAnswerBytes,
		maximumWriteBytes: maximumRequestBytes,
	});
	const connection = createMessageConnection(transport.reader, transport.writer);
	const closed = createListeners<void>();
	let isClosed = false;
	connection.onError(() => socket.destroy());
	socket.once('close', () => {
		isClosed = true;
		connection.dispose();
		closed.tell();
	});
	const changes = createListeners<Changes>();
	const journal = createListeners<JournalEntry>();
	connection.onNotification(ChangesNotification, changes.tell);
	connection.onNotification(JournalNotification, journal.tell);
	connection.listen();

	const request =
		<Name extends RequestName>(name: Name): Request<Name> =>
		async (parameters, {signal} = {}) => {
			if (isClosed) throw workerGone();
			try {
				return await sendRequest(connection, name, parameters, signal);
			} catch (error) {
				const failure = fromResponseError(error);
				// What the worker said counts, even when it hung up right after.
				throw failure.code === 'RequestFailed' && (isClosed || !socket.writable) ? workerGone(error) : failure;
			}
		};

	const requests = Object.fromEntries(requestNames.map(name => [name, request(name)])) as unknown as Requests;
	try {
		const initial = await request('attach')(
			{protocolVersion, client: options.client, subscribe: options.subscribe},
			{signal: deadline},
		);
		return {
			...requests,
			initial,
			shutdown: requestOptions => request('shutdown')({}, requestOptions),
			onChanges: changes.add,
			onJournal: journal.add,
			onClose(listener) {
				if (isClosed) listener();
				return closed.add(listener);
			},
			close: () => void socket.end(() => socket.destroy()),
		};
	} catch (error) {
		socket.destroy();
		throw deadline.aborted ? unreachable(options.socket, 'it does not answer') : error;
	}
}

async function openSocket(path: string, deadline: AbortSignal): Promise<Socket> {
	const socket = createConnection(path);
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const giveUp = () => reject(unreachable(path, 'it does not answer'));
	socket.once('connect', resolve);
	socket.once('error', reject);
	deadline.addEventListener('abort', giveUp);
	try {
		await promise;
		return socket;
	} catch (error) {
		socket.destroy();
		throw error instanceof HoldfastError ? error : explain(path, error as NodeJS.ErrnoException);
	} finally {
		deadline.removeEventListener('abort', giveUp);
		socket.off('error', reject);
	}
}

async function sendRequest<Name extends RequestName>(
	connection: MessageConnection,
	name: Name,
	parameters: ParametersOf<Name>,
	signal: AbortSignal | undefined,
): Promise<AnswerOf<Name>> {
	const {method} = requestTypes[name];
	if (!signal) return connection.sendRequest(method, parameters);
	const cancellation = new CancellationTokenSource();
	const {promise: cancelled, reject} = Promise.withResolvers<never>();
	const cancel = () => {
		cancellation.cancel();
		reject(new HoldfastError({code: 'Cancelled', message: `The request ${method} was taken back`}));
	};
	signal.addEventListener('abort', cancel);
	if (signal.aborted) cancel();
	const answer: Promise<AnswerOf<Name>> = connection.sendRequest(method, parameters, cancellation.token);
	// After a cancellation nobody waits for the answer any more.
	answer.catch(() => {});
	try {
		return await Promise.race([answer, cancelled]);
	} finally {
		signal.removeEventListener('abort', cancel);
		cancellation.dispose();
	}
}

function createListeners<Value>() {
	const listeners = new Set<(value: Value) => void>();
	return {
		add(listener: (value: Value) => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		tell(value: Value) {
			for (const listener of [...listeners]) {
				try {
					listener(value);
				} catch (error) {
					// vscode-jsonrpc would swallow it, and the other listeners would not hear.
					queueMicrotask(() => {
						throw error;
					});
				}
			}
		},
	};
}

function explain(path: string, error: NodeJS.ErrnoException): HoldfastError {
	// A socket that refuses was left by a worker that is gone.
	if (error.code !== 'ENOENT' && error.code !== 'ECONNREFUSED') return unreachable(path, error.message);
	return new HoldfastError(
		{
			code: 'WorkerNotRunning',
			message: `No worker listens on ${path}`,
			hint: 'Start one with holdfast worker, or let a command start its own',
		},
		{cause: error},
	);
}

function unreachable(path: string, why: string): HoldfastError {
	return new HoldfastError({
		code: 'WorkerUnreachable',
		message: `The worker on ${path} cannot be reached: ${why}`,
		hint: 'Look into its log file; if it hangs, end it and start it again',
	});
}

function workerGone(cause?: unknown): HoldfastError {
	return new HoldfastError(
		{
			code: 'WorkerGone',
			message: 'The worker ended the connection before it answered',
			hint: 'Its log file says why',
		},
		{cause},
	);
}
