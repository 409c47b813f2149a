import type {JournalEntry} from '../model/journal.ts';
import type {Handlers, ProtocolLog} from './handlers.ts';
import {listenOnSocket} from './listen.ts';
import type {Changes} from './messages/state.ts';
import {createServerSession, type ServerSession} from './server-session.ts';

export type {Handlers, ProtocolLog, RequestContext} from './handlers.ts';

export interface ServeOptions {
	/** Absolute path of the Unix socket. Its directory is made (0700) when missing. */
	readonly socket: string;
	readonly handlers: Handlers;
	/** Called whenever a client attached or left, with the number of those attached now. */
	readonly onClients: (count: number) => void;
	readonly log: ProtocolLog;
}

export interface ProtocolServer {
	/** Clients that are attached now. */
	readonly clients: number;
	/** Tells every subscriber what changed: merged into at most ten batches a second and client. */
	broadcastChanges(changes: Changes): void;
	/** Tells every subscriber of a new entry, or of one whose drift changed its action; at once. */
	broadcastJournal(entry: JournalEntry): void;
	/** Stops listening, sends what waits, ends every connection. */
	close(): Promise<void>;
}

/**
 * Serves the protocol on a Unix socket that only this user can reach. Broadcasting never waits: a client that does not read
 * is dropped, and garbage ends the connection that it came over.
 *
 * @throws HoldfastError WorkerAlreadyRunning when a worker listens there, and as {@link listenOnSocket}
 */
export async function serve({socket, handlers, onClients, log}: ServeOptions): Promise<ProtocolServer> {
	const sessions = new Set<ServerSession>();
	let clients = 0;
	const count = (difference: 1 | -1) => {
		clients += difference;
		try {
			onClients(clients);
		} catch (error) {
			log.error({stack: error instanceof Error ? error.stack : String(error)}, 'counting the clients failed');
		}
	};
	const listener = await listenOnSocket({
		socket,
		log,
		onConnection(connection) {
			const session = createServerSession({
				socket: connection,
				handlers,
				log,
				onAttached: () => count(1),
				onClosed(wasAttached) {
					sessions.delete(session);
					if (wasAttached) count(-1);
				},
			});
			sessions.add(session);
		},
	});
	return {
		get clients() {
			return clients;
		},
		broadcastChanges(changes) {
			for (const session of sessions) session.subscription?.sendChanges(changes);
		},
		broadcastJournal(entry) {
			for (const session of sessions) session.subscription?.sendJournal(entry);
		},
		async close() {
			listener.close();
			await Promise.all([...sessions].map(session => session.end()));
		},
	};
}
