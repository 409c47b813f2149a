import type {Socket} from 'node:net';
import {type CancellationToken, createMessageConnection} from 'vscode-jsonrpc/node';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import {toResponseError} from './failure.ts';
import type {Handlers, ProtocolLog} from './handlers.ts';
import {type AttachParameters, protocolVersion, type Snapshot} from './messages/state.ts';
import {checkParameters} from './parameters.ts';
import {type RequestName, requestNames, requestTypes} from './requests.ts';
import {createStallGuard} from './stall-guard.ts';
import {createSubscription, type Subscription} from './subscription.ts';
import {createTransport, maximumAnswerBytes, maximumRequestBytes} from './transport.ts';

const stalledBytes = 8 * 1024 * 1024;
const stalledMilliseconds = 1_000;
/** Whoever connects has so long to say who it is. */
const attachMilliseconds = 10_000;
/** Requests of one client that are worked on at the same time; more wait. */
const parallelRequests = 64;
/** What is still unsent when the worker stops has so long to leave. */
const endMilliseconds = 1_000;

/** One connection, from the server's side. */
export interface ServerSession {
	/** Present once the client has attached and wants to be told. */
	readonly subscription: Subscription | undefined;
	/** Sends what waits, then ends the connection; resolves when it is closed. */
	end(): Promise<void>;
}

export interface ServerSessionOptions {
	readonly socket: Socket;
	readonly handlers: Handlers;
	readonly log: ProtocolLog;
	readonly onAttached: () => void;
	/** Called once, at the end. */
	readonly onClosed: (wasAttached: boolean) => void;
}

/** Speaks the protocol with one client. Whatever the client does, only its own connection suffers. */
export function createServerSession(options: ServerSessionOptions): ServerSession {
	const {socket, handlers, log} = options;
	const gone = new AbortController();
	let client = 'unknown';
	let state: 'new' | 'attaching' | 'attached' = 'new';
	let subscription: Subscription | undefined;

	const checkStall = createStallGuard(socket, {
		limitBytes: stalledBytes,
		graceMilliseconds: stalledMilliseconds,
		onStall() {
			log.warn({client, waitingBytes: socket.writableLength}, 'a client that does not read was dropped');
			socket.destroy();
		},
	});
	const transport = createTransport(socket, {
		maximumReadBytes: maximumRequestBytes,
		maximumWriteBytes: maximumAnswerBytes,
		onWritten: checkStall,
	});
	const connection = createMessageConnection(transport.reader, transport.writer, undefined, {
		maxParallelism: parallelRequests,
	});
	const attachTimer = setTimeout(() => socket.destroy(), attachMilliseconds).unref();

	async function attach(parameters: AttachParameters, signal: AbortSignal): Promise<Snapshot> {
		if (parameters.protocolVersion !== protocolVersion) throw versionMismatch(parameters.protocolVersion);
		if (state !== 'new') throw new HoldfastError({code: 'InvalidRequest', message: 'This client is attached already'});
		state = 'attaching';
		client = boundedText(parameters.client, 200);
		// From here on nothing is missed; it is sent after the snapshot, which may know some of it already.
		subscription = parameters.subscribe ? createSubscription(socket, connection) : undefined;
		try {
			const snapshot = await handlers.attach(parameters, {client, signal});
			state = 'attached';
			clearTimeout(attachTimer);
			setImmediate(() => subscription?.begin());
			options.onAttached();
			return snapshot;
		} catch (error) {
			state = 'new';
			subscription?.stop();
			subscription = undefined;
			throw error;
		}
	}

	async function answer(name: RequestName, given: readonly unknown[]): Promise<unknown> {
		// vscode-jsonrpc passes the parameters, when there are any, and then the token.
		const token = given.at(-1) as CancellationToken;
		const cancelled = new AbortController();
		const cancellation = token.onCancellationRequested(() => cancelled.abort());
		const signal = AbortSignal.any([gone.signal, cancelled.signal]);
		try {
			const parameters = checkParameters(name, given.length > 1 ? given[0] : undefined);
			if (name === 'attach') return await attach(parameters as AttachParameters, signal);
			if (state !== 'attached') throw notAttached();
			const handler = handlers[name] as (parameters: unknown, context: object) => unknown;
			const value = await handler(parameters, {client, signal});
			// Who reads the answer knows by then what the request changed.
			subscription?.flush();
			return value;
		} catch (error) {
			if (!(error instanceof HoldfastError)) {
				log.error(
					{client, request: name, stack: error instanceof Error ? error.stack : String(error)},
					'a request failed',
				);
			}
			return toResponseError(error);
		} finally {
			cancellation.dispose();
		}
	}

	connection.onError(([error]) => log.debug({client, reason: boundedText(error.message, 200)}, 'a connection failed'));
	socket.once('close', () => {
		clearTimeout(attachTimer);
		gone.abort();
		subscription?.stop();
		connection.dispose();
		options.onClosed(state === 'attached');
		state = 'new';
	});
	for (const name of requestNames) {
		connection.onRequest(requestTypes[name].method, (...given: unknown[]) => answer(name, given));
	}
	connection.listen();

	return {
		get subscription() {
			return subscription;
		},
		async end() {
			if (socket.destroyed) return;
			subscription?.finish();
			const {promise, resolve} = Promise.withResolvers<void>();
			const timer = setTimeout(() => socket.destroy(), endMilliseconds);
			socket.once('close', () => {
				clearTimeout(timer);
				resolve();
			});
			socket.end();
			await promise;
		},
	};
}

function versionMismatch(clientVersion: number): HoldfastError {
	return new HoldfastError({
		code: 'ProtocolMismatch',
		message: `The worker speaks protocol version ${protocolVersion}, this client version ${clientVersion}`,
		hint: 'Stop the worker and start it with the same version of holdfast as the client',
	});
}

function notAttached(): HoldfastError {
	return new HoldfastError({code: 'NotAttached', message: 'The first request of a connection is attach'});
}
